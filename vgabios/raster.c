/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Video memory as lines of bytes: addresses, banks, scrolling. In planar modes the latches carry
 * 8 pixels of all planes, so one byte moved is 32 bits.
 * IBM PS/2 Hardware Interface Technical Reference, "Graphics controller".
 */
#include "card.h"
#include "memory.h"
#include "raster.h"

#define WINDOW      0x10000u
#define MAX_RUN     0x8000u
#define BOUNCE      64       /* bytes carried on the stack between two banks */
#define ODD_LINES   0x2000   /* CGA: where the odd lines are */
#define ALL_PLANES  0x0F

u32 raster_at(const struct screen *s, u32 page, u32 column, u32 y)
{
    u32 at = page * s->page_size + column * s->unit;
    if (s->model == MODEL_CGA) {
        at += (y & 1) * ODD_LINES;
        y >>= 1;
    }
    return at + y * s->pitch;
}

u8 __seg_fs *raster_window(const struct screen *s, u32 at)
{
    if (s->banked)
        card_set_bank(0, (u16)(at / WINDOW * 64 / card_granularity_kb()));
    fs_load((u16)s->segment);
    return (u8 __seg_fs *)(at & (WINDOW - 1));
}

static struct farptr far_window(const struct screen *s, u32 at)
{
    return far_make((u16)s->segment, (u16)(u32)raster_window(s, at));
}

/* What is left of the bank, at most `bytes`. */
static u32 within_bank(u32 at, u32 bytes)
{
    u32 left = WINDOW - (at & (WINDOW - 1));
    return MIN(bytes, left);
}

/* From one bank into another: planes by the latches, a byte at a time; else by way of the stack. Returns how many. */
static u32 copy_across(const struct screen *s, u32 to, u32 from, u32 bytes)
{
    u8 bounce[BOUNCE];
    if (s->model == MODEL_PLANAR) {
        (void)*(volatile u8 __seg_fs *)raster_window(s, from);
        *(volatile u8 __seg_fs *)raster_window(s, to) = 0;
        return 1;
    }
    bytes = MIN(bytes, BOUNCE);
    struct farptr local = far_make(stack_segment(), (u16)(u32)bounce);
    far_copy(local, far_window(s, from), (u16)bytes);
    far_copy(far_window(s, to), local, (u16)bytes);
    return bytes;
}

static void copy_banked(const struct screen *s, u32 to, u32 from, u32 bytes)
{
    while (bytes) {
        u32 n = within_bank(from, within_bank(to, MIN(bytes, MAX_RUN)));
        if ((to ^ from) / WINDOW)
            n = copy_across(s, to, from, n);
        else if (s->model == MODEL_PLANAR)
            far_copy_bytes(far_window(s, to), far_window(s, from), (u16)n);
        else
            far_copy(far_window(s, to), far_window(s, from), (u16)n);
        to += n;
        from += n;
        bytes -= n;
    }
}

void raster_copy(const struct screen *s, u32 to, u32 from, u32 bytes)
{
    struct farptr target = far_make((u16)s->segment, (u16)to), source = far_make((u16)s->segment, (u16)from);
    if (s->banked)
        copy_banked(s, to, from, bytes);
    else if (s->model == MODEL_PLANAR || to - from < sizeof(u32))   /* latches; a copy that repeats its own output */
        far_copy_bytes(target, source, (u16)bytes);
    else
        far_copy(target, source, (u16)bytes);
}

void raster_fill(const struct screen *s, u32 to, u32 value, u32 bytes)
{
    if (!s->banked) {
        far_fill(far_make((u16)s->segment, (u16)to), value, (u16)bytes);
        return;
    }
    while (bytes) {
        u32 n = within_bank(to, s->bits == 24 ? 3 : MIN(bytes, MAX_RUN));
        far_fill(far_window(s, to), value, (u16)n);
        value = s->bits == 24 ? value >> 8 * n | value << (24 - 8 * n) : value;   /* a pixel in two banks */
        to += n;
        bytes -= MIN(n, bytes);
    }
}

