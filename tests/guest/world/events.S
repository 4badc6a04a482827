/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Interrupts and exceptions as real mode has them: through the vector table, FLAGS CS IP pushed and no error code. A catcher
 * in every vector notes which one came and goes on where the test said.
 */
#include "../segments.inc"
#include "catch.inc"

#define PIC1_CMD    0x20
#define PIC1_DATA   0x21
#define PIC2_CMD    0xA0
#define PIC2_DATA   0xA1
#define PIC_EOI     0x20
#define ICW1        0x11
#define CATCHERS    33
#define HIGH        0x234560
    .set DR7_WRITE_0, 0x000D0402    /* G0: writes of 4 bytes */

    .code16
    .section .text.events, "ax"

    .balign 8
    .globl catchers, real_pointer
catchers:
    .set n, 0
    .rept CATCHERS
    pushw $n
    jmp caught
    .balign 8
    .set n, n + 1
    .endr
caught:
    popw %cs:came
    movw %sp, %cs:sp_in_handler
    popw %cs:pushed_ip
    popw %cs:pushed_cs
    popw %cs:pushed_flags
    pushfw
    popw %cs:flags_in_handler
    xorw %ax, %ax
    movw %ax, %ds
    movw %ax, %ss
    movl saved_esp, %esp
    jmp *resume

    .globl hook, unhook
hook:                               /* EBX = vector */
    movl %ebx, hooked
    movl (, %ebx, 4), %eax
    movl %eax, old_vector
    leal catchers(, %ebx, 8), %eax
    movzwl %ax, %eax
    movl %eax, (, %ebx, 4)
    retl
unhook:
    movl hooked, %ebx
    movl old_vector, %eax
    movl %eax, (, %ebx, 4)
    retl

    VECTOR_TEST vector_of_divide, VECTOR_DE, "xorb %cl, %cl; divb %cl"
    VECTOR_TEST vector_of_ud2, VECTOR_UD, "ud2"
    VECTOR_TEST vector_of_int3, VECTOR_BP, "int3"
    VECTOR_TEST vector_of_into, VECTOR_OF, "movb $0x7F, %al; incb %al; into"
    VECTOR_TEST vector_of_bound, VECTOR_BR, "movw $-1, %ax; boundw %ax, bounds"
    VECTOR_TEST vector_of_int_n, 0x20, "int $0x20"
    VECTOR_TEST vector_after_sidt_lidt, 0x20, "sidtl table; lidtl table; int $0x20"
    VECTOR_TEST vector_of_word_at_ffff, VECTOR_GP, "movw $0xFFFF, %bx; movw (%bx), %ax"
    VECTOR_TEST vector_of_stack_wrap, VECTOR_SS, "movw $0xFFFF, %bp; movw (%bp), %ax"
    VECTOR_TEST vector_of_vmcall, VECTOR_UD, ".byte 0x0F, 0x01, 0xC1"
    VECTOR_TEST vector_of_vmmcall, VECTOR_UD, ".byte 0x0F, 0x01, 0xD9"
    VECTOR_TEST vector_of_bad_msr, VECTOR_GP, "movl $0xC0011FFE, %ecx; rdmsr"
    VECTOR_TEST vector_of_trap_flag, VECTOR_DB, "pushfw; popw %ax; orw $0x100, %ax; pushw %ax; popfw; nop; nop"
    VECTOR_TEST limits_restored, VECTOR_GP, "movl $0x200000, %ebx; addr32 movl (%ebx), %eax"

/* An x87 or SSE instruction that faults with its operand beyond 64 KiB, CR0.NE=1; EBX = its address. */
    .macro HIGH_TEST name, vector, code
    .globl \name
\name:
    CATCH \vector
    movw $DATA32, %bx
    callw visit
    xorw %ax, %ax
    movw %ax, %ds
    movl %cr0, %eax
    orb $CR0_NE, %al
    movl %eax, %cr0
    movl %cr4, %eax
    orw $CR4_OSFXSR, %ax
    movl %eax, %cr4
    fninit
    movl $HIGH, %ebx
    \code
9:  fninit
    movl %cr0, %eax
    andb $~CR0_NE, %al
    movl %eax, %cr0
    movl %cr4, %eax
    andw $~CR4_OSFXSR, %ax
    movl %eax, %cr4
    RESULT_AND_LIMITS
    .endm

    HIGH_TEST vector_of_fpu_error, VECTOR_MF, "fldcw unmasked; fldz; fld1; fdivp; addr32 fldl (%ebx)"
    HIGH_TEST vector_of_breakpoint, VECTOR_DB, "addw $0x100, %bx; movl %ebx, %dr0; movl $DR7_WRITE_0, %eax; movl %eax, %dr7; addr32 movl $1, (%ebx); nop"
    HIGH_TEST vector_of_bad_mxcsr, VECTOR_GP, "addr32 movl $-1, (%ebx); addr32 ldmxcsr (%ebx)"

