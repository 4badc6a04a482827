/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Characters and pixels by memory model: planar.c, cga.c, linear.c. graphics.c chooses.
 * `glyph`: one byte a line, bit 7 left. Attribute or colour bit 7: XOR (not with 256 colours).
 */
#ifndef GRAPHICS_H
#define GRAPHICS_H

#include "vgabios.h"

#define ATTRIBUTE_XOR  0x80
#define MAX_HEIGHT     32

void planar_char(const struct screen *s, u8 page, struct place at, const u8 *glyph, u8 attribute, u16 count);
void planar_cell(const struct screen *s, u8 page, struct place at, u8 *glyph);
void planar_scroll(const struct screen *s, const struct window *w, u8 lines, u8 attribute, bool down);
void planar_pixel(const struct screen *s, u8 page, u16 x, u16 y, u8 colour);
u8 planar_pixel_at(const struct screen *s, u8 page, u16 x, u16 y);

void cga_char(const struct screen *s, struct place at, const u8 *glyph, u8 attribute, u16 count);
void cga_cell(const struct screen *s, struct place at, u8 *glyph);
void cga_scroll(const struct screen *s, const struct window *w, u8 lines, u8 attribute, bool down);
void cga_pixel(const struct screen *s, u16 x, u16 y, u8 colour);
u8 cga_pixel_at(const struct screen *s, u16 x, u16 y);

void linear_char(const struct screen *s, struct place at, const u8 *glyph, u8 attribute, u16 count);
void linear_cell(const struct screen *s, struct place at, u8 *glyph);
void linear_scroll(const struct screen *s, const struct window *w, u8 lines, u8 attribute, bool down);
void linear_pixel(const struct screen *s, u16 x, u16 y, u8 colour);
u8 linear_pixel_at(const struct screen *s, u16 x, u16 y);

#endif