void planar_begin(const struct screen *s, u8 mode, u8 rotate, u8 set_reset)
{
    vga_write(VGA_SEQ, SEQ_MAP_MASK, ALL_PLANES);
    vga_write(VGA_GC, GC_MODE, mode);
    vga_write(VGA_GC, GC_ROTATE, rotate);
    vga_write(VGA_GC, GC_BIT_MASK, 0xFF);
    vga_write(VGA_GC, GC_SET_RESET, set_reset);
}

void planar_end(void)
{
    vga_write(VGA_GC, GC_MODE, 0);
    vga_write(VGA_GC, GC_ROTATE, 0);
    vga_write(VGA_GC, GC_SET_RESET, 0);
}

u32 raster_colour(const struct screen *s, u32 colour)
{
    if (s->bits <= 8)
        return colour;
    u32 low = colour & 8 ? 0x55 : 0;
    u32 r = low + (colour & 4 ? 0xAA : 0), g = low + (colour & 2 ? 0xAA : 0), b = low + (colour & 1 ? 0xAA : 0);
    if ((colour & 0x0F) == 6)
        g = 0x55;                                          /* brown */
    if (s->bits >= 24)
        return r << 16 | g << 8 | b;
    r >>= 3;
    b >>= 3;
    return s->bits == 16 ? r << 11 | g >> 2 << 5 | b : r << 10 | g >> 3 << 5 | b;
}

/* What a cleared cell holds, repeated over 32 bits (24 bits: one pixel). */
static u32 blank(const struct screen *s, u32 attribute)
{
    u32 v;
    if (s->model == MODEL_TEXT)
        return (attribute << 8 | ' ') * 0x00010001u;
    if (s->model == MODEL_CGA)
        return s->bits == 1 ? -(attribute & 1) : (attribute & 3) * 0x55555555u;
    v = raster_colour(s, attribute);
    if (s->bits == 8)
        return v * 0x01010101u;
    return s->bits <= 16 ? v * 0x00010001u : v;
}

/* One field of lines `pitch` apart: all of them, but every second one on the CGA. */
static void scroll_field(const struct screen *s, u32 at, u32 width, u32 height, u32 gap, u32 attribute, bool down)
{
    u32 moved = height - gap, step = s->pitch;
    bool whole = width == s->pitch && !down;
    if (down) {
        at += (height - 1) * step;
        step = -step;
    }
    if (s->model == MODEL_PLANAR)
        planar_begin(s, GC_MODE_WRITE1, 0, 0);
    if (whole) {                                           /* lines follow each other: one block */
        raster_copy(s, at, at + gap * step, moved * width);
        at += moved * width;
        width *= gap;
        gap = 1;
    } else {
        for (; moved; moved--, at += step)
            raster_copy(s, at, at + gap * step, width);
    }
    if (s->model == MODEL_PLANAR) {
        planar_begin(s, 0, 0, (u8)attribute & ALL_PLANES);
        vga_write(VGA_GC, GC_ENABLE_SET_RESET, ALL_PLANES);
    }
    for (; gap; gap--, at += step)
        raster_fill(s, at, blank(s, attribute), width);
    if (s->model == MODEL_PLANAR) {
        vga_write(VGA_GC, GC_ENABLE_SET_RESET, 0);
        planar_end();
    }
}

void raster_scroll(const struct screen *s, struct window w, u32 lines, u32 attribute, bool down)
{
    u32 right = MIN(w.to.column, s->columns - 1), bottom = MIN(w.to.row, s->rows - 1);
    if (w.from.column > right || w.from.row > bottom)
        return;
    u32 width = (right - w.from.column + 1) * s->unit, height = bottom - w.from.row + 1;
    if (lines == 0 || lines > height)
        lines = height;
    u32 fields = s->model == MODEL_CGA ? 2 : 1, each = s->lines / fields;
    for (u32 field = 0; field < fields; field++)
        scroll_field(s, raster_at(s, s->page, w.from.column, w.from.row * s->lines + field),
                     width, height * each, lines * each, attribute, down);
}