/* Bytes pushed, and IF and TF as the handler found them. */
    .globl frame_of_int_n
frame_of_int_n:
    CATCH 0x20
    sti
    nop
    movw %sp, sp_before
    int $0x20
9:  cli
    calll unhook
    movw sp_before, %ax
    subw sp_in_handler, %ax
    movw flags_in_handler, %cx
    andw $(EFLAGS_IF | EFLAGS_TF), %cx
    orw %cx, %ax
    movzwl %ax, %eax
    popl %ebx
    sti
    retl

/* A vector table at 20000h, made by LIDT. */
    .globl moved_idt
moved_idt:
    pushl %ebx
    cli
    movl %esp, saved_esp
    movw $0xFFFF, came
    movw $9f, resume
    movw $0x2000, %ax
    movw %ax, %es
    movw $(catchers + 32 * 8), %es:0x55 * 4
    movw $0, %es:0x55 * 4 + 2
    lidtl moved_pointer
    int $0x55
9:  lidtl real_pointer
    xorw %ax, %ax
    movw %ax, %es
    movzwl came, %eax
    popl %ebx
    sti
    retl

/* u32 halt_ticks(u32 times): STI HLT that often, interrupts off in between; timer interrupts counted. */
    .globl halt_ticks
halt_ticks:
    pushl %ebx
    cli
    movl %eax, %ecx
    movl 0x08 * 4, %ebx
    movl $count_tick, 0x08 * 4
    movw $0, came
1:  sti
    hlt
    cli
    loopl 1b
    movl %ebx, 0x08 * 4
    movzwl came, %eax
    popl %ebx
    sti
    retl
    .globl count_tick
count_tick:
    incw %cs:came
    pushw %ax
    movb $PIC_EOI, %al
    outb %al, $PIC1_CMD
    popw %ax
    iretw

/*
 * The timer at vector 0Dh, which #GP has too: the first PIC's base at 0Dh - 5 cannot be, so the slave gets base 08h and its
 * IRQ 8 (the clock's periodic interrupt) vector 08h, that of #DF.
 */
    .globl irq_on_vector_8
irq_on_vector_8:
    pushl %ebx
    cli
    movl 0x08 * 4, %ebx
    movl $count_clock, 0x08 * 4
    movw $0, came
    inb $PIC1_DATA, %al
    movb %al, masks
    inb $PIC2_DATA, %al
    movb %al, masks + 1
    movb $0x08, %ah
    calll slave_base
    movb $0xFB, %al                 /* the cascade alone, IRQ 8 alone */
    outb %al, $PIC1_DATA
    movb $0xFE, %al
    outb %al, $PIC2_DATA
    movb $0x0B, %al
    outb %al, $0x70
    inb $0x71, %al
    movb %al, clock_b
    movb $0x0B, %al
    outb %al, $0x70
    movb clock_b, %al
    orb $0x40, %al                  /* periodic */
    outb %al, $0x71
    sti
    movl $200, %ecx
1:  hlt
    cmpw $3, came
    jae 2f
    loopl 1b
2:  cli
    movb $0x0B, %al
    outb %al, $0x70
    movb clock_b, %al
    outb %al, $0x71
    movb $0x70, %ah
    calll slave_base
    movb masks, %al
    outb %al, $PIC1_DATA
    movb masks + 1, %al
    outb %al, $PIC2_DATA
    movl %ebx, 0x08 * 4
    movzwl came, %eax
    popl %ebx
    sti
    retl
count_clock:
    pushw %ax
    incw %cs:came
    movb $0x0C, %al
    outb %al, $0x70
    inb $0x71, %al
    movb $PIC_EOI, %al
    outb %al, $PIC2_CMD
    outb %al, $PIC1_CMD
    popw %ax
    iretw
slave_base:                         /* AH = base */
    movb $ICW1, %al
    outb %al, $PIC2_CMD
    movb %ah, %al
    outb %al, $PIC2_DATA
    movb $2, %al
    outb %al, $PIC2_DATA
    movb $1, %al
    outb %al, $PIC2_DATA
    retl

    .globl msw
msw:
    smsww %ax
    movzwl %ax, %eax
    retl

    .data
bounds:         .word 0, 10
unmasked:       .word 0x340          /* x87 control word */
moved_pointer:  .word 0x3FF
                .long 0x20000
real_pointer:   .word 0x3FF
                .long 0

    .bss
    .globl came, pushed_ip, resume
table:            .skip 6
came:             .word 0
sp_in_handler:    .word 0
sp_before:        .word 0
pushed_ip:        .word 0
pushed_cs:        .word 0
pushed_flags:     .word 0
flags_in_handler: .word 0
resume:           .word 0
masks:            .word 0
clock_b:          .byte 0
    .balign 4
hooked:           .long 0
old_vector:       .long 0
