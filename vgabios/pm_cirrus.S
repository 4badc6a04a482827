/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * VBE protected-mode interface of the Cirrus card: 32-bit code that the caller copies anywhere
 * and calls near. VBE Core Functions Standard 3.0, function 0Ah. Stack: a few dwords.
 */
#define VGA_GC            0x3CE
#define VGA_CRTC          0x3D4
#define VGA_DAC_WRITE     0x3C8
#define VGA_STATUS1       0x3DA
#define GR9_BANK0         0x09
#define CRTC_START_HIGH   0x0C
#define CRTC_START_LOW    0x0D
#define CR1B              0x1B
#define CR1B_START        0x0D      /* start address bit 16 in bit 0, 17-18 in bits 2-3 */
#define CR1D              0x1D
#define CR1D_START19      0x80

    .section .text.pm, "ax"
    .code32
    .globl pm_table, pm_table_end
pm_table:
    .word set_window - pm_table
    .word set_start - pm_table
    .word set_palette - pm_table
    .word ports - pm_table

ports:                              /* ports used, then memory (none) */
    .word VGA_GC, VGA_GC + 1, VGA_CRTC, VGA_CRTC + 1, VGA_DAC_WRITE, VGA_DAC_WRITE + 1, VGA_STATUS1, 0xFFFF
    .word 0xFFFF

/* 4F05h: BH 0 set, 1 get; BL window 0; DX bank of 16 KiB. AX = status. */
set_window:
    testb %bl, %bl
    jnz 2f
    cmpb $1, %bh
    ja 2f
    movb %dl, %ah
    movb $GR9_BANK0, %al
    pushl %edx
    movw $VGA_GC, %dx
    jne 1f
    outb %al, %dx
    incl %edx
    inb %dx, %al
    popl %edx
    movzbl %al, %edx
    jmp 3f
1:  outw %ax, %dx
    popl %edx
3:  movw $0x004F, %ax
    ret
2:  movw $0x014F, %ax
    ret

/* MERGE index, mask: the CRTC register's bits outside `mask` stay, those in AH are set; DX = CRTC index. */
    .macro MERGE index, mask
    movb $\index, %al
    outb %al, %dx
    incl %edx
    inb %dx, %al
    andb $~\mask & 0xFF, %al
    orb %ah, %al
    outb %al, %dx
    decl %edx
    .endm

/* 4F07h: BL 0, or 80h for in the retrace; DX:CX first byte shown, divided by 4, as the CRTC counts. */
set_start:
    pushal
    testb $0x80, %bl
    jz 1f
    pushl %edx
    call retrace
    popl %edx
1:  movl %edx, %ebx                 /* bits 16-19 in BL */
    movw $VGA_CRTC, %dx
    movb %ch, %ah
    movb $CRTC_START_HIGH, %al
    outw %ax, %dx
    movb %cl, %ah
    movb $CRTC_START_LOW, %al
    outw %ax, %dx
    movb %bl, %ah
    addb %ah, %ah
    andb $0x0C, %ah                 /* bits 17-18 */
    movb %bl, %al
    andb $0x01, %al
    orb %al, %ah
    MERGE CR1B, CR1B_START
    movb %bl, %ah
    shlb $4, %ah
    andb $CR1D_START19, %ah
    MERGE CR1D, CR1D_START19
    popal
    movw $0x004F, %ax
    ret

#include "pm_palette.h"

pm_table_end:
