/* SPDX-License-Identifier: BSD-2-Clause */
/* Exceptions of real mode that nobody took over, and NMI. They may hit code on the BIOS stack. */
#include "ebda_layout.h"
#include "hw/pit.h"

    .code16
    .section .text.entry, "ax"

    .macro FAULT vector, handler
    .globl entry_\vector
entry_\vector:
    pushl $\handler
    jmp service
    .endm

    FAULT 00, fault_divide
    FAULT 06, fault_opcode
    FAULT 07, fault_coprocessor

/*
 * INT 02h, NMI. A memory or bus error is fatal. Anything else (a debug button, a coprocessor
 * error sent on from INT 75h) gets a line on the debug port, unless it hit the BIOS' own stack.
 */
    .globl entry_02
entry_02:
    pushw %ax
    inb $PORT_B, %al
    testb $PORT_B_NMI_ERRORS, %al
    popw %ax
    jnz 1f
    pushw %ds
    pushw %ax
    pushw %bx
    movw $BDA_SEGMENT, %ax
    movw %ax, %ds
    movw BDA_EBDA_SEGMENT, %ax
    movw %ss, %bx
    cmpw %ax, %bx
    popw %bx
    popw %ax
    popw %ds
    je 2f
    pushl $nmi_report
    jmp service
1:  pushl $fault_memory
    jmp service
2:  iretw
