/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a guest does once. Each but overwrite_assist(), smsw_over_assist() and touch() ends in a reset of the machine; what comes
 * back from one returns.
 */
#include "../segments.inc"

#define ASSIST   0xD000             /* segment of vmxassist */
#define ZEROS    0x30000            /* free memory */
#define EMPTY    0xE0000000         /* no memory and no device */

    .code16
    .section .text.deeds, "ax"
    .globl overwrite_assist, smsw_over_assist, triple_fault, nonsense_cr3, jump_to_nowhere, touch

overwrite_assist:                   /* with zeros; returns */
    pushl %edi
    movw $ASSIST, %ax
    movw %ax, %es
    xorw %di, %di
    xorl %eax, %eax
    movw $0x4000, %cx
    rep stosl
    movw %ax, %es
    popl %edi
    retl

smsw_over_assist:                   /* u32 smsw_over_assist(u32 offset) */
    movw $ASSIST, %dx
    movw %dx, %es
    smsww %es:(%eax)
    xorl %eax, %eax
    movw %ax, %es
    retl

triple_fault:
    lidtl no_idt
    int3

nonsense_cr3:                       /* page tables of zeros */
    cli
    call clear
    lidtl no_idt
    lgdtl gdt_pointer
    movl $ZEROS, %eax
    movl %eax, %cr3
    SET_CR0 (CR0_PE | CR0_PG)
    ljmpw $CODE16, $1f
1:  retl

jump_to_nowhere:
    cli
    lidtl no_idt
    lgdtl gdt_pointer
    SET_CR0 CR0_PE
    ljmpl $CODE32, $EMPTY

/* u32 touch(u32 base, u32 bytes): writes zeros to all of it; 1. */
touch:
    pushl %edi
    cli
    movl %eax, %edi
    movl %edx, %ecx
    shrl $2, %ecx
    lgdtl gdt_pointer
    SET_CR0 CR0_PE
    ljmpl $CODE32, $1f
    .code32
1:  movw $DATA32, %ax
    movw %ax, %es
    xorl %eax, %eax
    rep stosl
    ljmp $CODE16, $2f
    .code16
2:  movw $DATA16, %ax
    movw %ax, %es
    CLEAR_CR0 CR0_PE
    ljmpw $0, $3f
3:  xorl %eax, %eax
    movw %ax, %es
    incw %ax
    popl %edi
    sti
    retl

clear:
    movw $ZEROS >> 4, %ax
    movw %ax, %es
    xorw %di, %di
    xorl %eax, %eax
    movw $1024, %cx
    rep stosl
    retw

    .data
    .balign 8
gdt:
    GDT_HEAD
gdt_pointer:
    GDT_POINTER gdt
no_idt:
    .word 0
    .long 0
