/* SPDX-License-Identifier: BSD-2-Clause */
/* VBE between its files: vbe.c, vbe_window.c, vbe_display.c. */
#ifndef VBE_H
#define VBE_H

#include "card.h"
#include "spec/vbe.h"

#define VBE_MAX_CLOCK  230000000u   /* Hz of pixels */

/* The mode of that number, if the card can show it. */
bool vbe_find(u16 number, struct vbe_mode *m);

/* The VBE mode that is set now; false in a standard mode. FS is low afterwards. */
bool vbe_current(struct vbe_mode *m);

/* Bytes a line (of one plane) that `m` needs, and memory for its picture. */
u32 vbe_pitch(const struct vbe_mode *m);
u32 vbe_bytes(const struct vbe_mode *m);

/* Set the mode that has the card's own number `number`, if it has one. */
bool vbe_set_native(u8 number, bool no_clear);

/* Fill in model, bits, segment and pitch. */
void vbe_screen(struct screen *s, u16 vbe_mode);

/* 4F05h-4F15h: AX on return. */
u16 vbe_05_window(struct frame *r);
u16 vbe_06_pitch(struct frame *r);
u16 vbe_07_start(struct frame *r);
u16 vbe_08_dac(struct frame *r);
u16 vbe_09_palette(struct frame *r);
u16 vbe_0a_protected(struct frame *r);
u16 vbe_0b_clock(struct frame *r);
u16 vbe_10_power(struct frame *r);
u16 vbe_15_ddc(struct frame *r);

#endif
