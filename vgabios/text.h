/* SPDX-License-Identifier: BSD-2-Clause */
/* Characters on the screen. int10_06_text.c. */
#ifndef TEXT_H
#define TEXT_H

#include "vgabios.h"

/* Scroll a window of the active page, whatever the mode; `w` may exceed the screen. */
void scroll(const struct screen *s, const struct window *w, u8 lines, u8 attribute, bool down);

/* Text modes: write a character, a character with its attribute, read an attribute. FS changes. */
void text_char(const struct screen *s, u8 page, struct place at, u8 ch);
void text_cell(const struct screen *s, u8 page, struct place at, u8 ch, u8 attribute);
u8 text_attribute(const struct screen *s, u8 page, struct place at);

#endif
