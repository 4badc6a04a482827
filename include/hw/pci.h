/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * PCI configuration space by mechanism 1. PCI Local Bus Specification 3.0, 3.2.2.3 and chapter 6.
 * A function is named by its bdf: bus:8 device:5 function:3.
 */
#ifndef HW_PCI_H
#define HW_PCI_H

#define PCI_CONFIG_ADDRESS  0xCF8
#define PCI_CONFIG_DATA     0xCFC
#define PCI_CONFIG_ENABLE   0x80000000

#define PCI_DEVICE(bdf)  ((bdf) >> 3 & 31)
#define PCI_ADDRESS(bdf) (bdf) >> 8, PCI_DEVICE(bdf), (bdf) & 7   /* for "%02x:%02x.%u" */
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
#define PCI_CLASS_VGA       0x0300
#define PCI_CLASS_VGA_OLD   0x0001
#define PCI_HEADER_TYPE     0x0E
#define PCI_HEADER_MULTI    0x80
#define PCI_HEADER_BRIDGE   0x01
#define PCI_BAR0            0x10
#define PCI_BAR_IO          0x01
#define PCI_BAR_TYPE        0x06
#define PCI_BAR_64          0x04
#define PCI_BAR_PREFETCH    0x08
#define PCI_PRIMARY_BUS     0x18
#define PCI_SECONDARY_BUS   0x19
#define PCI_SUBORDINATE_BUS 0x1A
#define PCI_SUBSYSTEM_VENDOR 0x2C
#define PCI_SUBSYSTEM_ID    0x2E
#define PCI_ROM_BAR         0x30
#define PCI_ROM_ENABLE      0x01
#define PCI_ROM_ADDRESS     0xFFFFF800u
#define PCI_CAPABILITIES    0x34
#define PCI_INTERRUPT_LINE  0x3C
#define PCI_INTERRUPT_PIN   0x3D

#define PCI_IDE_PRIMARY_NATIVE    0x01   /* programming interface of class 0101 */
#define PCI_IDE_SECONDARY_NATIVE  0x04

/* Header type 1: PCI-to-PCI Bridge Architecture 1.2, 3.2.5. */
#define PCI_IO_BASE         0x1C   /* address bits 15:12 in bits 7:4 */
#define PCI_IO_LIMIT        0x1D
#define PCI_MEMORY_BASE     0x20   /* u16: address bits 31:20 in bits 15:4 */
#define PCI_MEMORY_LIMIT    0x22
#define PCI_PREF_BASE       0x24   /* the same; bits 3:0 = 1: 64-bit */
#define PCI_PREF_LIMIT      0x26
#define PCI_PREF_64         0x01
#define PCI_PREF_BASE_HIGH  0x28
#define PCI_PREF_LIMIT_HIGH 0x2C
#define PCI_IO_BASE_HIGH    0x30
#define PCI_BRIDGE_ROM_BAR  0x38
#define PCI_BRIDGE_CONTROL  0x3E
#define PCI_BRIDGE_SERR     0x0002
#define PCI_BRIDGE_VGA      0x0008

#define PCI_CAP_VENDOR      0x09

#ifndef __ASSEMBLER__
#include "hw/io.h"

static inline void pci_select(u16 bdf, u8 reg)
{
    outl(PCI_CONFIG_ADDRESS, PCI_CONFIG_ENABLE | (u32)bdf << 8 | (reg & 0xFC));
}

/* Registers of a function; 16- and 32-bit ones are aligned. lib/pci_config.c */
u32 pci_read32(u16 bdf, u8 reg);
u16 pci_read16(u16 bdf, u8 reg);
u8 pci_read8(u16 bdf, u8 reg);
void pci_write32(u16 bdf, u8 reg, u32 v);
void pci_write16(u16 bdf, u8 reg, u16 v);
void pci_write8(u16 bdf, u8 reg, u8 v);

#endif
#endif
