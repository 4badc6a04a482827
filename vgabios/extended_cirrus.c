/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Cirrus' additions to INT 10h AH=12h, and the state of its registers.
 * CL-GD544X BIOS External Function Specification; Ralf Brown's INTERRUP.LST, INT 10h AH=12h BL=80h-A2h.
 */
#include "card.h"
#include "hw/cirrus.h"

#define CHIP_5446 0x39   /* in the BIOS' own numbering */

void card_extended(struct frame *r)
{
    struct vbe_mode m;
    switch (r->bl) {
    case 0x80:                                             /* which chip */
        r->ax = CHIP_5446;
        r->bx = 0;
        break;
    case 0x81:                                             /* BIOS version */
        r->ax = 0x0100;
        break;
    case 0x82:                                             /* chip revision */
        r->ax = 0xAF00;
        break;
    case 0x85:                                             /* memory in 64 KiB */
        r->al = (u8)card_memory_64k();
        break;
    case 0xA0:                                             /* is mode AL there */
        r->ah = !!mode_find(r->al & 0x7F);
        for (u32 i = 0; card_numbers[i]; i++) {
            card_shape(i, &m);
            r->ah |= m.native == (r->al & 0x7F);
        }
        break;
    case 0xA2:                                             /* horizontal frequencies: 31.5-64 kHz */
        r->al = 0x07;
        break;
    }
}

/* Extension registers in the order they are saved; the hidden DAC comes last. */
ROM struct { u16 port; u8 index; } saved[] = {
    { VGA_SEQ, CIRRUS_SR7_MODE }, { VGA_SEQ, CIRRUS_SRE_VCLK3_NUM }, { VGA_SEQ, CIRRUS_SR1E_VCLK3_DEN },
    { VGA_GC, CIRRUS_GR9_BANK0 }, { VGA_GC, CIRRUS_GRA_BANK1 }, { VGA_GC, CIRRUS_GRB_MODE },
    { VGA_CRTC_COLOR, CIRRUS_CR1A }, { VGA_CRTC_COLOR, CIRRUS_CR1B }, { VGA_CRTC_COLOR, CIRRUS_CR1D },
};

static void hidden_dac_select(void)
{
    inb(VGA_DAC_WRITE);
    for (u8 i = 0; i < 4; i++)
        inb(VGA_PEL_MASK);
}

void card_save(struct farptr to)
{
    fs_load(to.segment);
    u8 __seg_fs *p = (u8 __seg_fs *)(u32)to.offset;
    for (u32 i = 0; i < ARRAY_SIZE(saved); i++)
        *p++ = vga_read(saved[i].port, saved[i].index);
    hidden_dac_select();
    *p = inb(VGA_PEL_MASK);
    inb(VGA_DAC_WRITE);
}

void card_restore(struct farptr from)
{
    fs_load(from.segment);
    const u8 __seg_fs *p = (const u8 __seg_fs *)(u32)from.offset;
    for (u32 i = 0; i < ARRAY_SIZE(saved); i++)
        vga_write(saved[i].port, saved[i].index, *p++);
    hidden_dac_select();
    outb(VGA_PEL_MASK, *p);
    inb(VGA_DAC_WRITE);
}
