/* SPDX-License-Identifier: BSD-2-Clause */
/* Characters and pixels in every graphics mode, read back by the BIOS. */
#include "video.h"

static const struct { u8 mode, colour, mask; u16 width, height; } modes[] = {
    { 0x04, 2, 3, 320, 200 }, { 0x05, 3, 3, 320, 200 }, { 0x06, 1, 1, 640, 200 }, { 0x0D, 10, 15, 320, 200 },
    { 0x0E, 13, 15, 640, 200 }, { 0x10, 14, 15, 640, 350 }, { 0x12, 11, 15, 640, 480 }, { 0x13, 0x2B, 0xFF, 320, 200 },
};

static u8 pixel(u16 x, u16 y)
{
    return int10(0x0D00, 0, x, y).al;
}

static bool pixels_right(u32 i)
{
    u16 x = (u16)(modes[i].width - 3), y = (u16)(modes[i].height - 2);
    u8 colour = modes[i].colour;

    int10(0x0C00 | colour, 0, x, y);
    bool right = pixel(x, y) == colour && pixel((u16)(x - 1), y) == 0 && pixel((u16)(x + 1), y) == 0 && pixel(x, (u16)(y + 1)) == 0;
    if (modes[i].mask == 0xFF)
        return right;
    int10(0x0C80 | colour, 0, x, y);
    return right && pixel(x, y) == 0;
}

static bool characters_right(u32 i)
{
    u8 rows = far_read8(SEG_BDA, 0x84), height = far_read8(SEG_BDA, 0x85), colour = modes[i].colour;

    int10(0x0200, 0, 0, 0x0305);
    int10(0x0951, colour, 3, 0);
    bool right = int10(0x0800, 0, 0, 0).al == 'Q';
    int10(0x0200, 0, 0, 0x0307);
    right = right && int10(0x0800, 0, 0, 0).al == 'Q';
    int10(0x0200, 0, 0, 0x0308);
    right = right && int10(0x0800, 0, 0, 0).al == 0;        /* 00, 20 and FF look alike: the first one */
    int10(0x0601, 0, 0x0000, 0x1827);                      /* rows 0-24, columns 0-39 */
    int10(0x0200, 0, 0, 0x0206);
    right = right && int10(0x0800, 0, 0, 0).al == 'Q';
    int10(0x0705, 0, 0x0004, 0x1809);
    int10(0x0200, 0, 0, 0x0706);
    right = right && int10(0x0800, 0, 0, 0).al == 'Q';
    int10(0x0200, 0, 0, (u16)(rows << 8));
    int10(0x09DB, colour, 1, 0);
    right = right && pixel(0, (u16)(rows * height)) == colour && pixel(7, (u16)(rows * height + height - 1)) == colour;
    int10(0x0E0A, 0, 0, 0);
    return right && pixel(7, (u16)(rows * height - 1)) == colour && pixel(0, (u16)(rows * height)) == 0;
}

void test_graphics(void)
{
    for (u32 i = 0; i < ARRAY_SIZE(modes); i++) {
        set_mode(modes[i].mode);
        bool characters = characters_right(i);
        set_mode(modes[i].mode);
        bool pixels = pixels_right(i);
        check(characters, "characters and scrolling in a graphics mode");
        check(pixels, "pixels in a graphics mode");
        if (!characters || !pixels)
            note("mode", modes[i].mode);
    }
}
