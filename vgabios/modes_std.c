/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * VBE modes of the standard card. 100h-11Fh are VESA's; the rest have the numbers that the
 * Bochs VGA BIOS and SeaVGABIOS gave them, so that saved configurations keep working.
 */
#include "card.h"

/* M(number, width, height, bits) of the modes that fit 16 MiB, then of those that do not. */
#define MODES_16M(M) \
    M(0x100, 640, 400, 8) \
    M(0x101, 640, 480, 8) \
    M(0x102, 800, 600, 4) M(0x103, 800, 600, 8) \
    M(0x104, 1024, 768, 4) M(0x105, 1024, 768, 8) \
    M(0x106, 1280, 1024, 4) M(0x107, 1280, 1024, 8) \
    M(0x10D, 320, 200, 15) M(0x10E, 320, 200, 16) M(0x10F, 320, 200, 24) \
    M(0x110, 640, 480, 15) M(0x111, 640, 480, 16) M(0x112, 640, 480, 24) \
    M(0x113, 800, 600, 15) M(0x114, 800, 600, 16) M(0x115, 800, 600, 24) \
    M(0x116, 1024, 768, 15) M(0x117, 1024, 768, 16) M(0x118, 1024, 768, 24) \
    M(0x119, 1280, 1024, 15) M(0x11A, 1280, 1024, 16) M(0x11B, 1280, 1024, 24) \
    M(0x11C, 1600, 1200, 8) M(0x11D, 1600, 1200, 15) M(0x11E, 1600, 1200, 16) M(0x11F, 1600, 1200, 24) \
    M(0x140, 320, 200, 32) \
    M(0x141, 640, 400, 32) \
    M(0x142, 640, 480, 32) \
    M(0x143, 800, 600, 32) \
    M(0x144, 1024, 768, 32) \
    M(0x145, 1280, 1024, 32) \
    M(0x146, 320, 200, 8) \
    M(0x147, 1600, 1200, 32) \
    M(0x148, 1152, 864, 8) M(0x149, 1152, 864, 15) M(0x14A, 1152, 864, 16) M(0x14B, 1152, 864, 24) M(0x14C, 1152, 864, 32) \
    M(0x150, 320, 240, 8) M(0x151, 320, 240, 15) M(0x152, 320, 240, 16) M(0x153, 320, 240, 24) M(0x154, 320, 240, 32) \
    M(0x175, 1280, 768, 16) M(0x176, 1280, 768, 24) M(0x177, 1280, 768, 32) \
    M(0x178, 1280, 800, 16) M(0x179, 1280, 800, 24) M(0x17A, 1280, 800, 32) \
    M(0x17B, 1280, 960, 16) M(0x17C, 1280, 960, 24) M(0x17D, 1280, 960, 32) \
    M(0x17E, 1440, 900, 16) M(0x17F, 1440, 900, 24) M(0x180, 1440, 900, 32) \
    M(0x181, 1400, 1050, 16) M(0x182, 1400, 1050, 24) M(0x183, 1400, 1050, 32) \
    M(0x184, 1680, 1050, 16) M(0x185, 1680, 1050, 24) M(0x186, 1680, 1050, 32) \
    M(0x187, 1920, 1200, 16) M(0x188, 1920, 1200, 24) M(0x189, 1920, 1200, 32) \
    M(0x18A, 2560, 1600, 16) M(0x18B, 2560, 1600, 24) M(0x18C, 2560, 1600, 32) \
    M(0x18D, 1280, 720, 16) M(0x18E, 1280, 720, 24) M(0x18F, 1280, 720, 32) \
    M(0x190, 1920, 1080, 16) M(0x191, 1920, 1080, 24) M(0x192, 1920, 1080, 32) \
    M(0x193, 1600, 900, 16) M(0x194, 1600, 900, 24) M(0x195, 1600, 900, 32) \
    M(0x196, 2560, 1440, 16) M(0x197, 2560, 1440, 24) M(0x198, 2560, 1440, 32)
#define MODES_BEYOND(M) \
    M(0x199, 3840, 2160, 16) M(0x19A, 3840, 2160, 24) M(0x19B, 3840, 2160, 32)

#define NUMBER(number, width, height, bits)  number,
#define SHAPE(number, width, height, bits)   { width, height, bits, 0 },

ROM_EXT u16 card_numbers[] = { MODES_16M(NUMBER) MODES_BEYOND(NUMBER) VGA_PATCH_MODE_8, VGA_PATCH_MODE_16, VGA_PATCH_MODE_24, VGA_PATCH_MODE_32, 0 };

ROM struct { u16 width, height; u8 bits, native; } shapes[] = { MODES_16M(SHAPE) MODES_BEYOND(SHAPE) };

ROM u16 beyond[] = { MODES_BEYOND(NUMBER) };
ROM_EXT u32 card_modes_16m = ARRAY_SIZE(shapes) - ARRAY_SIZE(beyond);

ROM u8 patched_bits[] = { 8, 16, 24, 32 };                 /* of the modes whose size vmxloader may have filled in */

void card_shape(u32 i, struct vbe_mode *m)
{
    m->number = card_numbers[i];
    if (i >= ARRAY_SIZE(shapes)) {
        m->width = vga_patch.width;
        m->height = vga_patch.height;
        m->bits = patched_bits[i - ARRAY_SIZE(shapes)];
        m->native = 0;
        return;
    }
    m->width = shapes[i].width;
    m->height = shapes[i].height;
    m->bits = shapes[i].bits;
    m->native = shapes[i].native;
}
