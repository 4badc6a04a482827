/* SPDX-License-Identifier: BSD-2-Clause */
/* VBE modes of the Cirrus card, with the native numbers that INT 10h AH=00h takes too. */
#include "card.h"

ROM struct { u16 number; u8 native; u8 bits; u16 width, height; } list[] = {
    { 0x101, 0x5F, 8, 640, 480 },
    { 0x110, 0x66, 15, 640, 480 },
    { 0x111, 0x64, 16, 640, 480 },
    { 0x112, 0x71, 24, 640, 480 },
    { 0x102, 0x58, 4, 800, 600 },
    { 0x103, 0x5C, 8, 800, 600 },
    { 0x113, 0x67, 15, 800, 600 },
    { 0x114, 0x65, 16, 800, 600 },
    { 0x115, 0x78, 24, 800, 600 },
    { 0x104, 0x5D, 4, 1024, 768 },
    { 0x105, 0x60, 8, 1024, 768 },
    { 0x116, 0x68, 15, 1024, 768 },
    { 0x117, 0x74, 16, 1024, 768 },
    { 0x118, 0x79, 24, 1024, 768 },
    { 0x106, 0x6C, 4, 1280, 1024 },
    { 0x107, 0x6D, 8, 1280, 1024 },
    { 0x119, 0x69, 15, 1280, 1024 },
    { 0x11A, 0x75, 16, 1280, 1024 },
    { 0x10D, 0x6E, 15, 320, 200 },
    { 0x10E, 0x6F, 16, 320, 200 },
    { 0x10F, 0x70, 24, 320, 200 },
    { 0x148, 0x7C, 8, 1152, 864 },
    { 0x11C, 0x7B, 8, 1600, 1200 },
    { 0x142, 0x76, 32, 640, 480 },
    { 0x143, 0x72, 32, 800, 600 },
};

bool card_mode(u32 *next, struct vbe_mode *m)
{
    u32 i = *next;
    if (i == ARRAY_SIZE(list))
        return false;
    m->number = list[i].number;
    m->native = list[i].native;
    m->bits = list[i].bits;
    m->width = list[i].width;
    m->height = list[i].height;
    *next = i + 1;
    return true;
}
