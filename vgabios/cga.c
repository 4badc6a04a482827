/* SPDX-License-Identifier: BSD-2-Clause */
/* The CGA's graphics memory, modes 4-6: 80 bytes a line, even lines at B8000h, odd ones 2000h above. */
#include "graphics.h"
#include "memory.h"

#define ODD_LINES 0x2000

static inline u8 __seg_fs *line_byte(u16 y, u16 column)
{
    return (u8 __seg_fs *)(u32)((y & 1 ? ODD_LINES : 0) + (y >> 1) * 80u + column);
}

/* 8 pixels of one bit into 8 of two bits. */
static u16 widen(u8 bits)
{
    u16 wide = 0;
    for (u8 i = 0; i < 8; i++)
        if (bits & 1 << i)
            wide |= (u16)(3 << 2 * i);
    return wide;
}

static void put(u8 __seg_fs *at, u8 bits, bool xor)
{
    *at = xor ? *at ^ bits : bits;
}

void cga_char(const struct screen *s, struct place at, const u8 *glyph, u8 attribute, u16 count)
{
    bool xor = attribute & ATTRIBUTE_XOR;
    u8 colour = attribute & 3;
    fs_load(s->segment);
    for (u8 y = 0; y < s->height; y++) {
        u16 line = (u16)(at.row * s->height + y);
        u16 wide = widen(glyph[y]) & (u16)(colour * 0x5555);
        for (u16 n = 0; n < count; n++) {
            if (s->bits == 1) {
                put(line_byte(line, (u16)(at.column + n)), attribute & 1 ? glyph[y] : 0, xor);
            } else {
                put(line_byte(line, (u16)((at.column + n) * 2)), (u8)(wide >> 8), xor);
                put(line_byte(line, (u16)((at.column + n) * 2 + 1)), (u8)wide, xor);
            }
        }
    }
}

void cga_cell(const struct screen *s, struct place at, u8 *glyph)
{
    fs_load(s->segment);
    for (u8 y = 0; y < MIN(s->height, MAX_HEIGHT); y++) {
        u16 line = (u16)(at.row * s->height + y);
        glyph[y] = *line_byte(line, at.column);
        if (s->bits == 1)
            continue;
        u16 wide = (u16)(*line_byte(line, (u16)(at.column * 2)) << 8 | *line_byte(line, (u16)(at.column * 2 + 1)));
        glyph[y] = 0;
        for (u8 i = 0; i < 8; i++)
            if (wide & 3 << 2 * i)
                glyph[y] |= (u8)(1 << i);
    }
}

static struct farptr line_at(const struct screen *s, u16 y, u16 column)
{
    return far_make(s->segment, (u16)(u32)line_byte(y, column));
}

/* Character rows are an even number of lines, so that copies stay among even or among odd lines. */
void cga_scroll(const struct screen *s, const struct window *w, u8 lines, u8 attribute, bool down)
{
    u8 unit = s->bits;                                     /* bytes a character */
    u16 left = (u16)(w->from.column * unit);
    u16 width = (u16)((w->to.column - w->from.column + 1) * unit);
    u16 y = (u16)(w->from.row * s->height), height = (u16)((w->to.row - w->from.row + 1) * s->height);
    u16 gap = (u16)(lines * s->height), moved = (u16)(height - gap);
    u32 fill = (s->bits == 1 ? attribute & 1 ? 0xFF : 0 : (attribute & 3) * 0x55) * 0x01010101u;
    s16 step = 1;

    if (down) {
        y = (u16)(y + height - 1);
        step = -1;
    }
    for (; moved; moved--, y += step)
        far_copy(line_at(s, y, left), line_at(s, (u16)(y + step * gap), left), width);
    for (; gap; gap--, y += step)
        far_fill(line_at(s, y, left), fill, width);
}

void cga_pixel(const struct screen *s, u16 x, u16 y, u8 colour)
{
    u8 bits = s->bits, mask = (u8)((1 << bits) - 1);
    u16 bit = (u16)(x * bits);
    u8 shift = (u8)(8 - bits - (bit & 7));
    fs_load(s->segment);
    u8 __seg_fs *at = line_byte(y, bit / 8);
    u8 value = (u8)((colour & mask) << shift);
    if (colour & ATTRIBUTE_XOR)
        *at ^= value;
    else
        *at = (u8)((*at & ~(mask << shift)) | value);
}

u8 cga_pixel_at(const struct screen *s, u16 x, u16 y)
{
    u8 bits = s->bits;
    u16 bit = (u16)(x * bits);
    fs_load(s->segment);
    return (u8)(*line_byte(y, bit / 8) >> (8 - bits - (bit & 7)) & ((1 << bits) - 1));
}
