/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * INT 10h 06h-0Ah: scrolling, reading and writing characters; text modes here, graphics modes by
 * memory model. IBM PS/2 and PC BIOS Interface Technical Reference, INT 10h.
 */
#include "memory.h"
#include "services.h"
#include "text.h"

static inline u16 text_offset(const struct screen *s, u8 page, struct place at)
{
    return (u16)(page * s->page_size + (at.row * s->columns + at.column) * 2);
}

static void text_blank(const struct screen *s, u16 offset, u16 cells, u8 attribute)
{
    u16 blank = (u16)(attribute << 8 | ' ');
    far_fill(far_make(s->segment, offset), (u32)blank << 16 | blank, (u16)(cells * 2));
}

static void text_scroll(const struct screen *s, const struct window *w, u8 lines, u8 attribute, bool down)
{
    u16 width = (u16)(w->to.column - w->from.column + 1);
    u8 height = (u8)(w->to.row - w->from.row + 1), moved = (u8)(height - lines);
    u16 row = (u16)(s->columns * 2), gap = (u16)(lines * row);
    u16 to = text_offset(s, s->page, w->from);

    if (!down && width == s->columns) {                   /* rows follow each other: one block */
        u16 bytes = (u16)(moved * row);
        far_copy(far_make(s->segment, to), far_make(s->segment, (u16)(to + gap)), bytes);
        text_blank(s, (u16)(to + bytes), (u16)(lines * width), attribute);
        return;
    }
    if (down) {
        to = (u16)(to + (height - 1) * row);
        row = (u16)-row;
        gap = (u16)-gap;
    }
    for (; moved; moved--, to += row)
        far_copy(far_make(s->segment, to), far_make(s->segment, (u16)(to + gap)), (u16)(width * 2));
    for (; lines; lines--, to += row)
        text_blank(s, to, width, attribute);
}

void scroll(const struct screen *s, const struct window *w, u8 lines, u8 attribute, bool down)
{
    struct window inside = *w;
    if (inside.to.column >= s->columns)
        inside.to.column = (u8)(s->columns - 1);
    if (inside.to.row >= s->rows)
        inside.to.row = (u8)(s->rows - 1);
    if (inside.from.column > inside.to.column || inside.from.row > inside.to.row)
        return;
    u8 height = (u8)(inside.to.row - inside.from.row + 1);
    if (lines == 0 || lines > height)
        lines = height;
    if (s->model == MODEL_TEXT)
        text_scroll(s, &inside, lines, attribute, down);
    else
        graphics_scroll(s, &inside, lines, attribute, down);
}

static void scroll_service(struct frame *r, bool down)
{
    struct screen s;
    struct window w = { { r->cl, r->ch }, { r->dl, r->dh } };
    screen_get(&s);
    scroll(&s, &w, r->al, r->bh, down);
}

void int10_06(struct frame *r)
{
    scroll_service(r, false);
}

void int10_07(struct frame *r)
{
    scroll_service(r, true);
}

static struct place cursor_of(u8 page)
{
    fs_low();
    u16 pos = LOW_BDA->cursor_pos[page & 7];
    return (struct place){ (u8)pos, (u8)(pos >> 8) };
}

void int10_08(struct frame *r)
{
    struct screen s;
    screen_get(&s);
    struct place at = cursor_of(r->bh);
    if (s.model != MODEL_TEXT) {
        r->al = graphics_char_at(&s, r->bh, at);
        r->ah = 0;
        return;
    }
    fs_load(s.segment);
    r->ax = *(u16 __seg_fs *)(u32)text_offset(&s, r->bh, at);
}

/* Characters with attributes: 09h. */
void int10_09(struct frame *r)
{
    struct screen s;
    screen_get(&s);
    struct place at = cursor_of(r->bh);
    if (s.model != MODEL_TEXT) {
        graphics_char(&s, r->bh, at, r->al, r->bl, r->cx);
        return;
    }
    u16 offset = text_offset(&s, r->bh, at), cells = r->cx;
    u16 cell = (u16)(r->bl << 8 | r->al);
    cells = MIN(cells, (u16)(0x7FFF - offset / 2));       /* to the end of the segment */
    far_fill(far_make(s.segment, offset), (u32)cell << 16 | cell, (u16)(cells * 2));
}

/* Characters alone: 0Ah. In graphics modes BL is the colour all the same. */
void int10_0a(struct frame *r)
{
    struct screen s;
    screen_get(&s);
    struct place at = cursor_of(r->bh);
    if (s.model != MODEL_TEXT) {
        graphics_char(&s, r->bh, at, r->al, r->bl, r->cx);
        return;
    }
    u16 offset = text_offset(&s, r->bh, at);
    fs_load(s.segment);
    for (u16 n = r->cx; n; n--, offset += 2)
        *(u8 __seg_fs *)(u32)offset = r->al;
}

void text_char(const struct screen *s, u8 page, struct place at, u8 ch)
{
    fs_load(s->segment);
    *(u8 __seg_fs *)(u32)text_offset(s, page, at) = ch;
}

void text_cell(const struct screen *s, u8 page, struct place at, u8 ch, u8 attribute)
{
    fs_load(s->segment);
    *(u16 __seg_fs *)(u32)text_offset(s, page, at) = (u16)(attribute << 8 | ch);
}

u8 text_attribute(const struct screen *s, u8 page, struct place at)
{
    fs_load(s->segment);
    return *(u8 __seg_fs *)(u32)(u16)(text_offset(s, page, at) + 1);
}
