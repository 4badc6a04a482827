/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * VBE protected-mode interface of the standard card: 32-bit code that the caller copies anywhere
 * and calls near. VBE Core Functions Standard 3.0, function 0Ah. Stack: a few dwords.
 */
#define DISPI_INDEX       0x1CE
#define DISPI_DATA        0x1CF
#define DISPI_BPP         3
#define DISPI_BANK        5
#define DISPI_VIRT_WIDTH  6
#define DISPI_X_OFFSET    8
#define DISPI_Y_OFFSET    9
#define VGA_DAC_WRITE     0x3C8
#define VGA_STATUS1       0x3DA

    .section .text.pm, "ax"
    .code32
    .globl pm_table, pm_table_end
pm_table:
    .word set_window - pm_table
    .word set_start - pm_table
    .word set_palette - pm_table
    .word ports - pm_table

ports:                              /* ports used, then memory (none) */
    .word DISPI_INDEX, DISPI_DATA, VGA_DAC_WRITE, VGA_DAC_WRITE + 1, VGA_STATUS1, 0xFFFF
    .word 0xFFFF

/* DISPI_WRITE index: value in EAX; clobbers edx. DISPI_READ index: value to EAX, clobbers edx. */
    .macro DISPI_WRITE index
    pushl %eax
    movw $DISPI_INDEX, %dx
    movw $\index, %ax
    outw %ax, %dx
    popl %eax
    incl %edx
    outw %ax, %dx
    .endm

    .macro DISPI_READ index
    movw $DISPI_INDEX, %dx
    movw $\index, %ax
    outw %ax, %dx
    incl %edx
    xorl %eax, %eax
    inw %dx, %ax
    .endm

/* 4F05h: BH 0 set, 1 get; BL window 0; DX bank. AX = status. */
set_window:
    testb %bl, %bl
    jnz 2f
    cmpb $1, %bh
    ja 2f
    je 1f
    pushl %edx
    movzwl %dx, %eax
    DISPI_WRITE DISPI_BANK
    popl %edx
    movw $0x004F, %ax
    ret
1:  DISPI_READ DISPI_BANK
    movl %eax, %edx
    movw $0x004F, %ax
    ret
2:  movw $0x014F, %ax
    ret

/* 4F07h: BL 0, or 80h for in the retrace; DX:CX first byte shown, divided by 4. */
set_start:
    pushal
    testb $0x80, %bl
    jz 1f
    pushl %edx
    call retrace
    popl %edx
1:  shll $16, %edx
    movw %cx, %dx
    movl %edx, %ebp
    shll $2, %ebp                   /* bytes */
    DISPI_READ DISPI_BPP
    leal 7(%eax), %esi
    shrl $3, %esi                   /* bytes a pixel */
    DISPI_READ DISPI_VIRT_WIDTH
    mull %esi
    movl %eax, %edi                 /* bytes a line */
    testl %edi, %edi
    jz 2f
    movl %ebp, %eax
    xorl %edx, %edx
    divl %edi
    pushl %eax                      /* line */
    movl %edx, %eax
    xorl %edx, %edx
    divl %esi                       /* pixel */
    DISPI_WRITE DISPI_X_OFFSET
    popl %eax
    DISPI_WRITE DISPI_Y_OFFSET
2:  popal
    movw $0x004F, %ax
    ret

#include "pm_palette.h"

pm_table_end:
