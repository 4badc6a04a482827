/* SPDX-License-Identifier: BSD-2-Clause */
/* Ports for host tests of the loader: PCI configuration space and CMOS are arrays, nothing else answers. */
#ifndef FAKE_PCI_H
#define FAKE_PCI_H

#include "types.h"

#define HW_IO_H   /* in place of hw/io.h */

static u8 fake_config[1 << 16][256], fake_cmos[128], fake_cmos_index;
static u32 fake_address;

static u8 *fake_port(u16 port)
{
    return &fake_config[fake_address >> 8 & 0xFFFF][(fake_address & 0xFC) + (port & 3)];
}

static inline u8 inb(u16 port) { return port == 0x71 ? fake_cmos[fake_cmos_index] : *fake_port(port); }
static inline u16 inw(u16 port) { return (u16)(fake_port(port)[0] | fake_port(port)[1] << 8); }
static inline u32 inl(u16 port) { return port == 0xCF8 ? fake_address : inw(port) | (u32)inw(port + 2) << 16; }

static inline void outb(u16 port, u8 v)
{
    if (port == 0x70)
        fake_cmos_index = v & 0x7F;
    else
        *fake_port(port) = v;
}

static inline void outw(u16 port, u16 v)
{
    fake_port(port)[0] = (u8)v;
    fake_port(port)[1] = (u8)(v >> 8);
}

static inline void outl(u16 port, u32 v)
{
    if (port == 0xCF8) {
        fake_address = v;
        return;
    }
    outw(port, (u16)v);
    outw(port + 2, (u16)(v >> 16));
}

#endif
