/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * INT 10h 0Bh, 10h: palette registers and the DAC.
 * IBM PS/2 and PC BIOS Interface Technical Reference, INT 10h.
 */
#include "attr.h"
#include "memory.h"
#include "services.h"

#define DAC_BLOCK (8 * 3)   /* bytes of 8 entries */

extern const u8 dac_mono[], dac_ega[], dac_256[];   /* dac.S: offsets in the ROM */

static void load(const u8 *offset, u16 bytes)
{
    outs_bytes(VGA_DAC_DATA, far_make(SEG_ROM, (u16)(u32)offset), bytes);
}

/* Dark, dark, bright, bright, twice: the CGA's 8 colours (dac_256 begins with them). Mono: black, gray, gray, white. */
u16 dac_load(u8 dac)
{
    outb(VGA_PEL_MASK, 0xFF);
    outb(VGA_DAC_WRITE, 0);
    if (dac == DAC_256) {
        load(dac_256, 768);
        return 256;
    }
    if (dac == DAC_EGA)
        load(dac_ega, 64 * 3);
    for (u32 i = 0; dac != DAC_EGA && i < 8; i++) {
        u32 block = dac == DAC_CGA ? i >> 1 & 1 : ((i & 3) + 1) >> 1;
        load((dac == DAC_CGA ? dac_256 : dac_mono) + block * DAC_BLOCK, DAC_BLOCK);
    }
    return 64;
}

/* 30 % red, 59 % green, 11 % blue. */
void dac_sum_gray(u16 first, u16 count)
{
    for (; count; count--, first++) {
        outb(VGA_DAC_READ, (u8)first);
        u16 sum = (u16)(inb(VGA_DAC_DATA) * 77);
        sum = (u16)(sum + inb(VGA_DAC_DATA) * 151);
        sum = (u16)(sum + inb(VGA_DAC_DATA) * 28 + 0x80);
        outb(VGA_DAC_WRITE, (u8)first);
        for (u8 i = 0; i < 3; i++)
            outb(VGA_DAC_DATA, (u8)(sum >> 8));
    }
}

static void sum_if_wanted(u16 first, u16 count)
{
    fs_low();
    if (LOW_BDA->video_modeset_ctl & MODESET_GRAY)
        dac_sum_gray(first, count);
}

/* 0Bh: the CGA's border and palette. */
void int10_0b(struct frame *r)
{
    fs_low();
    u8 kept = LOW_BDA->video_palette;
    if (r->bh == 0) {
        LOW_BDA->video_palette = (u8)((kept & 0xE0) | (r->bl & 0x1F));
        attr_write(ATTR_OVERSCAN, (u8)((r->bl & 0x07) | (r->bl & 0x08) << 1));
        if (LOW_BDA->video_mode > 3) {                     /* graphics: background, and intensity of the others */
            attr_write(0, (u8)((r->bl & 0x07) | (r->bl & 0x08) << 1));
            for (u8 i = 1; i < 4; i++)
                attr_write(i, (u8)((attr_read(i) & ~0x10) | (r->bl & 0x10)));
        }
    } else if (r->bh == 1) {
        LOW_BDA->video_palette = (u8)((kept & 0xDF) | (r->bl & 1) << 5);
        for (u8 i = 1; i < 4; i++)
            attr_write(i, (u8)((attr_read(i) & ~0x01) | (r->bl & 0x01)));
    }
}

/* 1000h-1003h, 1007h-1009h: attribute controller. */
static void palette_registers(struct frame *r)
{
    fs_low();
    switch (r->al) {
    case 0x00:
        if (r->bl < VGA_ATTR_COUNT)
            attr_write(r->bl, r->bh);
        break;
    case 0x01:
        attr_write(ATTR_OVERSCAN, r->bh);
        break;
    case 0x02:
        attr_index();
        outs_attr(far_make(r->es, r->dx), 16);
        outb(VGA_ATTR, ATTR_OVERSCAN);
        fs_load(r->es);
        outb(VGA_ATTR, *(u8 __seg_fs *)(u32)(u16)(r->dx + 16));
        outb(VGA_ATTR, ATTR_PALETTE_ON);
        break;
    case 0x03:
        LOW_BDA->video_mode_ctl = (u8)((LOW_BDA->video_mode_ctl & ~0x20) | (r->bl & 1) << 5);
        attr_write(ATTR_MODE, (u8)((attr_read(ATTR_MODE) & ~ATTR_MODE_BLINK) | (r->bl & 1) << 3));
        break;
    case 0x07:
        if (r->bl < VGA_ATTR_COUNT)
            r->bh = attr_read(r->bl);
        break;
    case 0x08:
        r->bh = attr_read(ATTR_OVERSCAN);
        break;
    case 0x09:
        for (u8 i = 0; i <= 16; i++) {
            u8 value = attr_read(i == 16 ? ATTR_OVERSCAN : i);
            fs_load(r->es);
            *(u8 __seg_fs *)(u32)(u16)(r->dx + i) = value;
        }
        break;
    }
}

/* 1013h, 101Ah: the DAC as 4 pages of 64 or 16 of 16 entries. */
static void colour_page(struct frame *r)
{
    u8 mode = attr_read(ATTR_MODE);
    bool sixteen = mode & ATTR_MODE_P54;
    if (r->al == 0x1A) {
        u8 page = attr_read(ATTR_COLOR_SELECT) & 0x0F;
        r->bl = sixteen;
        r->bh = sixteen ? page : page >> 2;
    } else if (r->bl == 0) {
        attr_write(ATTR_MODE, (u8)((mode & ~ATTR_MODE_P54) | (r->bh & 1) << 7));
    } else if (r->bl == 1) {
        attr_write(ATTR_COLOR_SELECT, sixteen ? r->bh & 0x0F : (u8)((r->bh & 3) << 2));
    }
}

static void dac_registers(struct frame *r)
{
    switch (r->al) {
    case 0x10:
        outb(VGA_DAC_WRITE, r->bl);
        outb(VGA_DAC_DATA, r->dh);
        outb(VGA_DAC_DATA, r->ch);
        outb(VGA_DAC_DATA, r->cl);
        sum_if_wanted(r->bl, 1);
        break;
    case 0x12:
        outb(VGA_DAC_WRITE, r->bl);
        outs_bytes(VGA_DAC_DATA, far_make(r->es, r->dx), (u16)(r->cx * 3));
        sum_if_wanted(r->bl, r->cx);
        break;
    case 0x15:
        outb(VGA_DAC_READ, r->bl);
        r->dh = inb(VGA_DAC_DATA);
        r->ch = inb(VGA_DAC_DATA);
        r->cl = inb(VGA_DAC_DATA);
        break;
    case 0x17:
        outb(VGA_DAC_READ, r->bl);
        ins_bytes(VGA_DAC_DATA, far_make(r->es, r->dx), (u16)(r->cx * 3));
        break;
    case 0x18:
        outb(VGA_PEL_MASK, r->bl);
        break;
    case 0x19:
        r->bl = inb(VGA_PEL_MASK);
        break;
    case 0x1B:
        dac_sum_gray(r->bl, r->cx);
        break;
    }
}

void int10_10(struct frame *r)
{
    if (r->al < 0x10)
        palette_registers(r);
    else if (r->al == 0x13 || r->al == 0x1A)
        colour_page(r);
    else
        dac_registers(r);
}
