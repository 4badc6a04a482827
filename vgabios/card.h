/* SPDX-License-Identifier: BSD-2-Clause */
/* What a card adds to a plain VGA. One of card_std.c, card_cirrus.c is linked into an image. */
#ifndef CARD_H
#define CARD_H

#include "vgabios.h"
#include "abi/vga_patch.h"

extern const __seg_gs struct vga_patch vga_patch;   /* patch_std.S */

/* One VBE mode. bits: 4 (planar), 8, 15, 16, 24, 32. */
struct vbe_mode {
    u16 number, width, height;
    u8  bits;
    u8  native;             /* the card's own number for it, where it has one */
};

/* Mode numbers of a card, 0 ends; the first `card_modes_16m` need no more than 16 MiB, `card_modes_beyond` behind them more. */
extern const __seg_gs u16 card_numbers[];
extern const __seg_gs u32 card_modes_16m, card_modes_beyond;

/* The mode of place `i` in card_numbers. */
void card_shape(u32 i, struct vbe_mode *m);

#define CARD_STATE_SIZE 64
#define BDF_NONE        0xFFFF   /* LOW_VGA->bdf: the card is not on PCI */

/* Names for 4F00h. */
extern const __seg_gs char card_name[];
extern const __seg_gs u32 card_capabilities;

/* Once, from the ROM's init entry. */
void card_init(void);

/* Back to a plain VGA, before a standard mode is set. */
void card_leave(void);

/* All video memory to 0 without touching it, while no extended mode is set; false if the card cannot. */
bool card_clear(void);

/* INT 10h 12h BL=80h and up; FS is low. */
void card_extended(struct frame *r);

/* ---- VBE ---------------------------------------------------------------------------- */

u16 card_memory_64k(void);
u32 card_lfb(void);                            /* physical, 0 = none */
void card_set_mode(const struct vbe_mode *m, bool lfb, bool no_clear);

/* The 64 KiB of video memory at A0000h, in units of card_granularity_kb(). `window` 0, or 1 if card_windows() > 1. */
u8  card_windows(void);
u16 card_granularity_kb(void);
void card_set_bank(u8 window, u16 bank);
u16 card_get_bank(u8 window);

/* Bytes a line (of one plane); `card_set_pitch` returns what it really set. */
u16 card_pitch(u8 bits);
u16 card_set_pitch(u8 bits, u16 bytes);
u16 card_max_pitch(u8 bits);

/* First byte shown (of one plane), as pixel and line. */
void card_set_start(u8 bits, u16 x, u16 y);
void card_get_start(u8 bits, u16 *x, u16 *y);

/* 8 bits a colour in the DAC instead of 6; false if it cannot. */
bool card_set_dac8(bool on);
bool card_dac8(void);

/* The card's registers into CARD_STATE_SIZE bytes, and back. */
void card_save(struct farptr to);
void card_restore(struct farptr from);

/* Offset of EDID block 0 (EDID_SIZE bytes) in the ROM; 0 if there is none. */
u16 card_edid(void);

#endif
