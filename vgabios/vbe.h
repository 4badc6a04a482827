/* SPDX-License-Identifier: BSD-2-Clause */
/* VBE between its files: vbe.c, vbe_window.c, vbe_display.c. */
#ifndef VBE_H
#define VBE_H

#include "card.h"
#include "spec/vbe.h"

/* Row of vbe_modes that the card can show, or NULL. */
const __seg_gs struct vbe_mode *vbe_find(u16 number);

/* The mode that is set now, or NULL in a standard mode. */
const __seg_gs struct vbe_mode *vbe_current(void);

/* Bytes a line (of one plane) that `m` needs. */
u16 vbe_pitch(const __seg_gs struct vbe_mode *m);

/* Fill in model, bits, segment and pitch. */
void vbe_screen(struct screen *s, u16 vbe_mode);

/* 4F05h-4F15h: AX on return. */
u16 vbe_05_window(struct frame *r);
u16 vbe_06_pitch(struct frame *r);
u16 vbe_07_start(struct frame *r);
u16 vbe_08_dac(struct frame *r);
u16 vbe_09_palette(struct frame *r);
u16 vbe_0a_protected(struct frame *r);
u16 vbe_10_power(struct frame *r);
u16 vbe_15_ddc(struct frame *r);

#endif
