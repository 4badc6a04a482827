/* SPDX-License-Identifier: BSD-2-Clause */
/* INT 10h while a serial console mirrors it: the terminal first, then the video BIOS. */
    .code16
    .section .text.entry, "ax"

    .globl entry_10_mirror
entry_10_mirror:
    cmpb $0x13, %ah
    ja 2f
    cmpb $0x0E, %ah
    je 1f
    cmpb $0x13, %ah
    je 1f
    testb %ah, %ah
    jz 1f
    cmpb $0x06, %ah
    jb 2f
    cmpb $0x0A, %ah
    ja 2f
1:  pushfw
    pushw %cs
    pushw $2f
    pushl $serial_mirror
    jmp service
2:  ljmpw *%cs:video_bios
