/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vmxassist: a guest's real mode in virtual-8086 mode. VM86 runs what it can; what traps there, real mode with
 * segments that VM86 cannot have, and both transition windows are the interpreter's (x86/x86.h).
 */
#ifndef ASSIST_H
#define ASSIST_H

#include "lib.h"
#include "layout.h"
#include "abi/vmx_assist.h"
#include "x86/x86.h"

#define PORT_FERR    0xF0             /* a write there: the handler of IRQ 13 is at work */

/* What a trap from VM86 pushes. */
struct vm86_frame {
    u32 eip, cs, eflags, esp, ss, es, ds, fs, gs;
};
SIZE_ASSERT(struct vm86_frame, FRAME_BYTES);

/* All that one processor has of its own, but for its contexts. */
struct processor {
    union {
        struct {
            struct x86_cpu cpu;       /* what `frame` holds is stale here while VM86 runs, and the other way round */
            struct vmx_assist_context *new_context, *old_context;
            u32 index;                /* 0: the one that vmxloader started */
            u32 window_paging;        /* CR0_PG while the guest stands between real and long mode, else 0 */
            u32 cr0, cr4;             /* the hardware's: reading them may be an exit */
            struct x86_table shown_gdtr, shown_idtr;   /* the guest's, where VM86 code sees ours */
            u32 until_poll;           /* instructions to interpret before interrupts get in */
            u8  sipi_vector;          /* where the others begin real mode: page number below 1 MiB */
            bool started;             /* it has begun */
            bool tables_loaded;       /* GDTR and IDTR may be others than VM86 code was shown */
            bool segments_fit;        /* VM86 can stand for them; in real mode that stays so once it is */
            bool fpu_ignored;         /* IGNNE#: x87 errors do not interrupt, CR0.TS is set in hardware */
        };
        struct {
            u8  fields[DEBUG_SEEN];
            u32 debug_seen, nmi_pending;  /* #DB and NMI in ring 0 */
            u32 fixup, fixup_esp;     /* where a fault of an instruction run for the guest goes on, or 0 */
        };
    };
    u8  stack[STACK_BYTES];
    struct vm86_frame frame;          /* ends where TSS.esp0 points: a trap from VM86 fills it */
};
SIZE_ASSERT(struct processor, PROCESSOR_BYTES);
_Static_assert(offsetof(struct processor, fixup) == FIXUP && offsetof(struct processor, fixup_esp) == FIXUP_ESP &&
               offsetof(struct processor, debug_seen) == DEBUG_SEEN && offsetof(struct processor, fpu_ignored) < DEBUG_SEEN &&
               offsetof(struct processor, frame) == FRAME, "struct processor: layout.h");
_Static_assert(offsetof(struct processor, cpu.gpr) == 0 && GPR_EDI == 4 * X86_EDI && GPR_EBP == 4 * X86_EBP, "gpr");

extern struct processor processors[PROCESSORS];
extern struct vmx_assist_context new_contexts[PROCESSORS], old_contexts[PROCESSORS];
extern u8 vectors[];
extern const u32 assist_options;      /* VMX_ASSIST_OPTION_* */
extern const struct x86_ops ops;

/* entry.S */
int poll_irq(void);
int wait_irq(void);
int wait_nmi(void);
int msr_read(u32 index, u64 *value);
int msr_write(u32 index, const u64 *value);
int native_run(struct x86_cpu *cpu, struct x86_native *n);
void leave_world(struct processor *p, u32 cr0) NORETURN;
void world_entry(void);

/* setup.c: what all processors share, once; then what each has. `vector` is the SIPI's, for processors but the first. */
void setup_shared(void);
void setup_processor(struct processor *p, u32 index, u32 vector);

/* world.c: entered from world_entry; leave() hands a protected-mode processor to the hypervisor. */
void world_entered(struct processor *p);
void leave(struct processor *p) NORETURN;

/* tables.c: the guest loaded GDTR or IDTR. If it is ours, which SGDT and SIDT showed it: give it its own back. */
void tables_loaded(struct processor *p);

/* trap.c: entered from a vector in VM86, whose low byte counts; `error` is NO_ERROR where the processor pushed none. */
void trap(struct processor *p, u32 vector, u32 error);
void died(struct processor *p, u32 vector, const u32 *stack) NORETURN;

/* ferr.c: run an x87 instruction, FERR_VECTOR where an error waits for IRQ 13; port F0h was written. */
int ferr_run(struct processor *p, struct x86_native *n);
void ferr_cleared(struct processor *p);

/* run.c: run the processor until VM86 can go on (returns) or protected mode can (does not). */
void run(struct processor *p);
/* Run the instruction at CS:EIP, whatever engine could. */
void execute(struct processor *p);
void reflect(struct processor *p, u8 vector, enum x86_event_kind kind);

/* trace.c: what was asked for, on the debug port. */
void trace_mode(const struct processor *p, const char *what);
void trace_instruction(const struct processor *p);

/* ops.c */
void sync_control(struct processor *p);    /* CR0 and CR4 as the guest's state wants them in VM86 */

#endif
