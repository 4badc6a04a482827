/* SPDX-License-Identifier: BSD-2-Clause */
/* Says that it runs, from which drive, and stops: the least a boot sector can do. */
    .code16
    .globl  _start
_start:
    ljmp    $0, $1f
1:  xor     %ax, %ax
    mov     %ax, %ds
    mov     %ax, %ss
    mov     $0x7C00, %sp
    add     $'0', %dl                   # 00h and 80h: floppy or hard disk
    jns     2f
    mov     $'C', %dl
2:  mov     %dl, drive
    mov     $text, %si
    call    say
    jmp     halt
#include "say.inc"
text:
    .ascii  "boot sector runs from drive "
drive:
    .asciz  "?\r\n"
