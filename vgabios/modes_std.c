/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * VBE modes of the standard card. 100h-11Fh are VESA's; the rest have the numbers that the
 * Bochs VGA BIOS and SeaVGABIOS gave them, so that saved configurations keep working.
 */
#include "card.h"

#define DIRECT(first, width, height) \
    { first, width, height, 15, 0 }, { first + 1, width, height, 16, 0 }, { first + 2, width, height, 24, 0 }
#define WIDE(first, width, height) \
    { first, width, height, 16, 0 }, { first + 1, width, height, 24, 0 }, { first + 2, width, height, 32, 0 }

ROM_EXT struct vbe_mode vbe_modes[] = {
    { 0x100, 640, 400, 8, 0 },
    { 0x101, 640, 480, 8, 0 },
    { 0x102, 800, 600, 4, 0 },
    { 0x103, 800, 600, 8, 0 },
    { 0x104, 1024, 768, 4, 0 },
    { 0x105, 1024, 768, 8, 0 },
    { 0x106, 1280, 1024, 4, 0 },
    { 0x107, 1280, 1024, 8, 0 },
    DIRECT(0x10D, 320, 200),
    DIRECT(0x110, 640, 480),
    DIRECT(0x113, 800, 600),
    DIRECT(0x116, 1024, 768),
    DIRECT(0x119, 1280, 1024),
    { 0x11C, 1600, 1200, 8, 0 },
    DIRECT(0x11D, 1600, 1200),
    { 0x140, 320, 200, 32, 0 },
    { 0x141, 640, 400, 32, 0 },
    { 0x142, 640, 480, 32, 0 },
    { 0x143, 800, 600, 32, 0 },
    { 0x144, 1024, 768, 32, 0 },
    { 0x145, 1280, 1024, 32, 0 },
    { 0x146, 320, 200, 8, 0 },
    { 0x147, 1600, 1200, 32, 0 },
    { 0x148, 1152, 864, 8, 0 },
    DIRECT(0x149, 1152, 864),
    { 0x14C, 1152, 864, 32, 0 },
    { 0x150, 320, 240, 8, 0 },
    DIRECT(0x151, 320, 240),
    { 0x154, 320, 240, 32, 0 },
    WIDE(0x175, 1280, 768),
    WIDE(0x178, 1280, 800),
    WIDE(0x17B, 1280, 960),
    WIDE(0x17E, 1440, 900),
    WIDE(0x181, 1400, 1050),
    WIDE(0x184, 1680, 1050),
    WIDE(0x187, 1920, 1200),
    WIDE(0x18A, 2560, 1600),
    WIDE(0x18D, 1280, 720),
    WIDE(0x190, 1920, 1080),
    WIDE(0x193, 1600, 900),
    WIDE(0x196, 2560, 1440),
    WIDE(0x199, 3840, 2160),
    { 0 },
};
