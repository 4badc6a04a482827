/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * struct vga_patch: EDID 1.3 of a monitor that likes 1024x768 and takes anything, and no further mode. vmxloader puts the card's
 * own EDID here: that lies in memory-mapped registers above 1 MiB, out of reach for a service that may not leave real mode.
 * VESA Enhanced EDID Standard, section 3.
 */
#include "abi/vga_patch.h"

    .section .romdata, "a"
    .globl vga_patch
vga_patch:
    .byte 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x00
    .byte 0x10, 0xD7, 0x01, 0x00, 0, 0, 0, 0, 0, 36, 1, 3          /* DFW, product 1, 2026, EDID 1.3 */
    .byte 0x0E, 0x1A, 0x14, 0x78, 0x0A                             /* analog, 26x20 cm, gamma 2.2, RGB */
    .byte 0xEE, 0x91, 0xA3, 0x54, 0x4C, 0x99, 0x26, 0x0F, 0x50, 0x54   /* sRGB */
    .byte 0x21, 0x08, 0x00                                         /* 640x480, 800x600, 1024x768 at 60 Hz */
    .byte 0x81, 0x80, 0xA9, 0x40, 0xD1, 0xC0, 0x81, 0xC0           /* 1280x1024, 1600x1200, 1920x1080, 1280x720 */
    .byte 0x95, 0x00, 0xB3, 0x00, 0x71, 0x40, 0x01, 0x01           /* 1440x900, 1680x1050, 1152x864 */
    .byte 0x64, 0x19, 0x00, 0x40, 0x41, 0x00, 0x26, 0x30           /* 65 MHz, 1024+320, 768+38 */
    .byte 0x18, 0x88, 0x36, 0x00, 0x04, 0xC3, 0x10, 0, 0, 0x18
    .byte 0, 0, 0, 0xFD, 0, 50, 125, 30, 160, 30, 0, 10            /* 50-125 Hz, 30-160 kHz, 300 MHz */
    .fill 6, 1, ' '
    .byte 0, 0, 0, 0xFC, 0
    .ascii "DFW VGA\n     "
    .byte 0, 0, 0, 0x10, 0
    .fill 13, 1, 0
    .byte 0, 0x24                                                 /* no extension; sum 0 */
    .if . - vga_patch != EDID_SIZE
    .error "EDID is 128 bytes"
    .endif
    .word VGA_PATCH_NO_MODE, VGA_PATCH_NO_MODE
