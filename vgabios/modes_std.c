/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * VBE modes of the standard card. 100h-11Fh are VESA's; the rest have the numbers that the
 * Bochs VGA BIOS and SeaVGABIOS gave them, so that saved configurations keep working.
 */
#include "card.h"

/* M(number, size, bits) of the modes that fit 16 MiB, then of those that do not. */
#define MODES_16M(M) \
    M(0x100, S640x400, 8) \
    M(0x101, S640x480, 8) \
    M(0x102, S800x600, 4) M(0x103, S800x600, 8) \
    M(0x104, S1024x768, 4) M(0x105, S1024x768, 8) \
    M(0x106, S1280x1024, 4) M(0x107, S1280x1024, 8) \
    M(0x10D, S320x200, 15) M(0x10E, S320x200, 16) M(0x10F, S320x200, 24) \
    M(0x110, S640x480, 15) M(0x111, S640x480, 16) M(0x112, S640x480, 24) \
    M(0x113, S800x600, 15) M(0x114, S800x600, 16) M(0x115, S800x600, 24) \
    M(0x116, S1024x768, 15) M(0x117, S1024x768, 16) M(0x118, S1024x768, 24) \
    M(0x119, S1280x1024, 15) M(0x11A, S1280x1024, 16) M(0x11B, S1280x1024, 24) \
    M(0x11C, S1600x1200, 8) M(0x11D, S1600x1200, 15) M(0x11E, S1600x1200, 16) M(0x11F, S1600x1200, 24) \
    M(0x140, S320x200, 32) \
    M(0x141, S640x400, 32) \
    M(0x142, S640x480, 32) \
    M(0x143, S800x600, 32) \
    M(0x144, S1024x768, 32) \
    M(0x145, S1280x1024, 32) \
    M(0x146, S320x200, 8) \
    M(0x147, S1600x1200, 32) \
    M(0x148, S1152x864, 8) M(0x149, S1152x864, 15) M(0x14A, S1152x864, 16) M(0x14B, S1152x864, 24) M(0x14C, S1152x864, 32) \
    M(0x150, S320x240, 8) M(0x151, S320x240, 15) M(0x152, S320x240, 16) M(0x153, S320x240, 24) M(0x154, S320x240, 32) \
    M(0x175, S1280x768, 16) M(0x176, S1280x768, 24) M(0x177, S1280x768, 32) \
    M(0x178, S1280x800, 16) M(0x179, S1280x800, 24) M(0x17A, S1280x800, 32) \
    M(0x17B, S1280x960, 16) M(0x17C, S1280x960, 24) M(0x17D, S1280x960, 32) \
    M(0x17E, S1440x900, 16) M(0x17F, S1440x900, 24) M(0x180, S1440x900, 32) \
    M(0x181, S1400x1050, 16) M(0x182, S1400x1050, 24) M(0x183, S1400x1050, 32) \
    M(0x184, S1680x1050, 16) M(0x185, S1680x1050, 24) M(0x186, S1680x1050, 32) \
    M(0x187, S1920x1200, 16) M(0x188, S1920x1200, 24) M(0x189, S1920x1200, 32) \
    M(0x18A, S2560x1600, 16) M(0x18B, S2560x1600, 24) M(0x18C, S2560x1600, 32) \
    M(0x18D, S1280x720, 16) M(0x18E, S1280x720, 24) M(0x18F, S1280x720, 32) \
    M(0x190, S1920x1080, 16) M(0x191, S1920x1080, 24) M(0x192, S1920x1080, 32) \
    M(0x193, S1600x900, 16) M(0x194, S1600x900, 24) M(0x195, S1600x900, 32) \
    M(0x196, S2560x1440, 16) M(0x197, S2560x1440, 24) M(0x198, S2560x1440, 32)
#define MODES_BEYOND(M) \
    M(0x199, S3840x2160, 16) M(0x19A, S3840x2160, 24) M(0x19B, S3840x2160, 32)

enum {
    S640x400, S640x480, S800x600, S1024x768, S1280x1024, S320x200, S1600x1200, S1152x864, S320x240, S1280x768,
    S1280x800, S1280x960, S1440x900, S1400x1050, S1680x1050, S1920x1200, S2560x1600, S1280x720, S1920x1080,
    S1600x900, S2560x1440, S3840x2160,
};
ROM struct { u16 width, height; } sizes[] = {
    { 640, 400 }, { 640, 480 }, { 800, 600 }, { 1024, 768 }, { 1280, 1024 }, { 320, 200 }, { 1600, 1200 },
    { 1152, 864 }, { 320, 240 }, { 1280, 768 }, { 1280, 800 }, { 1280, 960 }, { 1440, 900 }, { 1400, 1050 },
    { 1680, 1050 }, { 1920, 1200 }, { 2560, 1600 }, { 1280, 720 }, { 1920, 1080 }, { 1600, 900 }, { 2560, 1440 },
    { 3840, 2160 },
};

#define NUMBER(number, size, bits)  number,
#define SHAPE(number, size, bits)   { size, bits },

ROM_EXT u16 card_numbers[] = { MODES_16M(NUMBER) MODES_BEYOND(NUMBER) VGA_PATCH_MODE_8, VGA_PATCH_MODE_16, VGA_PATCH_MODE_24, VGA_PATCH_MODE_32, 0 };

ROM struct { u8 size, bits; } shapes[] = { MODES_16M(SHAPE) MODES_BEYOND(SHAPE) };

ROM u16 beyond[] = { MODES_BEYOND(NUMBER) };
ROM_EXT u32 card_modes_beyond = ARRAY_SIZE(beyond), card_modes_16m = ARRAY_SIZE(shapes) - ARRAY_SIZE(beyond);

void card_shape(u32 i, struct vbe_mode *m)
{
    m->number = card_numbers[i];
    m->native = 0;
    if (i >= ARRAY_SIZE(shapes)) {                         /* the modes whose size vmxloader may have filled in */
        m->width = vga_patch.width;
        m->height = vga_patch.height;
        m->bits = (u8)((i - ARRAY_SIZE(shapes) + 1) * 8);
        return;
    }
    m->width = sizes[shapes[i].size].width;
    m->height = sizes[shapes[i].size].height;
    m->bits = shapes[i].bits;
}
