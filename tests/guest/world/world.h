/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the world-switch test share. Functions in .S: regparm(3), 16-bit code, segment 0. */
#ifndef WORLD_H
#define WORLD_H

#include "../guest.h"

/* transitions.S: each enters protected mode, leaves a mark there, and comes back; the mark, or 0. */
u32 enter_by_mov_cr0(void);
u32 enter_by_lmsw(void);
u32 leave_from_code32(void);
u32 enter_with_paging(void);
u32 enter_with_pae(void);
u32 enter_with_odd_selectors(void);
u32 enter_without_jump(void);
u32 gdt_above_1m(void);
u32 gdt_in_paged_memory(void);       /* PE and PG in one write, GDTR has a linear address that is no physical one */
u32 gdt_moved_under_pae(void);
u32 irq_in_window(void);             /* between PE=1 and the jump, through a gate */
u32 enter_many(u32 times);
#define MARK  0x600DBEEF

/* transitions.S: sum of DR0-DR3, exclusive-ored with DR7, as protected mode has left them. */
u32 debug_from_protected(void);
#define DEBUG_MARK  (0xFFFFFFFF ^ 0xDD110400)

/* long_mode.S: into 64-bit mode and back to real mode; 0 where the processor has none. */
u32 through_long_mode(void);

/* unreal.S */
u32 unreal_read(u32 address);        /* through DS with a 4 GiB limit */
u32 unreal_fpu(u32 address);         /* x87 and SSE stores and loads there: 12345h */
u32 unreal_selector(void);           /* ES value after it came back from protected mode not reloaded: selector | base reached << 16 */
u32 big_stack(void);                 /* SS.B=1 survives: ESP above 64 KiB in real mode */
u32 unreal_fs_gs(u32 address);       /* written through FS, read through GS: MARK */
u32 ticks_with_big_stack(void);      /* with SS.B=1, which VM86 cannot have: HLT, then a loop, interrupted twice each: 4 */
u32 limits_restored(void);           /* vector of the fault of a read beyond 64 KiB, when the limit is 64 KiB again */

/* events.S */
u32 vector_of_divide(void);
u32 vector_of_ud2(void);
u32 vector_of_bound(void);
u32 vector_of_int3(void);
u32 vector_of_into(void);
u32 vector_of_int_n(void);
u32 vector_after_sidt_lidt(void);    /* INT n after SIDT, and LIDT of what that gave */
u32 vector_of_word_at_ffff(void);
u32 vector_of_stack_wrap(void);
u32 vector_of_vmcall(void);
u32 vector_of_vmmcall(void);
u32 vector_of_bad_msr(void);
u32 vector_of_trap_flag(void);
u32 vector_of_fpu_error(void);       /* at an operand beyond 64 KiB, as the next */
u32 vector_of_bad_mxcsr(void);
u32 vector_of_breakpoint(void);      /* of a write there */
u32 frame_of_int_n(void);            /* bytes that INT n pushed, and whether IF and TF were cleared: 6 | IF<<8 | TF<<9 */
u32 moved_idt(void);                 /* vector table moved by LIDT */
u32 halt_ticks(u32 times);           /* IRQ 0 seen by `times` HLTs */
u32 irq_on_vector_8(void);           /* slave PIC at 08h: IRQ 8 comes by the vector of #DF; counts what came */
u32 msw(void);                       /* SMSW */
u32 fpu_in_window(void);             /* FNSTSW | FNSTCW << 16 after FNINIT, likewise */

/* traps.S */
u32 count_of_int_n(void);            /* INT n for all n */
u32 single_steps(void);              /* over nine instructions, two of which trap */
u32 dr6_of_step(void);               /* BS */
u32 ip_after_sti(void);              /* IRQ after STI and one instruction that traps: bytes behind that */
u32 vector_of_nmi(void);
u32 nmi_ends_halt(void);             /* HLT with IF=0 */
u32 irq_after_mov_ss(void);          /* 1 if between it and the next instruction */
u32 ferr_ignored(void);              /* IF=0 1, port F0h 2, error after that 4 */
u32 vector_beyond(u32 limit);        /* INT 60h with that limit of IDTR */
u32 vector_of_fpu_in_use(void);
u32 vector_of_ferr(void), vector_of_ferr_after_sti(void);   /* CR0.NE=0: 20h for INT 75h */
u32 himem_copy(u32 to);              /* #GP lifts the limits, then the REP goes on; 600DBEEFh */
u32 himem_faults(void);              /* how many it took */
u32 gdtr_seen(void);                 /* SGDT gives what LGDT loaded */
u32 cr0_in_window(void);             /* MOV from CR0 after PE was set, before the jump */

#endif
