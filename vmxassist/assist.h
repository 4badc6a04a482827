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

#define FERR_VECTOR  0x75             /* INT 75h: IRQ 13, where a PC's FPU reports errors */

/* The guest's registers while vmxassist runs: PUSHAL, and what a trap from VM86 pushes. */
struct vm86_frame {
    u32 edi, esi, ebp, unused, ebx, edx, ecx, eax;
    u32 eip, cs, eflags, esp, ss, es, ds, fs, gs;
};
extern struct vm86_frame frame;
extern u8 frame_eip[], frame_end[], vectors[];

extern struct vmx_assist_context old_context, new_context;
extern const u32 assist_options;      /* VMX_ASSIST_OPTION_* */

/* The guest's processor; what `frame` holds is stale in it while VM86 runs, and the other way round. */
extern struct x86_cpu cpu;
extern const struct x86_ops ops;

/* entry.S */
int poll_irq(void);
int wait_irq(void);
int msr_read(u32 index, u64 *value);
int msr_write(u32 index, const u64 *value);
int native_run(struct x86_cpu *cpu, struct x86_native *n);
void leave_world(u32 cr0) NORETURN;
void world_entry(void);

/* setup.c: tables and NEW, once. */
void setup(void);

/* world.c: entered from world_entry; leave() hands a protected-mode processor to the hypervisor. */
void world_entered(void);
void leave(void) NORETURN;

/* vm86.c: may VM86 run this state; the processor from `frame` and into it. */
bool vm86_able(void);
void vm86_read(void);
void vm86_write(void);
/* Where the guest loaded our GDTR or IDTR, which SGDT and SIDT showed it: give it its own back. */
void restore_tables(void);
/* The guest's IDTR is as after a reset. */
bool vector_table_at_zero(void);

/* trap.c: entered from a vector in VM86; `error` is NO_ERROR where the processor pushed none. */
void trap(u32 vector, u32 error);
void died(u32 vector, const u32 *stack) NORETURN;

/* run.c: run the processor until VM86 can go on (returns) or protected mode can (does not). */
void run(void);
/* Run the instruction at CS:EIP, whatever engine could. */
void execute(void);
void reflect(u8 vector, enum x86_event_kind kind);

/* ops.c */
void sync_control(void);    /* CR0 and CR4 as the guest's state wants them in VM86 */
extern bool synced_at_zero;  /* vector_table_at_zero() when it last did */
extern u32 window_paging;   /* CR0_PG while the guest stands between real and long mode, else 0 */

#endif
