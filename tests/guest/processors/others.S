/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the other processors run, in segment 0 with a stack of their own; and round trips to protected mode that any
 * number of processors can make at the same time.
 */
#include "processors.h"
#include "hw/lapic.h"
#include "../segments.inc"


    .code16
    .section .text.others, "ax"

/* Copied to START_PAGE and AGAIN_PAGE. */
    .globl start_code, start_code_end, again_code, again_code_end
start_code:
    ljmpw $0, $start_other
start_code_end:
again_code:
    ljmpw $0, $start_again
again_code_end:

/* in: CS was START_PAGE >> 4, everything else as INIT leaves it */
start_other:
    movw %ds, %ax
    movw %es, %bx
    orw %bx, %ax
    movw %fs, %bx
    orw %bx, %ax
    movw %gs, %bx
    orw %bx, %ax
    movw %ss, %bx
    orw %bx, %ax                    /* all of them are 0 */
    movl $1, %edi
    lock xaddl %edi, arrived
    incl %edi                       /* number: 1, 2, ... */
    movl %edi, %ebp
    shll $5, %ebp                   /* OTHER_BYTES */
    addl $others, %ebp
    movw %ax, OTHER_DATA(%bp)
    movl %edx, OTHER_EDX(%bp)
    smsww OTHER_MSW(%bp)
    movw %di, %ax
    shlw $8, %ax
    addw $STACKS, %ax
    movw %ax, %ss
    movl $0x1000, %esp
    movl %cr0, %eax                 /* the privileged ones of a start-up code */
    andl $~0x8, %eax                /* TS */
    movl %eax, %cr0
    clts
    wbinvd
    lgdtl gdt_pointer
    lidtl idt_pointer
    sti
    int $INT_VECTOR
    incl %ds:OTHER_INTS(%bp)
    int $INT_VECTOR
    incl %ds:OTHER_INTS(%bp)
    movl $LAPIC_BASE + LAPIC_SVR, %eax
    movl $LAPIC_SVR_ENABLE | 0xFF, %edx
    calll poke
    movw $0, %ss:0
    lock incl ready
5:  sti
    hlt                             /* until the IPI; QEMU's HLT ends at a late SIPI as well */
    cli
    cmpw $0, %ss:0
    je 5b
    movl $LAPIC_BASE + LAPIC_EOI, %eax
    xorl %edx, %edx
    calll poke
    lock incl ready
1:  pause
    cmpl $0, go
    je 1b
    movl $TRIPS, %eax
    movl %edi, %edx
    shll $24, %edx
    movl %ebp, %ecx
    calll trips
    lock incl finished
2:  cli
    hlt                             /* only an INIT ends this */
    jmp 2b

start_again:
    lock incl again
    jmp 2b

    .globl on_ipi, on_int
on_ipi:                             /* the lowest word of the stack says whose it was */
    movw $1, %ss:0
    lock incl %cs:irqs
    iretw
on_int:
    iretw

/* EAX = linear address: reads it, EDX = 0, or writes ECX, EDX = 1. The stack goes along: SS keeps its base. */
access:
    pushfl
    cli
    pushl %ebx
    pushl %eax
    pushl %edx
    lgdtl gdt_pointer
    SET_CR0 CR0_PE
    ljmpl $CODE32, $1f
    .code32
1:  movw $DATA32, %ax
    movw %ax, %ds
    popl %edx
    popl %eax
    testl %edx, %edx
    jz 2f
    movl %ecx, (%eax)
2:  movl (%eax), %ebx
    ljmp $CODE16, $3f
    .code16
3:  movw $DATA16, %ax
    movw %ax, %ds
    CLEAR_CR0 CR0_PE
    ljmpw $0, $4f
4:  xorw %ax, %ax
    movw %ax, %ds
    movl %ebx, %eax
    popl %ebx
    popfl
    retl

    .globl peek, poke, trips
peek:                               /* u32 peek(u32 linear) */
    xorl %edx, %edx
    jmp access
poke:                               /* void poke(u32 linear, u32 value) */
    pushl %ecx
    movl %edx, %ecx
    movl $1, %edx
    calll access
    popl %ecx
    retl

/* void trips(u32 times, u32 seed, struct other *o) */
trips:
    pushl %ebx
    pushl %esi
    pushl %edi
    pushl %ebp
    pushl %ecx                      /* 8(%esp) */
    pushl %eax                      /* 4(%esp): times */
    pushl %edx                      /* (%esp): seed */
1:  movl (%esp), %edx
    leal 1(%edx), %ebx
    leal 2(%edx), %ecx
    leal 3(%edx), %esi
    leal 4(%edx), %edi
    leal 5(%edx), %ebp
    movl 8(%esp), %eax
    addl $OTHER_TRIPS, %eax
    xorl %edx, %edx
    calll access
    incl %eax                       /* read in protected mode, and written there again */
    pushl %ecx
    movl %eax, %ecx
    movl 12(%esp), %eax
    addl $OTHER_TRIPS, %eax
    movl $1, %edx
    calll access
    popl %ecx
    movl (%esp), %edx
    incl %edx
    cmpl %edx, %ebx
    jne 2f
    incl %edx
    cmpl %edx, %ecx
    jne 2f
    incl %edx
    cmpl %edx, %esi
    jne 2f
    incl %edx
    cmpl %edx, %edi
    jne 2f
    incl %edx
    cmpl %edx, %ebp
    je 3f
2:  movl 8(%esp), %eax
    incl OTHER_WRONG(%eax)
3:  addl $0x10101, (%esp)
    decl 4(%esp)
    jnz 1b
    addl $12, %esp
    popl %ebp
    popl %edi
    popl %esi
    popl %ebx
    retl

    .section .rodata
    .balign 8
gdt:
    GDT_HEAD
gdt_pointer:
    GDT_POINTER gdt
idt_pointer:
    .word 0x3FF
    .long 0
