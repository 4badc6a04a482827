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

/* What put() writes: the character, its attribute in bits 15:8; with KEEP_ATTRIBUTE text cells keep theirs. */
#define KEEP_ATTRIBUTE 0x10000

/*
 * Text modes go by the BIOS data area alone: DOS calls from stacks that leave no room for a struct screen. FS is low where
 * any function down to cursor_get() begins.
 */
static bool text_mode(void)
{
    return LOW_BDA->video_mode <= 3 || LOW_BDA->video_mode == 7;
}

static u16 text_segment(void)
{
    return LOW_BDA->video_mode == 7 ? SEG_VGA_MONO : SEG_VGA_TEXT;
}

static u16 cell_at(u32 page, struct place at)
{
    return (u16)(page * LOW_BDA->video_page_size + (at.row * LOW_BDA->video_columns + at.column) * 2u);
}

/* A whole text page is one block. The new line gets the attribute of the old last one. */
static void scroll_text(u32 page)
{
    u16 pitch = (u16)(LOW_BDA->video_columns * 2), segment = text_segment();
    u16 top = (u16)(page * LOW_BDA->video_page_size), bytes = (u16)(LOW_BDA->video_rows * pitch), last = (u16)(top + bytes);
    far_copy(far_make(segment, top), far_make(segment, (u16)(top + pitch)), bytes);
    fs_load(segment);
    far_fill(far_make(segment, last), (((const u8 __seg_fs *)(u32)last)[1] << 8 | ' ') * 0x00010001u, pitch);
}

static NOINLINE void scroll_graphics(void)
{
    struct screen s;
    screen_get(&s);
    raster_scroll(&s, (struct window){ { 0, 0 }, { 0xFF, 0xFF } }, 1, 0, false);
}

static NOINLINE void draw(u32 page, struct place at, u32 cell)
{
    struct screen s;
    screen_get(&s);
    raster_char(&s, page, at, (u8)cell, cell >> 8 & 0xFF, 1);
}

static void put_cell(u32 page, struct place at, u32 cell)
{
    u32 offset = cell_at(page, at);
    fs_load(text_segment());
    if (cell & KEEP_ATTRIBUTE)
        *(u8 __seg_fs *)offset = (u8)cell;
    else
        *(u16 __seg_fs *)offset = (u16)cell;
}

/* One character; returns the place after it. BEL does nothing: the speaker would need a wait. */
static struct place put(u32 page, struct place at, u32 cell)
{
    u8 ch = (u8)cell;
    if (ch == BEL)
        return at;
    if (ch == BS) {
        at.column -= at.column != 0;
        return at;
    }
    if (ch == CR) {
        at.column = 0;
        return at;
    }
    if (ch != LF) {
        if (text_mode())
            put_cell(page, at, cell);
        else
            draw(page, at, cell);
        fs_low();
        if (++at.column < LOW_BDA->video_columns)
            return at;
        at.column = 0;
    }
    if (at.row++ < LOW_BDA->video_rows)
        return at;
    at.row = LOW_BDA->video_rows;
    if (page != LOW_BDA->video_page)
        return at;
    if (text_mode())
        scroll_text(page);
    else
        scroll_graphics();
    return at;
}

static struct place cursor_get(u32 page)
{
    u16 pos = LOW_BDA->cursor_pos[page];
    return (struct place){ (u8)pos, (u8)(pos >> 8) };
}

static NOINLINE void cursor_put(u32 page, struct place at)
{
    fs_low();
    LOW_BDA->cursor_pos[page] = (u16)(at.row << 8 | at.column);
    if (page == LOW_BDA->video_page)
        cursor_show();
}

static NOINLINE void put_any(u32 cell)
{
    fs_low();
    u32 page = LOW_BDA->video_page;
    cursor_put(page, put(page, cursor_get(page), cell));
}

/*
 * The usual case, short: a character inside a row of a colour text mode. The cursor's high byte is right already unless the low
 * one wrapped.
 */
static NOINLINE bool put_fast(u8 ch)
{
    fs_low();
    u32 page = LOW_BDA->video_page, columns = LOW_BDA->video_columns, pos = LOW_BDA->cursor_pos[page], column = pos & 0xFF;
    if (LOW_BDA->video_mode > 3 || column + 1 >= columns)
        return false;
    LOW_BDA->cursor_pos[page] = (u16)(pos + 1);
    u32 at = LOW_BDA->video_page_offset / 2 + (pos >> 8) * columns + column;
    u16 crtc = LOW_BDA->crtc_port;
    fs_load(SEG_VGA_TEXT);
    *(u8 __seg_fs *)(at * 2) = ch;
    at++;
    if (!(at & 0xFF))
        outw(crtc, (u16)(at | CRTC_CURSOR_HIGH));
    outw(crtc, (u16)(at << 8 | CRTC_CURSOR_LOW));
    return true;
}

/* 0Eh writes on the active page; BH is ignored as on the IBM VGA. */
void int10_0e(struct frame *r)
{
    if (r->al <= CR || !put_fast(r->al))
        put_any(KEEP_ATTRIBUTE | r->bl << 8 | r->al);
}

#define STRING_MOVE        0x01   /* leave the cursor after the string */
#define STRING_ATTRIBUTES  0x02   /* the string holds character, attribute, ... */

/* Text modes: what needs no line end and no control character, at once. */
static u32 put_run(u32 page, struct place at, struct farptr from, u32 count, u32 style)
{
    u32 columns = LOW_BDA->video_columns;
    if (!text_mode() || at.column + 1u >= columns)
        return 0;
    return text_run(far_make(text_segment(), cell_at(page, at)), from, MIN(count, columns - 1 - at.column), style);
}

/* 13h: string at ES:BP, CX characters, page BH, from DX on. */
void int10_13(struct frame *r)
{
    struct farptr from = far_make(r->es, r->bp);
    u32 page = r->bh & 7, attribute = r->bl, left = r->cx, step = r->al & STRING_ATTRIBUTES ? 2 : 1;
    fs_low();
    struct place before = cursor_get(page), at = { r->dl, r->dh };
    if (r->dh == 0xFF)                       /* from the cursor on */
        at = before;
    while (left) {
        fs_low();
        u32 run = put_run(page, at, from, left, step == 2 ? TEXT_RUN_PAIRS : attribute);
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
        fs_low();
        at = put(page, at, attribute << 8 | ch);
        from.offset = (u16)(from.offset + step);
        left--;
    }
    cursor_put(page, r->al & STRING_MOVE ? at : before);
}
