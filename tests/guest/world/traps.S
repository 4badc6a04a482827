/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What comes where vmxassist is at work: single steps across instructions that trap, interrupts after STI, NMI, vectors
 * that the table does not have, a floating-point error of a guest that wants IRQ 13.
 */
#include "../segments.inc"
#include "catch.inc"

#define PIC1_CMD     0x20
#define PIC1_DATA    0x21
#define PIC2_CMD     0xA0
#define PIC2_DATA    0xA1
#define PIC_EOI      0x20
#define PIC_READ_IRR 0x0A
#define PORT_FERR    0xF0            /* a write clears the FPU's interrupt */
#define ICR_LOW      0xFEE00300      /* of the local APIC: Intel SDM vol. 3A, 11.6.1 */
#define ICR_NMI      0x4400          /* to processor 0 */
#define LVT_LINT0    0xFEE00350
#define LVT_NMI      0x400
#define SPIN         100000

    .code16
    .section .text.traps, "ax"

/* u32 count_of_int_n(void): INT n for every n, its vector pointing at a handler that counts */
    .globl count_of_int_n
count_of_int_n:
    pushl %ebx
    pushl %esi
    cli
    xorl %esi, %esi
    movw $0, counted
1:  movl (, %esi, 4), %ebx
    movl $count, (, %esi, 4)
    movl %esi, %eax
    movb %al, 2f + 1
    jmp 2f
2:  int $0
    movl %ebx, (, %esi, 4)
    incl %esi
    cmpl $256, %esi
    jb 1b
    movzwl counted, %eax
    popl %esi
    popl %ebx
    sti
    retl
count:
    incw %cs:counted
    iretw

/* u32 single_steps(void): #DB from the instruction after POPF to the POPF that ends it, MOV CR0 among them: 9 */
    .globl single_steps
single_steps:
    cli
    movl VECTOR_DB * 4, %ecx
    movl $count, VECTOR_DB * 4
    movw $0, counted
    pushfw
    popw %ax
    orw $EFLAGS_TF, %ax
    pushw %ax
    popfw
    nop
    movl %cr0, %eax
    movl %eax, %cr0
    nop
    pushfw
    popw %ax
    andw $~EFLAGS_TF, %ax
    pushw %ax
    popfw
    movl %ecx, VECTOR_DB * 4
    movzwl counted, %eax
    sti
    retl

/* u32 dr6_of_step(void): DR6.BS after a single step */
    .globl dr6_of_step
dr6_of_step:
    CATCH VECTOR_DB
    xorl %eax, %eax
    movl %eax, %dr6
    pushfw
    popw %ax
    orw $EFLAGS_TF, %ax
    pushw %ax
    popfw
    nop
    nop
9:  movl %dr6, %ecx
    calll unhook
    andl $DR6_BS, %ecx
    movl %ecx, %eax
    popl %ebx
    sti
    retl

/* u32 ip_after_sti(void): a pending IRQ 0, STI, MOV from CR0: how far behind the latter the interrupt came */
    .globl ip_after_sti
ip_after_sti:
    CATCH 8
    movb $PIC_READ_IRR, %al
    outb %al, $PIC1_CMD
1:  inb $PIC1_CMD, %al
    testb $1, %al
    jz 1b
    sti
    movl %cr0, %eax
2:  nop
    nop
9:  cli
    movb $PIC_EOI, %al
    outb %al, $PIC1_CMD
    calll unhook
    movzwl pushed_ip, %eax
    subl $2b, %eax
    popl %ebx
    sti
    retl

/* u32 vector_of_nmi(void): an NMI of the local APIC to itself; its registers are beyond 64 KiB */
    .globl vector_of_nmi
vector_of_nmi:
    CATCH VECTOR_NMI
    movw $DATA32, %bx
    callw visit
    xorw %ax, %ax
    movw %ax, %ds
    movw %ax, %es
    movl $ICR_LOW, %ebx
    addr32 movl $0, 16(%ebx)
    addr32 movl $ICR_NMI, (%ebx)
    movl $SPIN, %ecx
1:  nop
    loopl 1b
9:  pushfw                          /* IRET lets NMIs in again */
    pushw %cs
    pushw $1f
    iretw
