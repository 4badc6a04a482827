/* SPDX-License-Identifier: BSD-2-Clause */
/* A boot program that gives up: INT 18h hands the boot on to the next device. */
    .code16
    .globl  _start
_start:
    ljmp    $0, $1f
1:  xor     %ax, %ax
    mov     %ax, %ds
    mov     $text, %si
    call    say
    int     $0x18
#include "say.inc"
text:
    .asciz  "boot sector gives up\r\n"
