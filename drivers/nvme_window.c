/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NVMe has no registers in I/O space, and its memory lies above 1 MiB, where 16-bit code does not reach. For the few
 * accesses that a command needs, the BAR is moved to E8000, an area that the chipset gives to PCI (PAM6: neither RAM
 * read nor write). A DMA area's ROM header covers it, so memory managers map it one to one: it works under them, too.
 * PCI Local Bus Specification 3.0, 6.2.5; Intel 82441FX data sheet 3.2.18.
 */
#include "nvme.h"
#include "hw/pci.h"

#define PAM_E8000      6               /* E8000-EFFFF: both halves */
#define BAR_SIZE_MASK  0xFFFFFFF0u

static u32 bar, bar_high;

bool nvme_window_fits(u16 bdf)
{
    u32 value = pci_read32(bdf, PCI_BAR0), size;

    if (!HANDOFF->pam_reg || bdf >> 8)
        return false;
    pci_write32(bdf, PCI_BAR0, 0xFFFFFFFF);
    size = -(pci_read32(bdf, PCI_BAR0) & BAR_SIZE_MASK);
    pci_write32(bdf, PCI_BAR0, value);
    if (value & PCI_BAR_IO || size > WINDOW_SIZE)
        return false;
    pci_write8(HANDOFF->pam_bdf, HANDOFF->pam_reg + PAM_E8000, 0);
    fs_load(DMA_AREA_SEGMENT);
    *(u8 __seg_fs *)2 = (DMA_AREA_SIZE + WINDOW_SIZE) / 512;      /* the length in the header */
    return true;
}

void nvme_window_open(u16 bdf)
{
    bar_high = pci_read32(bdf, PCI_BAR0 + 4);
    if (bar_high)
        pci_write32(bdf, PCI_BAR0 + 4, 0);
    bar = pci_read32(bdf, PCI_BAR0);
    outl(PCI_CONFIG_DATA, (u32)WINDOW_SEGMENT << 4);
    fs_load(WINDOW_SEGMENT);
}

void nvme_window_close(u16 bdf)
{
    pci_write32(bdf, PCI_BAR0, bar);
    if (bar_high)
        pci_write32(bdf, PCI_BAR0 + 4, bar_high);
}
