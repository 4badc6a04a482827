/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * INT 10h 01h-03h, 05h, 0Fh: cursor and pages.
 * IBM PS/2 and PC BIOS Interface Technical Reference, INT 10h.
 */
#include "cursor.h"
#include "services.h"

#define CURSOR_HIDDEN  0x20   /* in the start line */

/*
 * Programs give cursor lines of an 8-line character, as on the CGA; scale them to the font.
 * The underline 6-7 becomes two lines that leave the bottom ones free.
 */
static u16 cursor_scale(u16 type, u8 height)
{
    u8 start = (u8)(type >> 8), end = type & 0x1F;
    if (height <= 8 || start >= 8 || end >= 8)
        return type;
    if (start <= 3 && end >= 6)
        end = height - 1;                         /* block */
    else if (end >= 4)
        end = (u8)(end + height - 9);
    if (start >= 4)
        start = (u8)(start + height - 9);
    return (u16)(start << 8 | end);
}

void cursor_set_type(u16 type)
{
    fs_low();
    LOW_BDA->cursor_type = type;
    if (!(LOW_BDA->video_ctl & VIDEO_CTL_NO_CURSOR_EMULATION))
        type = cursor_scale(type, (u8)LOW_BDA->char_height);
    u16 crtc = LOW_BDA->crtc_port;
    vga_write(crtc, CRTC_CURSOR_START, (u8)(type >> 8));
    vga_write(crtc, CRTC_CURSOR_END, (u8)type);
}

void cursor_show(void)
{
    u8 page = LOW_BDA->video_page;
    u16 crtc = LOW_BDA->crtc_port;
    u16 pos = LOW_BDA->cursor_pos[page];
    u16 at = (u16)(LOW_BDA->video_page_offset / 2 + (pos >> 8) * LOW_BDA->video_columns + (u8)pos);
    outw(crtc, (u16)((at & 0xFF00) | CRTC_CURSOR_HIGH));
    outw(crtc, (u16)(at << 8 | CRTC_CURSOR_LOW));
}

void int10_01(struct frame *r)
{
    cursor_set_type(r->cx);
}

void int10_02(struct frame *r)
{
    u8 page = r->bh;
    if (page >= 8)
        return;
    fs_low();
    LOW_BDA->cursor_pos[page] = r->dx;
    if (page == LOW_BDA->video_page)
        cursor_show();
}

void int10_03(struct frame *r)
{
    fs_low();
    r->dx = LOW_BDA->cursor_pos[r->bh & 7];
    r->cx = LOW_BDA->cursor_type;
}

/* Light pen: not triggered. */
void int10_04(struct frame *r)
{
    r->ax = 0;
    r->bx = r->cx = r->dx = 0;
}

/* The start address counts characters in text, bytes of a plane in graphics. */
void int10_05(struct frame *r)
{
    struct screen s;
    screen_get(&s);
    const __seg_gs struct mode *m = mode_find((u8)s.mode);
    if (!m || r->al >= m->pages)
        return;
    u16 offset = (u16)(r->al * s.page_size);
    u16 start = m->model == MODEL_TEXT ? offset / 2 : offset;
    u16 crtc = LOW_BDA->crtc_port;
    LOW_BDA->video_page = r->al;
    LOW_BDA->video_page_offset = offset;
    outw(crtc, (u16)((start & 0xFF00) | CRTC_START_HIGH));
    outw(crtc, (u16)(start << 8 | CRTC_START_LOW));
    cursor_show();
}

void int10_0f(struct frame *r)
{
    fs_low();
    r->al = LOW_BDA->video_mode | (LOW_BDA->video_ctl & VIDEO_CTL_NO_CLEAR);
    r->ah = (u8)LOW_BDA->video_columns;
    r->bh = LOW_BDA->video_page;
}