1:  movw $DATA16, %bx
    callw visit
    xorw %ax, %ax
    movw %ax, %ds
    movw %ax, %es
    calll unhook
    movzwl came, %eax
    popl %ebx
    sti
    retl

/* u32 nmi_ends_halt(void): HLT with IF=0; LINT0 makes an NMI of the next timer interrupt */
    .globl nmi_ends_halt
nmi_ends_halt:
    sti
    hlt
    CATCH VECTOR_NMI
    movw $DATA32, %bx
    callw visit
    xorw %ax, %ax
    movw %ax, %ds
    movw %ax, %es
    movl $LVT_LINT0, %ebx
    addr32 movl (%ebx), %ecx
    movl %ecx, lint0
    addr32 movl $LVT_NMI, (%ebx)
1:  hlt
    jmp 1b
9:  pushfw
    pushw %cs
    pushw $1f
    iretw
1:  movl $LVT_LINT0, %ebx
    movl lint0, %ecx
    addr32 movl %ecx, (%ebx)
    RESULT_AND_LIMITS

/*
 * u32 irq_after_mov_ss(void): IRQ 0 waits and is let in before MOV SS, until which base and selector of SS do not agree; 1 if it comes
 * right after that MOV, else 0
 */
    .globl irq_after_mov_ss
irq_after_mov_ss:
    CATCH 8
    inb $PIC1_DATA, %al
    movb %al, masks
    movb $0xFF, %al
    outb %al, $PIC1_DATA
    movb $PIC_READ_IRR, %al
    outb %al, $PIC1_CMD
1:  inb $PIC1_CMD, %al
    testb $1, %al
    jz 1b
    lgdtl gdt_pointer
    movl %cr0, %eax
    orb $CR0_PE, %al
    movl %eax, %cr0
    movw $DATA16, %cx
    movw %cx, %ss
    andb $~CR0_PE, %al
    movl %eax, %cr0
    xorw %cx, %cx
    movb $0xFE, %al
    sti
    nop
    outb %al, $PIC1_DATA
    movw %cx, %ss
2:  nop
    nop
1:  jmp 1b
9:  cli
    movb $PIC_EOI, %al
    outb %al, $PIC1_CMD
    movb masks, %al
    outb %al, $PIC1_DATA
    calll unhook
    xorl %eax, %eax
    cmpw $2b, pushed_ip
    sete %al
    popl %ebx
    sti
    retl

/* IRQ 13 alone is let in, and INT 75h is caught as vector 20h; ECX holds what is put back. */
    .macro FERR_HOOK
    movl 0x75 * 4, %ecx
    movl $(catchers + 32 * 8), 0x75 * 4
    inb $PIC1_DATA, %al
    movb %al, masks
    inb $PIC2_DATA, %al
    movb %al, masks + 1
    movb $0xFB, %al
    outb %al, $PIC1_DATA
    movb $0xDF, %al
    outb %al, $PIC2_DATA
    .endm

/* The error is cleared, at the FPU and at both PICs; all is as before. */
    .macro FERR_UNHOOK
    outb %al, $PORT_FERR
    fninit
    movb $PIC_EOI, %al
    outb %al, $PIC2_CMD
    outb %al, $PIC1_CMD
    movb masks, %al
    outb %al, $PIC1_DATA
    movb masks + 1, %al
    outb %al, $PIC2_DATA
    movl %ecx, 0x75 * 4
    .endm

/*
 * u32 ferr_ignored(void): a division by zero with CR0.NE=0: WAIT goes on while IF=0 (1), and after a write to port F0h (2); the
 * next error after FNCLEX is INT 75h (4). What did as it should
 */
    .globl ferr_ignored
ferr_ignored:
    CATCH VECTOR_MF
    FERR_HOOK
    movw $5f, resume
    xorl %edx, %edx
    fninit
    fldcw zero_divide
    fldz
    fld1
    fdivp
    fwait
    orb $1, %dl
5:  movw $6f, resume
    outb %al, $PORT_FERR
    sti
    fwait
    fld1
    fwait
    cli
    orb $2, %dl
6:  fnclex
    movw $9f, resume
    movw $0xFFFF, came
    fldz
    fld1
    sti
    fdivp
    fwait
    nop
9:  cli
    cmpw $0x20, came
    jne 1f
    orb $4, %dl
