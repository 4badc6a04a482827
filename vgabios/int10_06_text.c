/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * INT 10h 06h-0Ah: scrolling, reading and writing characters.
 * IBM PS/2 and PC BIOS Interface Technical Reference, INT 10h.
 */
#include "memory.h"
#include "raster.h"
#include "services.h"

static void scroll_service(struct frame *r, bool down)
{
    struct screen s;
    struct window w = { { r->cl, r->ch }, { r->dl, r->dh } };
    screen_get(&s);
    raster_scroll(&s, w, r->al, r->bh, down);
}

void int10_06(struct frame *r)
{
    scroll_service(r, false);
}

void int10_07(struct frame *r)
{
    scroll_service(r, true);
}

/* The screen, and where the cursor of page BH stands. */
static struct place cursor_of(struct screen *s, const struct frame *r)
{
    screen_get(s);
    fs_low();
    u16 pos = LOW_BDA->cursor_pos[r->bh & 7];
    return (struct place){ (u8)pos, (u8)(pos >> 8) };
}

void int10_08(struct frame *r)
{
    struct screen s;
    struct place at = cursor_of(&s, r);
    if (s.model == MODEL_TEXT) {
        r->ax = *(u16 __seg_fs *)raster_window(&s, raster_at(&s, r->bh, at.column, at.row));
    } else {
        r->al = raster_char_at(&s, r->bh, at);
        r->ah = 0;
    }
}

/* 09h: characters with attributes. 0Ah: characters alone, but in graphics modes BL is the colour all the same. */
void int10_09(struct frame *r)
{
    struct screen s;
    struct place place = cursor_of(&s, r);
    if (s.model != MODEL_TEXT) {
        raster_char(&s, r->bh, place, r->al, r->bl, r->cx);
        return;
    }
    u32 at = raster_at(&s, r->bh, place.column, place.row) & 0xFFFF;
    u32 bytes = MIN(r->cx * 2u, 0xFFFE - at), cell = r->bl << 8 | r->al;
    u8 __seg_fs *p = raster_window(&s, at);
    if (r->ah == 0x09)
        far_fill(far_make((u16)s.segment, (u16)at), cell * 0x00010001u, (u16)bytes);
    else
        for (; bytes; bytes -= 2, p += 2)
            *p = r->al;
}

void int10_0a(struct frame *r)
{
    int10_09(r);
}
