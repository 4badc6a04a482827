/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Characters and pixels in video memory, whatever the memory model: raster.c, raster_char.c.
 * Addresses count bytes from the start of video memory (of a plane); all functions change FS.
 */
#ifndef RASTER_H
#define RASTER_H

#include "vgabios.h"

#define ATTRIBUTE_XOR 0x80   /* in graphics modes, but not with 256 colours */

/* Address of line `y` (in text: row) at character `column`. */
u32 raster_at(const struct screen *s, u32 page, u32 column, u32 y);

/* Offset of `at` in the window at s->segment, which moves there if need be. FS becomes the window. */
u8 __seg_fs *raster_window(const struct screen *s, u32 at);

void raster_copy(const struct screen *s, u32 to, u32 from, u32 bytes);
void raster_fill(const struct screen *s, u32 to, u32 value, u32 bytes);

/* A CGA colour 0-15 as a pixel. */
u32 raster_colour(const struct screen *s, u32 colour);

/* Planar modes: graphics controller set for one write mode, and back to what a mode set leaves. */
void planar_begin(const struct screen *s, u8 mode, u8 rotate, u8 set_reset);
void planar_end(void);

/* Move a window of the active page by `lines` rows, up or down; 0 or too many: fill it. `w` may exceed the screen. */
void raster_scroll(const struct screen *s, struct window w, u32 lines, u32 attribute, bool down);

/* Graphics modes: character `ch` `count` times from `at` on; the character that stands there, or 0. */
void raster_char(const struct screen *s, u32 page, struct place at, u8 ch, u32 attribute, u32 count);
u8 raster_char_at(const struct screen *s, u32 page, struct place at);

#endif