1:  FERR_UNHOOK
    calll unhook
    movl %edx, %eax
    popl %ebx
    sti
    retl

/* u32 vector_beyond(u32 limit): what INT 60h gives with that limit in IDTR */
    .globl vector_beyond
vector_beyond:
    movw %ax, short_pointer
    CATCH VECTOR_GP
    movl VECTOR_DF * 4, %ecx
    movl $(catchers + VECTOR_DF * 8), VECTOR_DF * 4
    lidtl short_pointer
    int $0x60
9:  lidtl long_pointer
    movl %ecx, VECTOR_DF * 4
    calll unhook
    movzwl came, %eax
    popl %ebx
    sti
    retl

/* u32 vector_of_fpu_in_use(void): an x87 instruction with CR0.TS set */
    .globl vector_of_fpu_in_use
vector_of_fpu_in_use:
    CATCH VECTOR_NM
    movl %cr0, %eax
    orb $CR0_TS, %al
    movl %eax, %cr0
    fnop
9:  clts
    calll unhook
    movzwl came, %eax
    popl %ebx
    sti
    retl

/*
 * u32 vector_of_ferr(void), vector_of_ferr_after_sti(void): division by zero with CR0.NE=0 and IRQ 13 let in: 20h for INT 75h, 16 for
 * #MF. The second's WAIT, which meets the error, is right behind STI.
 */
    .macro FERR_OF name, after_sti
    .globl \name
\name:
    CATCH VECTOR_MF
    FERR_HOOK
    fninit
    fldcw zero_divide
    fldz
    fld1
    .if \after_sti
    fdivp
    sti
    .else
    sti
    fdivp
    .endif
    fwait
    nop
    movl $SPIN, %eax
1:  decl %eax
    jnz 1b
9:  cli
    FERR_UNHOOK
    calll unhook
    movzwl came, %eax
    popl %ebx
    sti
    retl
    .endm
    FERR_OF vector_of_ferr, 0
    FERR_OF vector_of_ferr_after_sti, 1

/*
 * u32 himem_copy(u32 to): 16 bytes moved there with 64 KiB limits; #GP's handler makes the limits 4 GiB and returns to the
 * instruction, as HIMEMX does. The first and the last doubleword, exclusive-ored: 600DBEEFh
 */
    .globl himem_copy
himem_copy:
    pushl %ebx
    pushl %esi
    pushl %edi
    cli
    movl VECTOR_GP * 4, %ebx
    movl $himem_fault, VECTOR_GP * 4
    movw $0, counted
    movl %eax, %edi
    movl $himem_data, %esi
    movl $4, %ecx
    addr32 rep movsl
    addr32 movl -16(%edi), %eax
    addr32 xorl -4(%edi), %eax
    movl %ebx, VECTOR_GP * 4
    pushl %eax
    movw $DATA16, %bx
    callw visit
    xorw %ax, %ax
    movw %ax, %ds
    movw %ax, %es
    popl %eax
    popl %edi
    popl %esi
    popl %ebx
    sti
    retl
himem_fault:
    pushl %eax
    pushw %ds
    incw counted
    lgdtl gdt_pointer
    SET_CR0 CR0_PE
    movw $DATA32, %ax
    movw %ax, %ds
    movw %ax, %es
    CLEAR_CR0 CR0_PE
    xorw %ax, %ax
    movw %ax, %es
    popw %ds
    popl %eax
    iretw

/* #GPs of the last himem_copy() */
    .globl himem_faults
himem_faults:
    movzwl counted, %eax
    retl

/* u32 gdtr_seen(void): 1 if SGDT gives what LGDT loaded */
    .globl gdtr_seen
gdtr_seen:
    lgdtl gdt_pointer
    sgdtl seen
    movl gdt_pointer + 2, %ecx
    xorl %eax, %eax
    cmpl %ecx, seen + 2
    sete %al
    retl

    .data
zero_divide:    .word 0x37B
himem_data:     .long 0x600D0000, 1, 2, 0x0000BEEF
long_pointer:   .word 0x3FF
                .long 0
short_pointer:  .word 0
                .long 0

    .bss
counted:    .word 0
masks:      .word 0
seen:       .skip 6
lint0:      .long 0
