/* SPDX-License-Identifier: BSD-2-Clause */
/* VBE modes of the Cirrus card, with the native numbers that INT 10h AH=00h takes too. */
#include "card.h"

enum { R320, R640, R800, R1024, R1152, R1280, R1600 };
ROM struct { u16 width, height; } sizes[] = {
    { 320, 200 }, { 640, 480 }, { 800, 600 }, { 1024, 768 }, { 1152, 864 }, { 1280, 1024 }, { 1600, 1200 },
};

ROM struct { u16 number; u8 native, bits, size; } PACKED list[] = {
    { 0x101, 0x5F, 8, R640 },
    { 0x110, 0x66, 15, R640 },
    { 0x111, 0x64, 16, R640 },
    { 0x112, 0x71, 24, R640 },
    { 0x102, 0x58, 4, R800 },
    { 0x103, 0x5C, 8, R800 },
    { 0x113, 0x67, 15, R800 },
    { 0x114, 0x65, 16, R800 },
    { 0x115, 0x78, 24, R800 },
    { 0x104, 0x5D, 4, R1024 },
    { 0x105, 0x60, 8, R1024 },
    { 0x116, 0x68, 15, R1024 },
    { 0x117, 0x74, 16, R1024 },
    { 0x118, 0x79, 24, R1024 },
    { 0x106, 0x6C, 4, R1280 },
    { 0x107, 0x6D, 8, R1280 },
    { 0x119, 0x69, 15, R1280 },
    { 0x11A, 0x75, 16, R1280 },
    { 0x10D, 0x6E, 15, R320 },
    { 0x10E, 0x6F, 16, R320 },
    { 0x10F, 0x70, 24, R320 },
    { 0x148, 0x7C, 8, R1152 },
    { 0x11C, 0x7B, 8, R1600 },
    { 0x142, 0x76, 32, R640 },
    { 0x143, 0x72, 32, R800 },
};

bool card_mode(u32 *next, struct vbe_mode *m)
{
    u32 i = *next;
    if (i == ARRAY_SIZE(list))
        return false;
    m->number = list[i].number;
    m->native = list[i].native;
    m->bits = list[i].bits;
    m->width = sizes[list[i].size].width;
    m->height = sizes[list[i].size].height;
    *next = i + 1;
    return true;
}
