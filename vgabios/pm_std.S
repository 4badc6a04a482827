/* SPDX-License-Identifier: BSD-2-Clause */
/* VBE protected-mode interface of the standard card. Bochs VBE display interface. */
#define DISPI_INDEX       0x1CE
#define DISPI_DATA        0x1CF
#define DISPI_BPP         3
#define DISPI_BANK        5
#define DISPI_VIRT_WIDTH  6
#define DISPI_X_OFFSET    8
#define DISPI_Y_OFFSET    9

#define PORTS             DISPI_INDEX, DISPI_DATA

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

    .macro BANK_SET
    movzwl %dx, %eax
    DISPI_WRITE DISPI_BANK
    .endm

    .macro BANK_GET
    DISPI_READ DISPI_BANK
    movl %eax, %edx
    .endm

    .macro START_SET
    shll $16, %edx
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
2:
    .endm

#include "pm.h"
