/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * void enter_real_mode(void) NORETURN
 * The way out of vmxloader where the processor has real mode: F000:FFF0, as after a reset.
 * The last steps run from a copy below 64 KiB, because 16-bit code cannot run above 1 MiB.
 */
#include "selectors.h"

#define REAL_STUB  0x600            /* where that copy lies: free between BDA and boot sector */

    .text
    .globl enter_real_mode
enter_real_mode:
    cli
    movl $REAL_STUB, %edi
    movl $real_stub, %esi
    movl $real_stub_size, %ecx
    rep movsb
    ljmp $SELECTOR_CODE16, $REAL_STUB

    .code16
real_stub:
    movw $SELECTOR_DATA16, %ax      /* 64 KiB limits, so that none stays 4 GiB */
    movw %ax, %ds
    movw %ax, %es
    movw %ax, %fs
    movw %ax, %gs
    movw %ax, %ss
    movl %cr0, %eax
    andb $0xFE, %al                 /* PE */
    movl %eax, %cr0
    ljmp $0, $REAL_STUB + (1f - real_stub)
1:  xorw %ax, %ax
    movw %ax, %ds
    movw %ax, %es
    movw %ax, %fs
    movw %ax, %gs
    movw %ax, %ss
    lidtl %cs:REAL_STUB + (real_idt - real_stub)
    xorl %eax, %eax
    xorl %ebx, %ebx
    xorl %ecx, %ecx
    xorl %edx, %edx
    xorl %esi, %esi
    xorl %edi, %edi
    xorl %ebp, %ebp
    xorl %esp, %esp
    ljmp $0xF000, $0xFFF0
real_idt:
    .word 0x3FF
    .long 0
    .set real_stub_size, . - real_stub
    .code32

    .section .rodata
    .align 8
gdt:
    .quad 0
    .quad 0x00CF9B000000FFFF        /* SELECTOR_CODE32: flat */
    .quad 0x00CF93000000FFFF        /* SELECTOR_DATA32: flat */
    .quad 0x00009B000000FFFF        /* SELECTOR_CODE16: base 0, 64 KiB */
    .quad 0x000093000000FFFF        /* SELECTOR_DATA16: base 0, 64 KiB */
    .globl gdt_pointer
gdt_pointer:
    .word gdt_pointer - gdt - 1
    .long gdt
