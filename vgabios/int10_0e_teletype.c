/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * INT 10h 0Eh and 13h: writing as a terminal does: cursor, line ends, scrolling.
 * IBM PS/2 and PC BIOS Interface Technical Reference, INT 10h.
 */
#include "cursor.h"
#include "memory.h"
#include "raster.h"
#include "services.h"

#define BEL 7
#define BS  8
#define LF  10
#define CR  13

#define KEEP_ATTRIBUTE 0x100   /* as attribute of put(): text cells keep theirs */

/* A whole text page, what scrolls most: one block. The new line gets the attribute of the old last one. */
static void scroll_text(const struct screen *s)
{
    u32 top = raster_at(s, s->page, 0, 0), last = top + (s->rows - 1) * s->pitch;
    fs_load((u16)s->segment);
    u32 cell = ((const u8 __seg_fs *)last)[1] << 8 | ' ';
    far_copy(far_make((u16)s->segment, (u16)top), far_make((u16)s->segment, (u16)(top + s->pitch)), (u16)(last - top));
    far_fill(far_make((u16)s->segment, (u16)last), cell * 0x00010001u, (u16)s->pitch);
}

static void scroll_one(const struct screen *s)
{
    if (s->model == MODEL_TEXT)
        scroll_text(s);
    else
        raster_scroll(s, (struct window){ { 0, 0 }, { 0xFF, 0xFF } }, 1, 0, false);
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

static __attribute__((noinline)) void put_any(struct frame *r)
{
    struct screen s;
    screen_get(&s);
    struct place at = cursor_get(s.page);
    put(&s, s.page, &at, r->al, KEEP_ATTRIBUTE | r->bl);
    cursor_put(s.page, at);
}

/*
 * 0Eh writes on the active page; BH is ignored as on the IBM VGA. The usual case, a character inside a row of a colour
 * text mode, is done right here; the cursor's high byte is right already unless the low one wrapped.
 */
void int10_0e(struct frame *r)
{
    fs_low();
    u32 page = LOW_BDA->video_page, columns = LOW_BDA->video_columns, pos = LOW_BDA->cursor_pos[page], column = pos & 0xFF;
    if (r->al <= CR || LOW_BDA->video_mode > 3 || column + 1 >= columns) {
        put_any(r);
        return;
    }
    LOW_BDA->cursor_pos[page] = (u16)(pos + 1);
    u32 at = LOW_BDA->video_page_offset / 2 + (pos >> 8) * columns + column;
    u16 crtc = LOW_BDA->crtc_port;
    fs_load(SEG_VGA_TEXT);
    *(u8 __seg_fs *)(at * 2) = r->al;
    at++;
    if (!(at & 0xFF))
        outw(crtc, (u16)(at | CRTC_CURSOR_HIGH));
    outw(crtc, (u16)(at << 8 | CRTC_CURSOR_LOW));
}

#define STRING_MOVE        0x01   /* leave the cursor after the string */
#define STRING_ATTRIBUTES  0x02   /* the string holds character, attribute, ... */

/* Text modes: what needs no line end and no control character, at once. */
static u32 put_run(const struct screen *s, u32 page, struct place at, struct farptr from, u32 count, u32 style)
{
    if (s->model != MODEL_TEXT || at.column + 1u >= s->columns)
        return 0;
    struct farptr cell = far_make((u16)s->segment, (u16)raster_at(s, page, at.column, at.row));
    return text_run(cell, from, MIN(count, s->columns - 1 - at.column), style);
}

/* 13h: string at ES:BP, CX characters, page BH, from DX on. */
void int10_13(struct frame *r)
{
    struct screen s;
    struct farptr from = far_make(r->es, r->bp);
    u32 page = r->bh & 7, attribute = r->bl, left = r->cx, step = r->al & STRING_ATTRIBUTES ? 2 : 1;
    screen_get(&s);
    struct place before = cursor_get(page), at = { r->dl, r->dh };
    if (r->dh == 0xFF)                       /* from the cursor on */
        at = before;
    while (left) {
        u32 run = put_run(&s, page, at, from, left, step == 2 ? TEXT_RUN_PAIRS : attribute);
        at.column = (u8)(at.column + run);
        from.offset = (u16)(from.offset + run * step);
        left -= run;
        if (!left)
            break;
        fs_load(from.segment);
        const u8 __seg_fs *source = (const u8 __seg_fs *)(u32)from.offset;
        u8 ch = source[0];
        if (step == 2)
            attribute = source[1];
        put(&s, page, &at, ch, attribute);
        from.offset = (u16)(from.offset + step);
        left--;
    }
    cursor_put(page, r->al & STRING_MOVE ? at : before);
}
