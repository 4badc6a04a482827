/* SPDX-License-Identifier: BSD-2-Clause */
/* Configuration space of a PCI function by mechanism 1. PCI Local Bus Specification 3.0, 3.2.2.3.2. */
#include "hw/pci.h"

u32 pci_read32(u16 bdf, u8 reg)
{
    pci_select(bdf, reg);
    return inl(PCI_CONFIG_DATA);
}

u16 pci_read16(u16 bdf, u8 reg)
{
    pci_select(bdf, reg);
    return inw(PCI_CONFIG_DATA + (reg & 2));
}

u8 pci_read8(u16 bdf, u8 reg)
{
    pci_select(bdf, reg);
    return inb(PCI_CONFIG_DATA + (reg & 3));
}

void pci_write32(u16 bdf, u8 reg, u32 v)
{
    pci_select(bdf, reg);
    outl(PCI_CONFIG_DATA, v);
}

void pci_write16(u16 bdf, u8 reg, u16 v)
{
    pci_select(bdf, reg);
    outw(PCI_CONFIG_DATA + (reg & 2), v);
}

void pci_write8(u16 bdf, u8 reg, u8 v)
{
    pci_select(bdf, reg);
    outb(PCI_CONFIG_DATA + (reg & 3), v);
}
