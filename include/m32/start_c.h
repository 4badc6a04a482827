/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * START_C main: from 32-bit protected mode with whatever flat segments the boot protocol gave, to main(EAX, EBX) on a stack and in
 * segments of our own. Wants gdt_pointer with the flat CODE32 and DATA32, stack_top, bss_start and bss_dwords; main does not return.
 */
#ifndef M32_START_C_H
#define M32_START_C_H

    .macro START_C main, code32, data32
    cli
    cld
    lgdt gdt_pointer
    ljmp $\code32, $2f
2:  movw $\data32, %cx
    movw %cx, %ds
    movw %cx, %es
    movw %cx, %fs
    movw %cx, %gs
    movw %cx, %ss
    movl $stack_top, %esp
    movl %eax, %edx
    movl $bss_start, %edi
    movl $bss_dwords, %ecx
    xorl %eax, %eax
    rep stosl
    movl %edx, %eax
    movl %ebx, %edx
    call \main
    .endm

#endif
