/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The x86 interpreter: one processor as data, one instruction a call, faults as values.
 * Intel SDM vol. 2 "Instruction Set Reference" and vol. 3 "System Programming"; 16- and 32-bit modes, no long mode.
 * No globals: each processor is one struct x86_cpu, which the caller embeds in its own and which it finds again in
 * the callbacks. Compiled for vmxassist (32-bit), the hypervisor (64-bit) and the host's tests alike.
 */
#ifndef X86_H
#define X86_H

#include "types.h"
#include "hw/cpu.h"

enum { X86_EAX, X86_ECX, X86_EDX, X86_EBX, X86_ESP, X86_EBP, X86_ESI, X86_EDI };

/* The first six as instructions encode them. */
enum { X86_ES, X86_CS, X86_SS, X86_DS, X86_FS, X86_GS, X86_LDTR, X86_TR, X86_SEGMENTS };

/* A segment register with its hidden part. The order is that of the assist context (abi/vmx_assist.h). */
struct x86_segment {
    u32 selector;   /* 16 bits */
    u32 limit;      /* in bytes, whatever G says: offset of the last byte (expand-down: of the last invalid one) */
    u32 base;
    u32 access;     /* VMX access rights: SEG_* of hw/cpu.h */
};

struct x86_table {
    u32 base;
    u32 limit;      /* 16 bits */
};

/* An event for x86_interrupt(), or the fault that x86_step() met. */
struct x86_event {
    u8 vector;
    u8 kind;        /* enum x86_event_kind */
    bool has_error;
    u32 error;      /* pushed if has_error, in protected mode only */
};

enum x86_event_kind {
    X86_EXTERNAL,   /* IRQ or NMI: error codes raised on the way carry EXT */
    X86_FAULT,      /* exception: likewise, and a second one on the way becomes #DF */
    X86_SOFTWARE,   /* INT n, INT3, INTO: gate DPL is checked */
};

struct x86_cpu {
    u32 gpr[8];     /* X86_EAX ... */
    u32 eip;
    u32 eflags;     /* bit 1 set, reserved bits clear */
    struct x86_segment seg[X86_SEGMENTS];
    struct x86_table gdtr, idtr;
    u32 cr0, cr2, cr3, cr4;
    u32 dr[8];      /* 4 and 5 unused */
    u32 held;       /* DR6_*: the #DB that follows; after MOV SS or POP SS, which put it off, only DR6_B */
    u64 efer;
    u64 pdpte[4];   /* PAE paging: CR3's four entries, as the last load of CR3, or change of paging, found them */
    u8 cpl;         /* 0 in real mode, 3 in virtual-8086 mode; SS.DPL otherwise */
    u8 shadow;      /* X86_SHADOW_*: cleared by the next instruction */
    u32 features;   /* X86_HAS_*: what else than a 486 it has; x86_features() fills it */
    struct x86_event event;  /* valid after X86_EXCEPTION */
};

/* As the interruptibility state of the VMCS has them. */
#define X86_SHADOW_STI    0x01   /* the instruction after STI: no external interrupt */
#define X86_SHADOW_MOVSS  0x02   /* after MOV SS, POP SS: none, and no #DB either */
#define X86_SHADOW_NMI    0x08   /* NMI blocked until IRET; not cleared by other instructions */

/* Instructions beyond the 486, by their CPUID bits. */
#define X86_HAS_TSC     0x0001
#define X86_HAS_MSR     0x0002
#define X86_HAS_CX8     0x0004
#define X86_HAS_CMOV    0x0008
#define X86_HAS_MMX     0x0010
#define X86_HAS_SSE     0x0020
#define X86_HAS_RDTSCP  0x0040
#define X86_HAS_MOVBE   0x0080
#define X86_HAS_POPCNT  0x0100
#define X86_HAS_LZCNT   0x0200   /* without it the encoding is BSR */
#define X86_HAS_BMI1    0x0400   /* TZCNT; without it the encoding is BSF */
#define X86_HAS_RDRAND  0x0800
#define X86_HAS_RDSEED  0x1000
#define X86_HAS_FPU     0x2000
#define X86_HAS_SYSENTER 0x4000
#define X86_HAS_ADX     0x8000
#define X86_HAS_MONITOR 0x10000
#define X86_HAS_SMAP    0x20000  /* CLAC, STAC */

