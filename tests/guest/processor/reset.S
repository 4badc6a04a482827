/* SPDX-License-Identifier: BSD-2-Clause */
/* void processor_reset(void): the BIOS comes back to 40:67. IBM PC AT Technical Reference, "Shutdown byte". */
#include "../segments.inc"
#include "hw/cmos.h"
#include "hw/kbc.h"

#define BDA_RESET_VECTOR  0x467

    .code16
    .section .text.reset, "ax"
    .globl processor_reset
processor_reset:
    pushl %ebx
    pushl %esi
    pushl %edi
    pushl %ebp
    cli
    movl %esp, saved_esp
    movl BDA_RESET_VECTOR, %eax
    movl %eax, saved_vector
    movl $1f, BDA_RESET_VECTOR
    movb $CMOS_SHUTDOWN, %al
    outb %al, $CMOS_INDEX
    movb $CMOS_SHUTDOWN_JUMP, %al
    outb %al, $CMOS_DATA
    movb $KBC_CMD_RESET, %al
    outb %al, $KBC_CMD
2:  hlt
    jmp 2b
1:  LOAD_DATA 0
    movl saved_esp, %esp
    movl saved_vector, %eax
    movl %eax, BDA_RESET_VECTOR
    RETURN

    .bss
    .balign 4
saved_esp:     .long 0
saved_vector:  .long 0
