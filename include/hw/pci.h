/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * PCI configuration space by mechanism 1. PCI Local Bus Specification 3.0, 3.2.2.3 and chapter 6.
 * A function is named by its bdf: bus:8 device:5 function:3.
 */
#ifndef HW_PCI_H
#define HW_PCI_H

#include "hw/io.h"

#define PCI_CONFIG_ADDRESS  0xCF8
#define PCI_CONFIG_DATA     0xCFC
#define PCI_CONFIG_ENABLE   0x80000000u

#define PCI_BDF(bus, dev, fn)  ((u16)((bus) << 8 | (dev) << 3 | (fn)))

#define PCI_VENDOR_ID       0x00   /* FFFFh: no function here */
#define PCI_DEVICE_ID       0x02
#define PCI_COMMAND         0x04
#define PCI_COMMAND_IO      0x0001
#define PCI_COMMAND_MEMORY  0x0002
#define PCI_COMMAND_MASTER  0x0004
#define PCI_STATUS          0x06
#define PCI_STATUS_CAPS     0x0010
#define PCI_REVISION        0x08
#define PCI_PROG_IF         0x09
#define PCI_SUBCLASS        0x0A   /* u16: class:8 subclass:8 */
#define PCI_HEADER_TYPE     0x0E
#define PCI_HEADER_MULTI    0x80
#define PCI_HEADER_BRIDGE   0x01
#define PCI_BAR0            0x10
#define PCI_BAR_IO          0x01
#define PCI_BAR_64          0x04
#define PCI_BAR_PREFETCH    0x08
#define PCI_PRIMARY_BUS     0x18
#define PCI_SECONDARY_BUS   0x19
#define PCI_SUBORDINATE_BUS 0x1A
#define PCI_SUBSYSTEM_VENDOR 0x2C
#define PCI_SUBSYSTEM_ID    0x2E
#define PCI_ROM_BAR         0x30
#define PCI_ROM_ENABLE      0x01
#define PCI_CAPABILITIES    0x34
#define PCI_INTERRUPT_LINE  0x3C
#define PCI_INTERRUPT_PIN   0x3D

static inline void pci_select(u16 bdf, u8 reg)
{
    outl(PCI_CONFIG_ADDRESS, PCI_CONFIG_ENABLE | (u32)bdf << 8 | (reg & 0xFC));
}

static inline u32 pci_read32(u16 bdf, u8 reg)
{
    pci_select(bdf, reg);
    return inl(PCI_CONFIG_DATA);
}

static inline u16 pci_read16(u16 bdf, u8 reg)
{
    pci_select(bdf, reg);
    return inw(PCI_CONFIG_DATA + (reg & 2));
}

static inline u8 pci_read8(u16 bdf, u8 reg)
{
    pci_select(bdf, reg);
    return inb(PCI_CONFIG_DATA + (reg & 3));
}

static inline void pci_write32(u16 bdf, u8 reg, u32 v)
{
    pci_select(bdf, reg);
    outl(PCI_CONFIG_DATA, v);
}

static inline void pci_write16(u16 bdf, u8 reg, u16 v)
{
    pci_select(bdf, reg);
    outw(PCI_CONFIG_DATA + (reg & 2), v);
}

static inline void pci_write8(u16 bdf, u8 reg, u8 v)
{
    pci_select(bdf, reg);
    outb(PCI_CONFIG_DATA + (reg & 3), v);
}

#endif
