/* SPDX-License-Identifier: BSD-2-Clause */
/* VBE protected-mode interface of the Cirrus card; a bank is 16 KiB. CL-GD5446 Technical Reference Manual. */
#define VGA_GC            0x3CE
#define VGA_CRTC          0x3D4
#define GR9_BANK0         0x09
#define CRTC_START_HIGH   0x0C
#define CRTC_START_LOW    0x0D
#define CR1B              0x1B
#define CR1B_START        0x0D      /* start address bit 16 in bit 0, 17-18 in bits 2-3 */
#define CR1D              0x1D
#define CR1D_START19      0x80

#define PORTS             VGA_GC, VGA_GC + 1, VGA_CRTC, VGA_CRTC + 1

    .macro BANK_SET
    movb %dl, %ah
    movb $GR9_BANK0, %al
    movw $VGA_GC, %dx
    outw %ax, %dx
    .endm

    .macro BANK_GET
    movb $GR9_BANK0, %al
    movw $VGA_GC, %dx
    outb %al, %dx
    incl %edx
    inb %dx, %al
    movzbl %al, %edx
    .endm

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

    .macro START_SET
    movl %edx, %ebx                 /* bits 16-19 in BL */
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
    .endm

#include "pm.h"
