/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One pixel after the other: mode 13h, and VBE modes of 8 to 32 bits through the 64 KiB window
 * at A0000h. Colours 0-15 mean the CGA's in direct-colour modes too.
 */
#include "card.h"
#include "graphics.h"
#include "memory.h"

#define WINDOW   0x10000u
#define BOUNCE   64          /* bytes carried on the stack between two banks */

/* The offset of byte `at` in the window, moved there if need be. FS becomes the window. */
static u16 window(const struct screen *s, u32 at)
{
    if (s->model == MODEL_LINEAR)
        card_set_bank(0, (u16)(at / WINDOW));
    fs_load(s->segment);
    return (u16)at;
}

static u32 pixel_bytes(const struct screen *s)
{
    return (s->bits + 7u) / 8;
}

static u32 line_start(const struct screen *s, u16 x, u16 y)
{
    return (u32)y * s->pitch + x * pixel_bytes(s);
}

static u32 colour_value(const struct screen *s, u8 colour)
{
    if (s->bits <= 8)
        return colour;
    u8 low = colour & 8 ? 0x55 : 0, rest = 0xAA;
    u32 r = (u32)(low + (colour & 4 ? rest : 0)), g = (u32)(low + (colour & 2 ? rest : 0)), b = (u32)(low + (colour & 1 ? rest : 0));
    if ((colour & 0x0F) == 6)
        g = 0x55;                                          /* brown */
    if (s->bits >= 24)
        return r << 16 | g << 8 | b;
    return s->bits == 16 ? r >> 3 << 11 | g >> 2 << 5 | b >> 3 : r >> 3 << 10 | g >> 3 << 5 | b >> 3;
}

static void put_pixel(const struct screen *s, u32 at, u32 value, bool xor)
{
    for (u32 n = pixel_bytes(s); n; n--, at++, value >>= 8) {
        u8 __seg_fs *p = (u8 __seg_fs *)(u32)window(s, at);
        *p = xor ? (u8)(*p ^ value) : (u8)value;
    }
}

/* 8 bits, 8 pixels within one bank: two dwords a line, the same for every repeat. */
static void glyph_line8(const struct screen *s, u32 at, u8 bits, u8 colour, u16 count)
{
    u32 half[2] = { 0, 0 };
    for (u8 i = 0; i < 4; i++) {
        if (bits & 0x80 >> i)
            half[0] |= (u32)colour << 8 * i;
        if (bits & 0x08 >> i)
            half[1] |= (u32)colour << 8 * i;
    }
    u32 __seg_fs *p = (u32 __seg_fs *)(u32)window(s, at);
    for (; count; count--, p += 2) {
        p[0] = half[0];
        p[1] = half[1];
    }
}

void linear_char(const struct screen *s, struct place at, const u8 *glyph, u8 attribute, u16 count)
{
    bool xor = s->bits > 8 && attribute & ATTRIBUTE_XOR;
    u32 ink = colour_value(s, attribute);
    u16 left = (u16)(at.column * 8);
    count = MIN(count, (u16)(s->columns - at.column));
    for (u8 y = 0; y < s->height; y++) {
        u32 line = line_start(s, left, (u16)(at.row * s->height + y));
        if (s->bits == 8 && (line & (WINDOW - 1)) + count * 8u <= WINDOW) {
            glyph_line8(s, line, glyph[y], attribute, count);
            continue;
        }
        for (u16 x = 0; x < count * 8; x++)
            put_pixel(s, line + x * pixel_bytes(s), glyph[y] & 0x80 >> (x & 7) ? ink : 0, xor);
    }
}

void linear_cell(const struct screen *s, struct place at, u8 *glyph)
{
    for (u8 y = 0; y < MIN(s->height, MAX_HEIGHT); y++) {
        u32 line = line_start(s, (u16)(at.column * 8), (u16)(at.row * s->height + y));
        glyph[y] = 0;
        for (u32 i = 0; i < 8 * pixel_bytes(s); i++)
            if (*(u8 __seg_fs *)(u32)window(s, line + i))
                glyph[y] |= (u8)(0x80 >> i / pixel_bytes(s));
    }
}

/* What is left of both banks, at most `bytes`. */
static u32 within_bank(u32 a, u32 b, u32 bytes)
{
    bytes = MIN(bytes, WINDOW - (a & (WINDOW - 1)));
    return MIN(bytes, WINDOW - (b & (WINDOW - 1)));
}

static void copy(const struct screen *s, u32 to, u32 from, u32 bytes)
{
    u8 bounce[BOUNCE];
    while (bytes) {
        u32 n = within_bank(to, from, MIN(bytes, 0x8000));
        if (to / WINDOW == from / WINDOW) {
            far_copy(far_make(s->segment, window(s, to)), far_make(s->segment, (u16)from), (u16)n);
        } else {
            struct farptr local = far_make(stack_segment(), (u16)(u32)bounce);
            n = MIN(n, BOUNCE);
            far_copy(local, far_make(s->segment, window(s, from)), (u16)n);
            far_copy(far_make(s->segment, window(s, to)), local, (u16)n);
        }
        to += n;
        from += n;
        bytes -= n;
    }
}

/* 24 bits: only black and grays repeat in 4 bytes, so the rest goes pixel by pixel. */
static void fill(const struct screen *s, u32 to, u32 value, u32 bytes)
{
    if (s->bits == 24 && value) {
        for (; bytes >= 3; bytes -= 3, to += 3)
            put_pixel(s, to, value, false);
        return;
    }
    if (s->bits == 8)
        value *= 0x01010101u;
    else if (s->bits <= 16)
        value *= 0x00010001u;
    while (bytes) {
        u32 n = within_bank(to, to, MIN(bytes, 0x8000));
        far_fill(far_make(s->segment, window(s, to)), value, (u16)n);
        to += n;
        bytes -= n;
    }
}

void linear_scroll(const struct screen *s, const struct window *w, u8 lines, u8 attribute, bool down)
{
    u32 width = (w->to.column - w->from.column + 1u) * 8 * pixel_bytes(s);
    u16 left = (u16)(w->from.column * 8), y = (u16)(w->from.row * s->height);
    u16 height = (u16)((w->to.row - w->from.row + 1) * s->height);
    u16 gap = (u16)(lines * s->height), moved = (u16)(height - gap);
    u32 value = colour_value(s, attribute);
    s16 step = 1;

    if (width == s->pitch && !down) {
        u32 to = line_start(s, 0, y), bytes = (u32)moved * s->pitch;
        copy(s, to, to + (u32)gap * s->pitch, bytes);
        fill(s, to + bytes, value, (u32)gap * s->pitch);
        return;
    }
    if (down) {
        y = (u16)(y + height - 1);
        step = -1;
    }
    for (; moved; moved--, y += step)
        copy(s, line_start(s, left, y), line_start(s, left, (u16)(y + step * gap)), width);
    for (; gap; gap--, y += step)
        fill(s, line_start(s, left, y), value, width);
}

void linear_pixel(const struct screen *s, u16 x, u16 y, u8 colour)
{
    put_pixel(s, line_start(s, x, y), colour_value(s, colour), false);
}

u8 linear_pixel_at(const struct screen *s, u16 x, u16 y)
{
    return *(u8 __seg_fs *)(u32)window(s, line_start(s, x, y));
}
