/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A boot program that calls INT 19h: the BIOS boots again, without POST. Memory above the boot sector stays as it is, and the same
 * drive comes in DL.
 */
#define BDA_OWN_AREA  0x4F0             /* 40:F0, for programs to talk to each other */
#define SEEN          0x3931            /* "19" */
#define RAM           0x30000
#define PATTERN       0x5AA5C33C

    .code16
    .globl  _start
_start:
    ljmp    $0, $1f
1:  xor     %ax, %ax
    mov     %ax, %ds
    mov     %ax, %ss
    mov     $0x7C00, %sp
    mov     $RAM >> 4, %ax
    mov     %ax, %es
    cmpw    $SEEN, BDA_OWN_AREA
    je      2f
    movw    $SEEN, BDA_OWN_AREA
    mov     %dl, BDA_OWN_AREA + 2
    movl    $PATTERN, %es:0
    mov     $once_more, %si
    call    say
    int     $0x19
2:  movw    $0, BDA_OWN_AREA
    cmp     %dl, BDA_OWN_AREA + 2
    mov     $other_drive, %si
    jne     3f
    cmpl    $PATTERN, %es:0
    mov     $memory_lost, %si
    jne     3f
    mov     $again, %si
3:  call    say
    jmp     halt
#include "say.inc"
once_more:
    .asciz  "boot sector calls INT 19h\r\n"
again:
    .asciz  "booted again, memory as it was\r\n"
other_drive:
    .asciz  "booted again from another drive\r\n"
memory_lost:
    .asciz  "booted again, memory is lost\r\n"
