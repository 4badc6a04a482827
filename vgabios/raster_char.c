/* SPDX-License-Identifier: BSD-2-Clause */
/* Characters in graphics modes: glyphs from the font behind the vectors, into any memory model. */
#include "memory.h"
#include "raster.h"

static inline u8 far_byte(struct farptr at)
{
    fs_load(at.segment);
    return *(u8 __seg_fs *)(u32)at.offset;
}

/* Where the glyph of `ch` lies: modes 4-6 take characters 80-FF from INT 1Fh, all else is INT 43h. */
static struct farptr glyph_at(const struct screen *s, u8 ch)
{
    fs_low();
    struct farptr font = LOW_VECTOR[VECTOR_FONT];
    if (s->model == MODEL_CGA && ch >= 0x80) {
        font = LOW_VECTOR[VECTOR_FONT_HIGH];
        ch -= 0x80;
    }
    font.offset = (u16)(font.offset + ch * s->lines);
    return font;
}

/* 8 pixels: bits of `row` in `ink`, the others 0. */
static void expand(const struct screen *s, u8 row, u32 ink, u8 *cell)
{
    u32 packed = 0;
    for (u32 i = 0; i < 8; i++, row = (u8)(row << 1)) {
        u32 v = row & 0x80 ? ink : 0;
        if (s->model == MODEL_CGA)
            packed = packed << s->bits | (v & (s->bits | 1));
        else
            for (u32 n = s->unit; n; n -= 8, v >>= 8)
                *cell++ = (u8)v;
    }
    if (s->model == MODEL_CGA) {
        if (s->unit == 2)
            *cell++ = (u8)(packed >> 8);
        *cell = (u8)packed;
    }
}

/* One line of a character, `count` times: by copying the first one on. */
static void draw_line(const struct screen *s, u32 at, u8 row, u32 ink, bool xor, u32 count)
{
    u32 unit = s->unit;
    u8 cell[unit];
    expand(s, row, ink, cell);
    if (!xor) {
        for (u32 i = 0; i < unit; i++)
            *raster_window(s, at + i) = cell[i];
        if (count > 1)
            raster_copy(s, at + unit, at, unit * (count - 1));
        return;
    }
    for (; count; count--)
        for (u32 i = 0; i < unit; i++)
            *raster_window(s, at++) ^= cell[i];
}

/* Write mode 3: the glyph is the bit mask between the colour (set/reset) and the latches. */
static void draw_planar(const struct screen *s, u32 at, struct farptr glyph, u32 attribute, u32 count)
{
    bool xor = attribute & ATTRIBUTE_XOR;
    volatile u8 __seg_fs *p = raster_window(s, at);
    planar_begin(s, GC_MODE_WRITE3, xor ? GC_ROTATE_XOR : 0, 0);
    if (!xor) {
        *p = 0xFF;                                         /* 8 pixels of background, into the latches */
        (void)*p;
    }
    vga_write(VGA_GC, GC_SET_RESET, attribute & 0x0F);
    for (u32 y = s->lines; y; y--, glyph.offset++, at += s->pitch) {
        u8 row = far_byte(glyph);
        if (!xor && s->banked) {
            raster_fill(s, at, row * 0x01010101u, count);
            continue;
        }
        if (!xor && count > 1) {
            far_fill_bytes(far_make((u16)s->segment, (u16)at), row, (u16)count);
            continue;
        }
        if (!xor) {                                        /* one character, the usual case */
            fs_load((u16)s->segment);
            *(volatile u8 __seg_fs *)(u32)(u16)at = row;
            continue;
        }
        for (u32 n = 0; n < count; n++) {
            p = raster_window(s, at + n);
            (void)*p;
            *p = row;
        }
    }
    planar_end();
}

void raster_char(const struct screen *s, u32 page, struct place place, u8 ch, u32 attribute, u32 count)
{
    struct farptr glyph = glyph_at(s, ch);
    u32 at = raster_at(s, page, place.column, place.row * s->lines);
    bool xor = s->bits != 8 && attribute & ATTRIBUTE_XOR;
    if (place.column >= s->columns || !count)
        return;
    count = MIN(count, s->columns - place.column);
    if (s->model == MODEL_PLANAR) {
        draw_planar(s, at, glyph, attribute, count);
        return;
    }
    for (u32 y = 0; y < s->lines; y++, glyph.offset++)
        draw_line(s, raster_at(s, page, place.column, place.row * s->lines + y), far_byte(glyph),
                  raster_colour(s, attribute), xor, count);
}

/* 8 pixels as bits: set where they are not 0. */
static u8 read_line(const struct screen *s, u32 at)
{
    u8 row = 0;
    if (s->unit == 1)
        return s->model == MODEL_PLANAR ? (u8)~*raster_window(s, at) : *raster_window(s, at);
    for (u32 bit = 0; bit < s->unit * 8; bit++) {          /* CGA: two bits a pixel */
        u8 byte = *raster_window(s, at + bit / 8);
        if (byte & 0x80 >> (bit & 7))
            row |= (u8)(0x80 >> bit / s->unit);
    }
    return row;
}

/* Planar: read mode 1 tells where all planes equal colour 0. */
u8 raster_char_at(const struct screen *s, u32 page, struct place place)
{
    u8 cell[32];
    u32 lines = MIN(s->lines, sizeof cell);
    if (s->model == MODEL_PLANAR) {
        planar_begin(s, GC_MODE_READ1, 0, 0);
        vga_write(VGA_GC, GC_COLOR_COMPARE, 0);
    }
    for (u32 y = 0; y < lines; y++)
        cell[y] = read_line(s, raster_at(s, page, place.column, place.row * s->lines + y));
    if (s->model == MODEL_PLANAR)
        planar_end();
    for (u32 ch = 0; ch < 256; ch++) {
        struct farptr glyph = glyph_at(s, (u8)ch);
        u32 y = 0;
        for (; y < lines && far_byte(glyph) == cell[y]; glyph.offset++)
            y++;
        if (y == lines)
            return (u8)ch;
    }
    return 0;
}
