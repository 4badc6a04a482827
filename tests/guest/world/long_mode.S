/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * u32 through_long_mode(void): real mode to 64-bit mode in one CR0 write, and back to real mode; LONG_MARK from 64-bit code, 0
 * where the processor has none.
 */
#include "../segments.inc"

#define LONG_MARK  0x64646464
#define CODE64     0x28
#define PAGES      0x10000          /* PML4, PDPT, PD */

    .code16
    .section .text.long_mode, "ax"
    .globl through_long_mode
through_long_mode:
    pushl %ebx
    pushl %edi
    xorl %eax, %eax
    movl %eax, result
    movl $0x80000001, %eax
    cpuid
    btl $29, %edx                   /* LM */
    jnc 9f
    cli
    movw $PAGES >> 4, %ax
    movw %ax, %es
    xorl %edi, %edi
    xorl %eax, %eax
    movw $3072, %cx
    rep stosl
    movl $PAGES + 0x1003, %es:0
    movl $PAGES + 0x2003, %es:0x1000
    movl $0x83, %es:0x2000
    movw %ax, %es
    movl $CR4_PAE, %eax
    movl %eax, %cr4
    movl $PAGES, %eax
    movl %eax, %cr3
    movl $MSR_EFER, %ecx
    rdmsr
    orl $EFER_LME, %eax
    wrmsr
    lgdtl pointer64
    SET_CR0 (CR0_PE | CR0_PG)
    ljmpw $CODE64, $1f
1:  .byte 0xC7, 0x04, 0x25          /* in 64-bit mode: movl $LONG_MARK, result */
    .long result, LONG_MARK
    .byte 0xFF, 0x2C, 0x25          /* ljmpl *to_compatible */
    .long to_compatible
2:  movw $0x20, %ax
    movw %ax, %ds
    movw %ax, %es
    movw %ax, %ss
    CLEAR_CR0 CR0_PG
    movl $MSR_EFER, %ecx
    rdmsr
    andl $~EFER_LME, %eax
    wrmsr
    xorl %eax, %eax
    movl %eax, %cr4
    CLEAR_CR0 CR0_PE
    ljmpw $0, $1f
1:  xorw %ax, %ax
    movw %ax, %ds
    movw %ax, %es
    movw %ax, %ss
9:  movl result, %eax
    popl %edi
    popl %ebx
    sti
    retl

    .data
    .balign 8
gdt64:
    GDT_HEAD
    .quad 0x00AF9B000000FFFF
pointer64:
    GDT_POINTER gdt64
to_compatible:
    .long 2b
    .word 0x18

    .bss
result: .long 0
