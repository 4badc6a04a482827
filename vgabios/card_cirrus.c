/* SPDX-License-Identifier: BSD-2-Clause */
/* Cirrus Logic GD5446 as QEMU and Bochs emulate it. */
#include "card.h"

ROM_EXT char card_name[] = "Cirrus Logic GD5446";

void card_init(void)
{
}

void card_leave(void)
{
}

void card_extended(struct frame *r)
{
}

u16 card_memory_64k(void)
{
    return 64;
}

u32 card_lfb(void)
{
    return 0;
}

void card_set_mode(const struct vbe_mode *m, bool lfb, bool no_clear)
{
}

u8 card_windows(void)
{
    return 1;
}

u16 card_granularity_kb(void)
{
    return 64;
}

void card_set_bank(u8 window, u16 bank)
{
}

u16 card_get_bank(u8 window)
{
    return 0;
}

u16 card_pitch(u8 bits)
{
    return 80;
}

u16 card_set_pitch(u8 bits, u16 bytes)
{
    return 80;
}

u16 card_max_pitch(u8 bits)
{
    return 80;
}

void card_set_start(u8 bits, u16 x, u16 y)
{
}

void card_get_start(u8 bits, u16 *x, u16 *y)
{
    *x = *y = 0;
}

bool card_set_dac8(bool on)
{
    return false;
}

bool card_dac8(void)
{
    return false;
}

void card_save(struct farptr to)
{
}

void card_restore(struct farptr from)
{
}

bool card_edid(struct farptr to)
{
    return false;
}
