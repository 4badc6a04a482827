/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The ROM header and every way in. PCI Firmware Specification 3.0, 5.1.
 * Entered with any DS, ES, DF, IF, in real mode, VM86 or 16-bit protected mode; no instruction here
 * or in the C code is privileged. It runs on the caller's stack and takes up to 320 bytes of it,
 * for a character in mode 06h at most 256: WIN.COM of Windows 1.01 has no more.
 */
#include "abi/vga_patch.h"

    .code16
    .section .header, "ax"

    .globl rom_start
rom_start:
    .word 0xAA55
    .byte ROM_BLOCKS
    jmp entry_init
    .org 0x18
    .word pcir
    .word 0                         /* no PnP header: +3 is called with the card in AX */
    .org VGA_PATCH_POINTER
    .word vga_patch                 /* of no meaning to other loaders; 0 where the card has none */
    .weak vga_patch
    .org 0x1E
    .asciz "IBM"                    /* old programs look for it here */
    .globl rom_name
rom_name:
    .asciz "Domain firmware VGA BIOS"

    .section .text.entry, "ax"

/*
 * ENTER: build struct frame (vgabios.h) on the caller's stack, below ip, cs, flags. The high
 * half of ESP may hold anything; while C code runs it is 0, because C addresses by ESP.
 * LEAVE: everything back as in the frame, the high half of ESP included.
 */
    .macro ENTER
    cld
    pushal
    pushw %ds
    pushw %es
    pushw %fs
    pushw %gs
    movzwl %sp, %esp
    movw %ss, %ax
    movw %ax, %ds
    movw %ax, %es
    movw %cs, %ax
    movw %ax, %gs
    movl %esp, %eax
    .endm

    .macro LEAVE
    popw %gs
    popw %fs
    popw %es
    popw %ds
    movw %sp, 12(%esp)              /* POPAL skips ESP; the high half is in its slot */
    movl 12(%esp), %esp
    popal
    .endm

#define FRAME_AH 37

/* init: AX = bus:8 device:5 function:3 of the card (PCI), else anything. Far call. */
entry_init:
    pushfw
    pushw %cs                       /* the frame of an INT */
    pushw $1f
    ENTER
    calll init
    LEAVE
    iretw
1:  lretw

/* INT 10h */
    .globl entry_10
entry_10:
    ENTER
    movzbl FRAME_AH(%esp), %ebx
    cmpb $(handlers_end - handlers) / 2 - 1, %bl
    ja 2f
    movzwl %cs:handlers(,%ebx,2), %edx
    calll *%edx
1:  LEAVE
    iretw
2:  cmpb $0x4F, %bl
    jne 1b
    calll int10_4f
    jmp 1b

handlers:                           /* void int10_NN(struct frame *r), by AH */
    .word int10_00, int10_01, int10_02, int10_03, int10_04, int10_05, int10_06, int10_07
    .word int10_08, int10_09, int10_0a, int10_0b, int10_0c, int10_0d, int10_0e, int10_0f
    .word int10_10, int10_11, int10_12, int10_13, nothing,  nothing,  nothing,  nothing
    .word nothing,  nothing,  int10_1a, int10_1b, int10_1c
handlers_end:

nothing:
    retl

/* VBE window function (4F05h by far call): BH, BL, DX as INT 10h AX=4F05h. */
    .globl entry_window
entry_window:
    pushfw
    pushw %cs
    pushw $1f
    ENTER
    calll vbe_window
    LEAVE
    iretw
1:  lretw
