/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * INT 10h 12h (alternate select) and 1Ah (display combination).
 * IBM PS/2 and PC BIOS Interface Technical Reference, INT 10h.
 */
#include "card.h"
#include "services.h"

#define SUPPORTED 0x12   /* AL on return */

/* 1230h: scan lines of the next text mode. */
static void select_lines(u8 lines)
{
    ROM u8 ctl[3] = { MODESET_200_LINES, 0, MODESET_400_LINES };
    ROM u8 switches[3] = { 0x08, 0x09, 0x09 };
    LOW_BDA->video_modeset_ctl = (u8)((LOW_BDA->video_modeset_ctl & ~(MODESET_200_LINES | MODESET_400_LINES)) | ctl[lines]);
    LOW_BDA->video_switches = (u8)((LOW_BDA->video_switches & 0xF0) | switches[lines]);
}

/* Set `bit` of BDA 89h or clear it. */
static void modeset_bit(u8 bit, bool set)
{
    LOW_BDA->video_modeset_ctl = (u8)((LOW_BDA->video_modeset_ctl & ~bit) | (set ? bit : 0));
}

/* 1232h: whether the card answers to memory and ports. 1236h: whether it shows a picture. */
static void enable_video(bool enable)
{
    u8 misc = (u8)(inb(VGA_MISC_READ) & ~VGA_MISC_RAM);
    outb(VGA_MISC, enable ? misc | VGA_MISC_RAM : misc);
}

static void enable_refresh(bool enable)
{
    u8 clocking = (u8)(vga_read(VGA_SEQ, SEQ_CLOCKING) & ~SEQ_CLOCKING_OFF);
    vga_write(VGA_SEQ, SEQ_CLOCKING, enable ? clocking : clocking | SEQ_CLOCKING_OFF);
}

static void information(struct frame *r)
{
    r->bh = LOW_BDA->crtc_port == VGA_CRTC_MONO;
    r->bl = 3;                                             /* 256 KiB */
    r->ch = LOW_BDA->video_switches >> 4;
    r->cl = LOW_BDA->video_switches & 0x0F;
}

void int10_12(struct frame *r)
{
    fs_low();
    if (r->bl >= 0x80) {
        card_extended(r);
        return;
    }
    if (r->bl == 0x10) {
        information(r);
        return;
    }
    if (r->bl == 0x30 ? r->al > 2 : r->al > 1)
        return;
    switch (r->bl) {
    case 0x30:
        select_lines(r->al);
        break;
    case 0x31:
        modeset_bit(MODESET_NO_PALETTE, r->al == 1);
        break;
    case 0x32:
        enable_video(r->al == 0);
        break;
    case 0x33:
        modeset_bit(MODESET_GRAY, r->al == 0);
        break;
    case 0x34:
        LOW_BDA->video_ctl = (u8)((LOW_BDA->video_ctl & ~VIDEO_CTL_NO_CURSOR_EMULATION) | r->al);
        break;
    case 0x36:
        enable_refresh(r->al == 0);
        break;
    case 0x20:                                             /* print screen of any number of rows: INT 5 does */
        break;
    default:                                               /* 35h: there is no second adapter to switch to */
        return;
    }
    r->al = SUPPORTED;
}

/* The display combination table behind the save pointers; NULL segment where a program took it away. */
static struct farptr combinations(void)
{
    struct farptr save = LOW_BDA->video_save;
    fs_load(save.segment);
    struct farptr second = ((struct video_save_table __seg_fs *)(u32)save.offset)->second;
    fs_load(second.segment);
    return ((struct video_save_table2 __seg_fs *)(u32)second.offset)->dcc;
}

struct dcc { u8 entries, version, highest, reserved; struct { u8 alternate, active; } entry[]; };

void int10_1a(struct frame *r)
{
    fs_low();
    u8 index = LOW_BDA->dcc_index;
    struct farptr at = combinations();
    fs_load(at.segment);
    const struct dcc __seg_fs *dcc = (const struct dcc __seg_fs *)(u32)at.offset;
    if (r->al == 0) {
        r->bx = 0xFFFF;                                    /* unknown */
        if (index < dcc->entries) {
            r->bl = dcc->entry[index].active;
            r->bh = dcc->entry[index].alternate;
        }
    } else if (r->al == 1) {
        for (index = 0; index < dcc->entries; index++)
            if (dcc->entry[index].active == r->bl && dcc->entry[index].alternate == r->bh)
                break;
        index = index < dcc->entries ? index : 0xFF;
        fs_low();
        LOW_BDA->dcc_index = index;
    } else {
        return;
    }
    r->al = 0x1A;
}
