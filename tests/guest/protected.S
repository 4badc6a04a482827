/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * void call32(u32 offset, struct regs *r, u32 base), call16: far CALL an entry of the BIOS from 32-bit
 * or 16-bit protected mode. CS starts at base with a limit of 64 KiB, or 4 GiB if base is 0;
 * data segments are flat (32-bit) or start at 0 with 64 KiB (16-bit).
 */
#include "segments.inc"

#define BIOS    0x28

    .code16
    .section .text.protected, "ax"
    .globl call32, call16
call16:
    movl $entered16, enter
    movw $CODE16, enter + 4
    movb $0x00, bios_flags
    jmp 1f
call32:
    movl $entered32, enter
    movw $CODE32, enter + 4
    movb $0x40, bios_flags
1:  pushl %ebx
    pushl %esi
    pushl %edi
    pushl %ebp
    movl %eax, target
    movw $BIOS, target + 4
    movl %edx, regs
    movl %ecx, bios_base
    movb bios_flags, %al
    testl %ecx, %ecx
    jnz 2f
    orb $0x8F, %al
2:  movb %al, bios_limit
    movb $0x9B, bios_access
    cli
    lgdtl gdt_pointer
    SET_CR0 CR0_PE
    ljmpl *enter

    .code32
entered32:
    movw $DATA32, %ax
    movw %ax, %ds
    movw %ax, %es
    movw %ax, %ss
    movl %esp, saved_esp
    movl regs, %ebp
    movl (%ebp), %eax
    movl 4(%ebp), %ebx
    movl 8(%ebp), %ecx
    movl 12(%ebp), %edx
    movl 16(%ebp), %esi
    movl 20(%ebp), %edi
    movl 24(%ebp), %ebp
    lcall *target
    pushfl
    pushl %ebp
    movl regs, %ebp
    movl %eax, (%ebp)
    movl %ebx, 4(%ebp)
    movl %ecx, 8(%ebp)
    movl %edx, 12(%ebp)
    movl %esi, 16(%ebp)
    movl %edi, 20(%ebp)
    popl 24(%ebp)
    popl %eax
    movw %ax, 36(%ebp)
    movl saved_esp, %esp
    ljmp $CODE16, $leave16

    .code16
entered16:
    movw $DATA16, %ax
    movw %ax, %ds
    movw %ax, %es
    movw %ax, %ss
    movl %esp, saved_esp
    movl regs, %ebp
    movl (%ebp), %eax
    movl 4(%ebp), %ebx
    movl 8(%ebp), %ecx
    movl 12(%ebp), %edx
    movl 16(%ebp), %esi
    movl 20(%ebp), %edi
    movw target, %bp
    movw %bp, target16
    movw target + 4, %bp
    movw %bp, target16 + 2
    lcallw *target16
    pushfw
    movl regs, %ebp
    movl %eax, %ds:(%ebp)
    movl %ebx, %ds:4(%ebp)
    movl %ecx, %ds:8(%ebp)
    movl %edx, %ds:12(%ebp)
    movl %esi, %ds:16(%ebp)
    movl %edi, %ds:20(%ebp)
    popw %ds:36(%ebp)
    movl saved_esp, %esp
leave16:
    movw $DATA16, %ax
    movw %ax, %ds
    movw %ax, %es
    movw %ax, %ss
    CLEAR_CR0 CR0_PE
    ljmpw $0, $1f
1:  xorw %ax, %ax
    movw %ax, %ds
    movw %ax, %es
    movw %ax, %ss
    RETURN

    .data
    .balign 8
gdt:
    GDT_HEAD
    .word 0xFFFF                    /* the BIOS' code */
bios_base:
    .long 0                         /* 24 bits; the access byte is written after it */
    .set bios_access, . - 1
bios_limit:
    .byte 0, 0
gdt_pointer:
    GDT_POINTER gdt
enter:
    .long 0
    .word 0
target:
    .long 0
    .word 0
target16:
    .word 0, 0
bios_flags:
    .byte 0

    .bss
saved_esp: .long 0
regs:      .long 0

/*
 * bool switch_89(void): INT 15h AH=89h with a GDT whose CS, DS, ES and SS start at 0, then back to
 * real mode and to the interrupt controllers as they were. True: protected mode was on.
 */
    .code16
    .section .text.switch_89, "ax"
    .globl switch_89
switch_89:
    pushl %ebx
    pushl %esi
    pushl %edi
    pushl %ebp
    cli
    inb $0x21, %al
    movb %al, masks
    inb $0xA1, %al
    movb %al, masks + 1
    movl %esp, saved_esp
    movw $gdt_89, %si
    movw $0x0870, %bx               /* IRQ0 and IRQ8 stay at 08h and 70h */
    movb $0x89, %ah
    int $0x15
    movl $0, %ebx
    jc 1f
    smsww %bx
    CLEAR_CR0 CR0_PE
1:  ljmpw $0, $2f
2:  xorw %ax, %ax
    movw %ax, %ds
    movw %ax, %es
    movw %ax, %ss
    movl saved_esp, %esp
    lidtl real_idt
    movb masks, %al
    outb %al, $0x21
    movb masks + 1, %al
    outb %al, $0xA1
    movl %ebx, %eax
    andl $CR0_PE, %eax
    RETURN

    .data
    .balign 8
gdt_89:
    .quad 0
    .word 0x3F, gdt_89, 0, 0        /* 08 this table */
    .word 0x3FF, 0, 0, 0            /* 10 IDT: none is used, interrupts are off */
    .quad 0x000093000000FFFF        /* 18 DS */
    .quad 0x000093000000FFFF        /* 20 ES */
    .quad 0x000093000000FFFF        /* 28 SS */
    .quad 0x00009B000000FFFF        /* 30 CS */
    .quad 0                         /* 38 the BIOS fills this in */
real_idt:
    .word 0x3FF                     /* not by SIDT: in VM86 it tells the monitor's */
    .long 0

    .bss
masks:    .word 0
