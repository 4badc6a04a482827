/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Four planes at A0000h: modes 0Dh-12h, 6Ah. The latches keep 8 pixels of all planes, so one
 * byte moved is 32 bits. IBM PS/2 Hardware Interface Technical Reference, "Graphics controller".
 */
#include "graphics.h"
#include "memory.h"

#define ALL_PLANES 0x0F

static inline u8 __seg_fs *fs_byte(u16 offset)
{
    return (u8 __seg_fs *)(u32)offset;
}

static inline void gc(u8 index, u8 value)
{
    vga_write(VGA_GC, index, value);
}

static u16 cell_offset(const struct screen *s, u8 page, struct place at)
{
    return (u16)(page * s->page_size + at.row * s->height * s->pitch + at.column);
}

/* Registers as a mode set leaves them, but for `mode`. */
static void begin(const struct screen *s, u8 mode)
{
    vga_write(VGA_SEQ, SEQ_MAP_MASK, ALL_PLANES);
    gc(GC_MODE, mode);
    gc(GC_BIT_MASK, 0xFF);
    fs_load(s->segment);
}

static void end(void)
{
    gc(GC_MODE, 0);
    gc(GC_SET_RESET, 0);
}

/* Write mode 3: the glyph is the bit mask between the colour (set/reset) and the latches. */
void planar_char(const struct screen *s, u8 page, struct place at, const u8 *glyph, u8 attribute, u16 count)
{
    u16 cell = cell_offset(s, page, at);
    bool xor = attribute & ATTRIBUTE_XOR;

    begin(s, GC_MODE_WRITE3);
    if (xor) {
        gc(GC_ROTATE, GC_ROTATE_XOR);
    } else {
        gc(GC_ROTATE, 0);
        gc(GC_SET_RESET, 0);
        *(volatile u8 __seg_fs *)fs_byte(cell) = 0xFF;
        (void)*(volatile u8 __seg_fs *)fs_byte(cell);      /* latches: background */
    }
    gc(GC_SET_RESET, attribute & ALL_PLANES);
    for (; count; count--, cell++) {
        u16 to = cell;
        for (u8 y = 0; y < s->height; y++, to += s->pitch) {
            if (xor)
                (void)*(volatile u8 __seg_fs *)fs_byte(to);
            *(volatile u8 __seg_fs *)fs_byte(to) = glyph[y];
        }
    }
    if (xor)
        gc(GC_ROTATE, 0);
    end();
}

/* Read mode 1 compares all planes with colour 0 (colour don't care as the mode set it). */
void planar_cell(const struct screen *s, u8 page, struct place at, u8 *glyph)
{
    u16 from = cell_offset(s, page, at);
    begin(s, GC_MODE_READ1);
    gc(GC_COLOR_COMPARE, 0);
    for (u8 y = 0; y < MIN(s->height, MAX_HEIGHT); y++, from += s->pitch)
        glyph[y] = (u8)~*(volatile u8 __seg_fs *)fs_byte(from);
    end();
}

static void copy_lines(const struct screen *s, u16 to, u16 from, u16 width, u16 lines, s16 step)
{
    if (width == s->pitch && step > 0) {
        width = (u16)(width * lines);
        lines = 1;
    }
    for (; lines; lines--, to += step, from += step)
        far_copy_bytes(far_make(s->segment, to), far_make(s->segment, from), width);
}

static void fill_lines(const struct screen *s, u16 to, u16 width, u16 lines)
{
    if (width == s->pitch) {
        width = (u16)(width * lines);
        lines = 1;
    }
    for (; lines; lines--, to += s->pitch)
        far_fill(far_make(s->segment, to), 0, width);
}

void planar_scroll(const struct screen *s, const struct window *w, u8 lines, u8 attribute, bool down)
{
    u16 width = (u16)(w->to.column - w->from.column + 1);
    u16 height = (u16)((w->to.row - w->from.row + 1) * s->height);
    u16 gap = (u16)(lines * s->height), moved = (u16)(height - gap);
    u16 top = cell_offset(s, s->page, w->from);

    begin(s, GC_MODE_WRITE1);
    gc(GC_ROTATE, 0);
    if (down) {
        u16 bottom = (u16)(top + (height - 1) * s->pitch);
        copy_lines(s, bottom, (u16)(bottom - gap * s->pitch), width, moved, (s16)-s->pitch);
    } else {
        copy_lines(s, top, (u16)(top + gap * s->pitch), width, moved, (s16)s->pitch);
        top = (u16)(top + moved * s->pitch);
    }
    gc(GC_MODE, 0);
    gc(GC_SET_RESET, attribute & ALL_PLANES);
    gc(GC_ENABLE_SET_RESET, ALL_PLANES);
    fill_lines(s, top, width, gap);
    gc(GC_ENABLE_SET_RESET, 0);
    end();
}

static u16 pixel_offset(const struct screen *s, u8 page, u16 x, u16 y)
{
    return (u16)(page * s->page_size + y * s->pitch + x / 8);
}

void planar_pixel(const struct screen *s, u8 page, u16 x, u16 y, u8 colour)
{
    u16 at = pixel_offset(s, page, x, y);
    begin(s, GC_MODE_WRITE3);
    gc(GC_ROTATE, colour & ATTRIBUTE_XOR ? GC_ROTATE_XOR : 0);
    gc(GC_SET_RESET, colour & ALL_PLANES);
    (void)*(volatile u8 __seg_fs *)fs_byte(at);
    *(volatile u8 __seg_fs *)fs_byte(at) = (u8)(0x80 >> (x & 7));
    gc(GC_ROTATE, 0);
    end();
}

u8 planar_pixel_at(const struct screen *s, u8 page, u16 x, u16 y)
{
    u16 at = pixel_offset(s, page, x, y);
    u8 colour = 0;
    begin(s, 0);
    for (u8 plane = 0; plane < 4; plane++) {
        gc(GC_READ_MAP, plane);
        if (*(volatile u8 __seg_fs *)fs_byte(at) & 0x80 >> (x & 7))
            colour |= (u8)(1 << plane);
    }
    gc(GC_READ_MAP, 0);
    end();
    return colour;
}