enum x86_result {
    X86_DONE,       /* one instruction (or a whole REP) finished; EIP is at the next */
    X86_REP,        /* a REP stands between two iterations, EIP still on it: look for interrupts, call again */
    X86_MODE,       /* finished, and CR0.PE, CR0.PG, a CR4 or EFER paging bit or EFLAGS.VM changed, or CS was loaded by a far transfer */
    X86_HALT,       /* HLT: EIP is after it; resume at the next interrupt */
    X86_EXCEPTION,  /* cpu->event; a fault left everything else but CR2 and DR6 as it was, a trap (#DB) comes after */
    X86_SHUTDOWN,   /* triple fault: only x86_interrupt() and x86_execute() say it */
    X86_UNHANDLED,  /* long mode; nothing changed */
};

/* An x87, MMX, SSE or AVX instruction, XGETBV, XSETBV or VMCALL, re-encoded so that the caller's own processor can run it. */
struct x86_native {
    u8 code[16];    /* the instruction without segment and address-size prefix; memory operand is [register `base`] */
    u8 length;
    u8 base;        /* X86_EBX, X86_ESI or X86_EDI, whichever it does not use otherwise; X86_ESP: no memory operand */
    u16 bytes;      /* of the memory operand */
    void *operand;  /* host address of it, or of a copy, as aligned as the guest's is, for up to 64 bytes */
};

#define X86_NATIVE_DONE (-1)

/*
 * A native() for rooms whose stack is executable and whose x87/SSE state is the guest's. A trap handler that finds
 * the instruction faulting (EIP within n->code) goes on at x86_native_fault, the vector in EAX and the stack as it was.
 */
int x86_native_run(struct x86_cpu *cpu, struct x86_native *n);
extern const u8 x86_native_fault[];

/*
 * What the interpreter needs of its surroundings. `at` is guest-physical after paging and before A20, which is the
 * callback's affair. Every callback marked "or NULL" may be left out.
 */
struct insn;
struct x86_ops {
    /* Memory that can be touched directly: host address of `at`, good to the end of its 4 KiB page; NULL: not memory, or `write` must not be. */
    u8 *(*ram)(struct x86_cpu *cpu, paddr at, bool write);
    /* What ram() refuses: 1, 2 or 4 bytes, not crossing a page. NULL: reads give ones, writes are lost. */
    u32 (*read)(struct x86_cpu *cpu, paddr at, u8 bytes);
    void (*write)(struct x86_cpu *cpu, paddr at, u32 value, u8 bytes);

    /* Ports; `bytes` 1, 2 or 4. */
    u32 (*in)(struct x86_cpu *cpu, u16 port, u8 bytes);
    void (*out)(struct x86_cpu *cpu, u16 port, u32 value, u8 bytes);
    /* A run of REP INS/OUTS, direction up, within one page: `count` elements of `bytes`. NULL: element by element. */
    void (*ins)(struct x86_cpu *cpu, u16 port, void *to, u32 count, u8 bytes);
    void (*outs)(struct x86_cpu *cpu, u16 port, const void *from, u32 count, u8 bytes);

    /* false: #GP(0). NULL: always false. */
    bool (*rdmsr)(struct x86_cpu *cpu, u32 index, u64 *value);
    bool (*wrmsr)(struct x86_cpu *cpu, u32 index, u64 value);
    /* r = EAX EBX ECX EDX, in and out. NULL: all zero. */
    void (*cpuid)(struct x86_cpu *cpu, u32 r[4]);
    /* RDTSC. NULL: #UD. */
    u64 (*tsc)(struct x86_cpu *cpu);
    /* RDRAND (false: none ready). NULL: none ready. */
    bool (*random)(struct x86_cpu *cpu, u32 *value);

    /* After CR0, CR3 or CR4 was written (number 0, 3, 4; `old` its value before): or NULL. */
    void (*cr_written)(struct x86_cpu *cpu, u8 number, u32 old);
    /* After DR0-3, 6, 7 was written: or NULL. */
    void (*dr_written)(struct x86_cpu *cpu, u8 number);
    /* After LGDT or LIDT: or NULL. */
    void (*table_loaded)(struct x86_cpu *cpu);
    void (*invlpg)(struct x86_cpu *cpu, u32 linear);  /* or NULL */
    void (*wbinvd)(struct x86_cpu *cpu);              /* WBINVD and INVD alike: or NULL */

