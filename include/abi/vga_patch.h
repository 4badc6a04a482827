/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What vmxloader may change in its copy of a VGA BIOS, because it can look where the 16-bit code cannot: the monitor's EDID, which
 * the card has above 1 MiB, and the size of one more mode. The word at VGA_PATCH_POINTER of the image is the offset of this
 * structure, 0 if there is none. The image's last byte keeps the sum of its bytes 0.
 */
#ifndef ABI_VGA_PATCH_H
#define ABI_VGA_PATCH_H

#define VGA_PATCH_POINTER  0x1C
#define VGA_PATCH_NO_MODE  0x3FF8     /* a size that no card has the memory for */

/* The monitor's preferred size, or that of the word vga-mode=, in 8, 16, 24 and 32 bits: modes 1A0h-1A3h. */
#define VGA_PATCH_MODE_8   0x1A0
#define VGA_PATCH_MODE_16  0x1A1
#define VGA_PATCH_MODE_24  0x1A2
#define VGA_PATCH_MODE_32  0x1A3

#define EDID_SIZE          128

#ifndef __ASSEMBLER__
#include "types.h"

struct vga_patch {
    u8  edid[EDID_SIZE];
    u16 width, height;                /* width: a multiple of 8 */
};
SIZE_ASSERT(struct vga_patch, EDID_SIZE + 4);
#endif

#endif
