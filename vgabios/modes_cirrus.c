/* SPDX-License-Identifier: BSD-2-Clause */
/* VBE modes of the Cirrus card, with the native numbers that INT 10h AH=00h takes too. */
#include "card.h"

enum { R320, R640, R800, R1024, R1152, R1280, R1600 };
ROM struct { u16 width, height; } sizes[] = {
    { 320, 200 }, { 640, 480 }, { 800, 600 }, { 1024, 768 }, { 1152, 864 }, { 1280, 1024 }, { 1600, 1200 },
};

ROM_EXT u16 card_numbers[] = {
    0x101, 0x110, 0x111, 0x112, 0x102, 0x103, 0x113, 0x114, 0x115, 0x104,
    0x105, 0x116, 0x117, 0x118, 0x106, 0x107, 0x119, 0x11A, 0x10D, 0x10E,
    0x10F, 0x148, 0x11C, 0x142, 0x143, 0,
};
ROM_EXT u32 card_modes_16m = 0, card_modes_beyond = 0;

/* In the same order. */
ROM struct { u8 native, bits, size; } shapes[] = {
    { 0x5F, 8, R640 },   /* 101 */
    { 0x66, 15, R640 },   /* 110 */
    { 0x64, 16, R640 },   /* 111 */
    { 0x71, 24, R640 },   /* 112 */
    { 0x58, 4, R800 },   /* 102 */
    { 0x5C, 8, R800 },   /* 103 */
    { 0x67, 15, R800 },   /* 113 */
    { 0x65, 16, R800 },   /* 114 */
    { 0x78, 24, R800 },   /* 115 */
    { 0x5D, 4, R1024 },   /* 104 */
    { 0x60, 8, R1024 },   /* 105 */
    { 0x68, 15, R1024 },   /* 116 */
    { 0x74, 16, R1024 },   /* 117 */
    { 0x79, 24, R1024 },   /* 118 */
    { 0x6C, 4, R1280 },   /* 106 */
    { 0x6D, 8, R1280 },   /* 107 */
    { 0x69, 15, R1280 },   /* 119 */
    { 0x75, 16, R1280 },   /* 11A */
    { 0x6E, 15, R320 },   /* 10D */
    { 0x6F, 16, R320 },   /* 10E */
    { 0x70, 24, R320 },   /* 10F */
    { 0x7C, 8, R1152 },   /* 148 */
    { 0x7B, 8, R1600 },   /* 11C */
    { 0x76, 32, R640 },   /* 142 */
    { 0x72, 32, R800 },   /* 143 */
};
_Static_assert(ARRAY_SIZE(shapes) == ARRAY_SIZE(card_numbers) - 1, "one shape a number");

void card_shape(u32 i, struct vbe_mode *m)
{
    m->number = card_numbers[i];
    m->native = shapes[i].native;
    m->bits = shapes[i].bits;
    m->width = sizes[shapes[i].size].width;
    m->height = sizes[shapes[i].size].height;
}