    /*
     * Run n->code with the guest's GPRs (all but n->base and ESP), its arithmetic flags and its x87/SSE state; put GPRs
     * and flags back. X86_NATIVE_DONE, or the vector of the fault it raised. NULL: every such instruction is #UD.
     */
    int (*native)(struct x86_cpu *cpu, struct x86_native *n);

    /* Options: x86_loadall286, x86_loadall386. NULL: #UD, as on every processor since the 486. */
    void (*loadall286)(struct insn *i);
    void (*loadall386)(struct insn *i);
};

void x86_loadall286(struct insn *i);
void x86_loadall386(struct insn *i);

/* Run the instruction at CS:EIP. */
enum x86_result x86_step(struct x86_cpu *cpu, const struct x86_ops *ops);

/*
 * Run each MOV Sreg, r16 from CS:EIP on, to the first other instruction or the end of the page, if the processor is in real mode
 * and nothing traps. A program that comes back from protected mode loads all its segment registers, one after the other.
 */
void x86_segment_loads(struct x86_cpu *cpu, const struct x86_ops *ops);

/* x86_step(), then x86_interrupt() if there was an exception. */
enum x86_result x86_execute(struct x86_cpu *cpu, const struct x86_ops *ops);

/*
 * Deliver `event` as the processor does: real mode through the IDTR's vector table, protected mode through its gates
 * with stack switch, virtual-8086 mode likewise. Faults on the way are delivered in its place, #DF after a second.
 * X86_MODE once the handler is entered, X86_SHUTDOWN if none can be. Does not look at IF or the shadow.
 */
enum x86_result x86_interrupt(struct x86_cpu *cpu, const struct x86_ops *ops, const struct x86_event *event);

/* Would an external interrupt be taken now: IF=1 and no shadow. */
static inline bool x86_interruptible(const struct x86_cpu *cpu)
{
    return (cpu->eflags & EFLAGS_IF) && !(cpu->shadow & (X86_SHADOW_STI | X86_SHADOW_MOVSS));
}

enum x86_switch { X86_SWITCH_CALL, X86_SWITCH_IRET, X86_SWITCH_JUMP, X86_SWITCH_GATE };  /* as the VMX exit qualification numbers them */

/*
 * Switch to the task of TSS `selector` (16- or 32-bit), SDM vol. 3, 8.3. EIP must be where the old task resumes.
 * With has_error the code is pushed on the new stack. X86_MODE, or X86_EXCEPTION (cpu->event).
 */
enum x86_result x86_task_switch(struct x86_cpu *cpu, const struct x86_ops *ops, u16 selector, enum x86_switch why,
                                bool has_error, u32 error);

/* Kinds of access for x86_translate(). */
#define X86_WRITE  0x02   /* the bits of the #PF error code */
#define X86_USER   0x04
#define X86_FETCH  0x10

/* Read cr3's PDPTEs as MOV to CR3 does, where a caller has put a state with PAE paging together. false: a reserved bit is set, #GP(0). */
bool x86_load_pdptes(struct x86_cpu *cpu, const struct x86_ops *ops);

/* Walk the page tables (2-level, PSE, PAE; sets A and D). false: cpu->event is the #PF and CR2 is set. */
bool x86_translate(struct x86_cpu *cpu, const struct x86_ops *ops, u32 linear, u8 access, paddr *at);

/* Put all in the state after power-on or INIT: F000:FFF0 with base FFFF0000. `features` stays. */
void x86_reset(struct x86_cpu *cpu);

/* Read `features` from what ops->cpuid answers. */
void x86_features(struct x86_cpu *cpu, const struct x86_ops *ops);

/*
 * Can the processor be entered by VMLAUNCH in this protected-mode state (SDM vol. 3, 27.3.1.2 "Checks on Guest Segment
 * Registers")? Until it can, the transition window goes on being interpreted.
 */
bool x86_vm_entry_valid(const struct x86_cpu *cpu);

#define VM86_LIMIT  0xFFFFu   /* of all segments of virtual-8086 mode, and of its EIP */

/*
 * Can virtual-8086 mode stand for this real mode, as far as segments go: bases selector * 16, 16-bit code and stack, 64 KiB at least.
 * A limit above that ("big real mode") may stay: what reaches beyond traps, and x86_step(), which knows the true limit, does
 * that one instruction.
 */
bool x86_vm86_able(const struct x86_cpu *cpu);

#endif
