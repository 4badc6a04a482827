/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * INT 10h without a display adapter: a text screen of 80x25 whose only view is the serial
 * terminal. What it shows is kept nowhere, so AH=08h reads spaces.
 */
#include "serial_console.h"
#include "services.h"
#include "spec/bda.h"

#define MODE_TEXT80   0x03
#define COLUMNS       80
#define ROWS          25
#define CURSOR_LINES  0x0607
#define BLANK         0x0720

static void set_mode(void)
{
    BDA->video_mode = MODE_TEXT80;
    BDA->video_columns = COLUMNS;
    BDA->video_page_size = 0x1000;
    BDA->video_rows = ROWS - 1;
    BDA->char_height = 16;
    BDA->cursor_type = CURSOR_LINES;
    BDA->crtc_port = 0x3D4;
    BDA->video_page = 0;
    for (u8 page = 0; page < ARRAY_SIZE(BDA->cursor_pos); page++)
        BDA->cursor_pos[page] = 0;
}

static void advance(u8 page, u8 c)
{
    u8 x = BDA->cursor_pos[page], y = BDA->cursor_pos[page] >> 8;

    switch (c) {
    case '\a': return;
    case '\b': x = x ? x - 1 : 0; break;
    case '\r': x = 0; break;
    case '\n': y++; break;
    default:
        if (++x == COLUMNS) {
            x = 0;
            y++;
        }
    }
    BDA->cursor_pos[page] = MIN(y, ROWS - 1) << 8 | x;
}

static void string_cursor(struct regs16 *r)
{
    u16 at = r->bp, saved = BDA->cursor_pos[r->bh & 7];

    BDA->cursor_pos[r->bh & 7] = r->dx;
    for (u16 n = r->cx; n; n--) {
        fs_load(r->es);
        u8 c = *(u8 __seg_fs *)(u32)at;
        at += r->al & 2 ? 2 : 1;
        fs_load(SEG_BDA);
        advance(r->bh & 7, c);
    }
    if (!(r->al & 1))
        BDA->cursor_pos[r->bh & 7] = saved;
}

void int10(struct regs16 *r)
{
    if (!serial_console)
        return;
    fs_load(SEG_BDA);
    if (!BDA->video_columns)
        set_mode();
    serial_mirror(r);
    fs_load(SEG_BDA);
    switch (r->ah) {
    case 0x00: return set_mode();
    case 0x01: BDA->cursor_type = r->cx; return;
    case 0x02: BDA->cursor_pos[r->bh & 7] = r->dx; return;
    case 0x03:
        r->cx = BDA->cursor_type;
        r->dx = BDA->cursor_pos[r->bh & 7];
        return;
    case 0x05: BDA->video_page = r->al & 7; return;
    case 0x08: r->ax = BLANK; return;
    case 0x0E: return advance(BDA->video_page, r->al);
    case 0x0F:
        r->al = BDA->video_mode;
        r->ah = BDA->video_columns;
        r->bh = BDA->video_page;
        return;
    case 0x13: return string_cursor(r);
    }
}
