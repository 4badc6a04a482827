/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * VBE modes of the standard card. 100h-11Fh are VESA's; the rest have the numbers that the
 * Bochs VGA BIOS and SeaVGABIOS gave them, so that saved configurations keep working.
 */
#include "card.h"

/* One resolution: a bit for each depth of `depths` in its order; numbers count up from `first`. */
struct group {
    u16 first, width, height;
    u8  have;
};

#define D4      0x01
#define D8      0x02
#define D15     0x04
#define D16     0x08
#define D24     0x10
#define D32     0x20
#define DIRECT  (D15 | D16 | D24)
#define WIDE    (D16 | D24 | D32)
#define ALL     (D8 | D15 | D16 | D24 | D32)

ROM u8 depths[] = { 4, 8, 15, 16, 24, 32 };

ROM struct group groups[] = {
    { 0x100, 640, 400, D8 },
    { 0x101, 640, 480, D8 },
    { 0x102, 800, 600, D4 | D8 },
    { 0x104, 1024, 768, D4 | D8 },
    { 0x106, 1280, 1024, D4 | D8 },
    { 0x10D, 320, 200, DIRECT },
    { 0x110, 640, 480, DIRECT },
    { 0x113, 800, 600, DIRECT },
    { 0x116, 1024, 768, DIRECT },
    { 0x119, 1280, 1024, DIRECT },
    { 0x11C, 1600, 1200, D8 | DIRECT },
    { 0x140, 320, 200, D32 },
    { 0x141, 640, 400, D32 },
    { 0x142, 640, 480, D32 },
    { 0x143, 800, 600, D32 },
    { 0x144, 1024, 768, D32 },
    { 0x145, 1280, 1024, D32 },
    { 0x146, 320, 200, D8 },
    { 0x147, 1600, 1200, D32 },
    { 0x148, 1152, 864, ALL },
    { 0x150, 320, 240, ALL },
    { 0x175, 1280, 768, WIDE },
    { 0x178, 1280, 800, WIDE },
    { 0x17B, 1280, 960, WIDE },
    { 0x17E, 1440, 900, WIDE },
    { 0x181, 1400, 1050, WIDE },
    { 0x184, 1680, 1050, WIDE },
    { 0x187, 1920, 1200, WIDE },
    { 0x18A, 2560, 1600, WIDE },
    { 0x18D, 1280, 720, WIDE },
    { 0x190, 1920, 1080, WIDE },
    { 0x193, 1600, 900, WIDE },
    { 0x196, 2560, 1440, WIDE },
    { 0x199, 3840, 2160, WIDE },
};

/* *next: group * 8 + depth. */
bool card_mode(u32 *next, struct vbe_mode *m)
{
    for (u32 at = *next; at < ARRAY_SIZE(groups) * 8; at++) {
        const __seg_gs struct group *g = &groups[at / 8];
        u32 depth = at & 7, below = g->have & ((1u << depth) - 1);
        if (!(g->have >> depth & 1))
            continue;
        for (m->number = g->first; below; below &= below - 1)
            m->number++;
        m->width = g->width;
        m->height = g->height;
        m->bits = depths[depth];
        m->native = 0;
        *next = at + 1;
        return true;
    }
    return false;
}
