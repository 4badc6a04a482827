/* SPDX-License-Identifier: BSD-2-Clause */
/* INT 10h 1Bh: functionality and state. IBM PS/2 and PC BIOS Interface Technical Reference, INT 10h. */
#include "attr.h"
#include "memory.h"
#include "services.h"

#define STATE_ALL_MODES      0x01   /* all modes on all displays */
#define STATE_GRAY           0x02
#define STATE_MONO           0x04
#define STATE_NO_PALETTE     0x08
#define STATE_CURSOR_EMULATION 0x10
#define STATE_BLINK          0x20

static u8 lines_code(void)
{
    u16 lines = (u16)((LOW_BDA->video_rows + 1) * LOW_BDA->char_height);
    return lines <= 200 ? 0 : lines <= 350 ? 1 : lines <= 400 ? 2 : 3;
}

static u8 flags(u8 attr_mode)
{
    u8 ctl = LOW_BDA->video_modeset_ctl, f = STATE_ALL_MODES;
    f |= (u8)(ctl & (MODESET_GRAY | MODESET_MONO | MODESET_NO_PALETTE));   /* the same bits */
    if (!(LOW_BDA->video_ctl & VIDEO_CTL_NO_CURSOR_EMULATION))
        f |= STATE_CURSOR_EMULATION;
    return attr_mode & ATTR_MODE_BLINK ? f | STATE_BLINK : f;
}

void int10_1b(struct frame *r)
{
    if (r->bx != 0)
        return;
    struct frame combination = { .eax = 0x1A00 };
    int10_1a(&combination);
    u8 map = vga_read(VGA_SEQ, SEQ_CHAR_MAP), attr_mode = attr_read(ATTR_MODE);
    const __seg_gs struct mode *m = mode_find(LOW_BDA->video_mode);
    u8 rows = (u8)(LOW_BDA->video_rows + 1), lines = lines_code(), f = flags(attr_mode);
    u16 height = LOW_BDA->char_height;

    far_fill(far_make(r->es, r->di), 0, sizeof(struct video_state));
    far_copy(far_make(r->es, (u16)(r->di + offsetof(struct video_state, bda_49))), far_make(SEG_BDA, 0x49), 30);
    fs_load(r->es);
    struct video_state __seg_fs *v = (struct video_state __seg_fs *)(u32)r->di;
    v->functionality = far_make(SEG_ROM, (u16)(u32)&functionality);
    v->rows = rows;
    v->char_height = height;
    v->dcc_active = combination.bl;
    v->dcc_alternate = combination.bh;
    v->colors = m && m->bits > 1 ? (u16)(1 << m->bits) : m && m->number != 7 && m->number != 0x0F ? 2 : 0;
    v->pages = m ? m->pages : 1;
    v->scan_lines = lines;
    v->primary_font = (u8)((map & 3) | (map & 0x10) >> 2);
    v->secondary_font = (u8)((map >> 2 & 3) | (map & 0x20) >> 3);
    v->flags = f;
    v->memory = 3;
    v->save_pointers = 0;
    r->al = 0x1B;
}
