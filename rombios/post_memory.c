/* SPDX-License-Identifier: BSD-2-Clause */
/* POST: interrupt vectors, BIOS data area, EBDA. IBM PC AT Technical Reference, "System BIOS". */
#include "post.h"
#include "spec/bda.h"

#define IVT ((struct farptr __seg_fs *)0)
#define ROM_SEGMENT  0xF000

extern ROM_EXT u16 default_vectors[40];    /* fixed.S: 00h-1Fh, 70h-77h */

ROM u16 entry_iret_offset = 0xFF53;

static void set_vector(u8 vector, u16 offset)
{
    IVT[vector].offset = offset;
    IVT[vector].segment = offset ? ROM_SEGMENT : 0;
}

/* 60h-67h are the programs' own and 79h marks a bus-mouse driver: zero means free. */
void ivt_init(void)
{
    fs_load(0);
    for (u16 v = 0; v < 256; v++)
        set_vector(v, (v >= 0x60 && v <= 0x67) || v == 0x79 ? 0 : entry_iret_offset);
    for (u8 v = 0; v < 0x20; v++)
        set_vector(v, default_vectors[v]);
    for (u8 v = 0; v < 8; v++)
        set_vector(0x70 + v, default_vectors[0x20 + v]);
    set_vector(0x40, 0xEC59);
    set_vector(0x42, 0xF065);
}

void bda_init(void)
{
    fs_load(SEG_BDA);
    for (u16 i = 0; i < sizeof(struct bda); i++)
        ((u8 __seg_fs *)0)[i] = 0;
    BDA->ebda_segment = EBDA_SEGMENT;
    BDA->memory_kb = EBDA_SEGMENT / (1024 / 16);
    BDA->equipment = EQUIPMENT_VIDEO_80;
    BDA->kbd_head = BDA->kbd_tail = BDA->kbd_buffer_start = offsetof(struct bda, kbd_buffer);
    BDA->kbd_buffer_end = offsetof(struct bda, kbd_buffer) + sizeof(BDA->kbd_buffer);
    BDA->kbd_flags3 = KBD_FLAGS3_101KEY;
    for (u8 i = 0; i < 4; i++) {
        BDA->lpt_timeout[i] = 20;
        BDA->com_timeout[i] = 10;
    }
    ebda.size_kb = EBDA_SIZE / 1024;
}
