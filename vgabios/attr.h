/* SPDX-License-Identifier: BSD-2-Clause */
/* One attribute controller register; the screen is on afterwards. IBM PS/2 Hardware Interface, "Attribute controller". */
#ifndef ATTR_H
#define ATTR_H

#include "vgabios.h"

/* Its index and data share a port; reading input status 1 (color or mono) makes it expect an index. */
static inline void attr_index(void)
{
    fs_low();
    inb((u16)(LOW_BDA->crtc_port + VGA_STATUS1_COLOR - VGA_CRTC_COLOR));
}

static inline void attr_write(u8 index, u8 value)
{
    attr_index();
    outb(VGA_ATTR, index);
    outb(VGA_ATTR, value);
    outb(VGA_ATTR, ATTR_PALETTE_ON);
}

static inline u8 attr_read(u8 index)
{
    attr_index();
    outb(VGA_ATTR, index);
    u8 value = inb(VGA_ATTR_READ);
    attr_index();
    outb(VGA_ATTR, ATTR_PALETTE_ON);
    return value;
}

#endif
