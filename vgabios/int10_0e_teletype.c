/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * INT 10h 0Eh and 13h: writing as a terminal does: cursor, line ends, scrolling.
 * IBM PS/2 and PC BIOS Interface Technical Reference, INT 10h.
 */
#include "cursor.h"
#include "raster.h"
#include "services.h"

#define BEL 7
#define BS  8
#define LF  10
#define CR  13

#define KEEP_ATTRIBUTE 0x100   /* as attribute of put(): text cells keep theirs */

/* The new line gets the attribute of the old last one. */
static void scroll_one(const struct screen *s)
{
    u8 attribute = 0;
    if (s->model == MODEL_TEXT)
        attribute = raster_window(s, raster_at(s, s->page, 0, s->rows - 1))[1];
    raster_scroll(s, (struct window){ { 0, 0 }, { 0xFF, 0xFF } }, 1, attribute, false);
}

/* One character at *at, which moves on. BEL does nothing: the speaker would need a wait. */
static void put(const struct screen *s, u32 page, struct place *at, u8 ch, u32 attribute)
{
    if (ch == BEL)
        return;
    if (ch == BS) {
        if (at->column)
            at->column--;
        return;
    }
    if (ch == CR) {
        at->column = 0;
        return;
    }
    if (ch != LF) {
        if (s->model != MODEL_TEXT) {
            raster_char(s, page, *at, ch, attribute & 0xFF, 1);
        } else {
            u8 __seg_fs *cell = raster_window(s, raster_at(s, page, at->column, at->row));
            cell[0] = ch;
            if (!(attribute & KEEP_ATTRIBUTE))
                cell[1] = (u8)attribute;
        }
        if (++at->column < s->columns)
            return;
        at->column = 0;
    }
    if (++at->row >= s->rows) {
        at->row = (u8)(s->rows - 1);
        if (page == s->page)
            scroll_one(s);
    }
}

static struct place cursor_get(u32 page)
{
    fs_low();
    u16 pos = LOW_BDA->cursor_pos[page];
    return (struct place){ (u8)pos, (u8)(pos >> 8) };
}

static void cursor_put(u32 page, struct place at)
{
    fs_low();
    LOW_BDA->cursor_pos[page] = (u16)(at.row << 8 | at.column);
    if (page == LOW_BDA->video_page)
        cursor_show();
}

/* The usual case, short: a character inside a row of a text mode. */
static __attribute__((noinline)) bool put_fast(u8 ch)
{
    fs_low();
    u32 mode = LOW_BDA->video_mode, page = LOW_BDA->video_page, columns = LOW_BDA->video_columns;
    u32 pos = LOW_BDA->cursor_pos[page], column = pos & 0xFF;
    if (ch <= CR || (mode > 3 && mode != 7) || column + 1 >= columns)
        return false;
    u32 at = LOW_BDA->video_page_offset / 2 + (pos >> 8) * columns + column;
    u16 crtc = LOW_BDA->crtc_port;
    LOW_BDA->cursor_pos[page] = (u16)(pos + 1);
    fs_load(mode == 7 ? SEG_VGA_MONO : SEG_VGA_TEXT);
    *(u8 __seg_fs *)(at * 2) = ch;
    at++;
    outw(crtc, (u16)((at & 0xFF00) | CRTC_CURSOR_HIGH));
    outw(crtc, (u16)(at << 8 | CRTC_CURSOR_LOW));
    return true;
}

static __attribute__((noinline)) void put_any(struct frame *r)
{
    struct screen s;
    screen_get(&s);
    struct place at = cursor_get(s.page);
    put(&s, s.page, &at, r->al, KEEP_ATTRIBUTE | r->bl);
    cursor_put(s.page, at);
}

/* 0Eh writes on the active page; BH is ignored as on the IBM VGA. */
void int10_0e(struct frame *r)
{
    if (!put_fast(r->al))
        put_any(r);
}

#define STRING_MOVE        0x01   /* leave the cursor after the string */
#define STRING_ATTRIBUTES  0x02   /* the string holds character, attribute, ... */

/* 13h: string at ES:BP, CX characters, page BH, from DX on. */
void int10_13(struct frame *r)
{
    struct screen s;
    u32 page = r->bh & 7, attribute = r->bl;
    u16 from = r->bp;
    screen_get(&s);
    struct place before = cursor_get(page), at = { r->dl, r->dh };
    if (r->dh == 0xFF)                       /* from the cursor on */
        at = before;
    for (u32 n = r->cx; n; n--) {
        fs_load(r->es);
        u8 ch = *(u8 __seg_fs *)(u32)from++;
        if (r->al & STRING_ATTRIBUTES)
            attribute = *(u8 __seg_fs *)(u32)from++;
        put(&s, page, &at, ch, attribute);
    }
    cursor_put(page, r->al & STRING_MOVE ? at : before);
}
