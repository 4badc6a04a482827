/* SPDX-License-Identifier: BSD-2-Clause */
/* Characters in graphics modes: the font behind the vectors, and which memory model draws. */
#include "graphics.h"
#include "memory.h"

/* Where the glyph of `ch` lies: modes 4-6 take characters 80-FF from INT 1Fh, all else is INT 43h. */
static struct farptr glyph_at(const struct screen *s, u8 ch)
{
    fs_low();
    struct farptr font = LOW_VECTOR[VECTOR_FONT];
    if (s->model == MODEL_CGA && ch >= 0x80) {
        font = LOW_VECTOR[VECTOR_FONT_HIGH];
        ch -= 0x80;
    }
    font.offset = (u16)(font.offset + ch * s->height);
    return font;
}

static u8 glyph_height(const struct screen *s)
{
    return MIN(s->height, MAX_HEIGHT);
}

void graphics_char(const struct screen *s, u8 page, struct place at, u8 ch, u8 attribute, u16 count)
{
    u8 glyph[MAX_HEIGHT];
    struct farptr font = glyph_at(s, ch);
    fs_load(font.segment);
    for (u8 y = 0; y < glyph_height(s); y++)
        glyph[y] = *(u8 __seg_fs *)(u32)(u16)(font.offset + y);
    if (s->model == MODEL_PLANAR)
        planar_char(s, page, at, glyph, attribute, count);
    else if (s->model == MODEL_CGA)
        cga_char(s, at, glyph, attribute, count);
    else
        linear_char(s, at, glyph, attribute, count);
}

u8 graphics_char_at(const struct screen *s, u8 page, struct place at)
{
    u8 cell[MAX_HEIGHT];
    if (s->model == MODEL_PLANAR)
        planar_cell(s, page, at, cell);
    else if (s->model == MODEL_CGA)
        cga_cell(s, at, cell);
    else
        linear_cell(s, at, cell);
    for (u16 ch = 0; ch < 256; ch++) {
        struct farptr font = glyph_at(s, (u8)ch);
        u8 y = 0;
        fs_load(font.segment);
        while (y < glyph_height(s) && *(u8 __seg_fs *)(u32)(u16)(font.offset + y) == cell[y])
            y++;
        if (y == glyph_height(s))
            return (u8)ch;
    }
    return 0;
}

void graphics_scroll(const struct screen *s, const struct window *w, u8 lines, u8 attribute, bool down)
{
    if (s->model == MODEL_PLANAR)
        planar_scroll(s, w, lines, attribute, down);
    else if (s->model == MODEL_CGA)
        cga_scroll(s, w, lines, attribute, down);
    else
        linear_scroll(s, w, lines, attribute, down);
}
