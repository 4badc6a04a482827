/* SPDX-License-Identifier: BSD-2-Clause */
/* The parts of the video test, and what they share. */
#ifndef VIDEO_H
#define VIDEO_H

#include "../guest.h"

#define SEG_BDA   0x0040
#define SEG_TEXT  0xB800
#define SEG_VGA   0xA000

/* INT 10h with these; all other registers 0. */
struct regs int10(u16 ax, u16 bx, u16 cx, u16 dx);
void set_mode(u8 mode);

void test_modes(void);
void test_text(void);
void test_graphics(void);
void test_memory(void);
void test_stack(void);
void test_services(void);
void test_vbe(void);

#endif
