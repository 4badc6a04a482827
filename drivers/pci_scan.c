/* SPDX-License-Identifier: BSD-2-Clause */
/* PCI functions in order. PCI Local Bus Specification 3.0, 3.2.2.3.4 and 6.2.1. */
#include "bios.h"
#include "pci_scan.h"
#include "hw/pci.h"

static u16 present_from(u32 bdf)
{
    u32 end = (HANDOFF->pci_last_bus + 1u) << 8;

    while (bdf < end) {
        if (pci_read16(bdf, PCI_VENDOR_ID) != 0xFFFF)
            return bdf;
        bdf = bdf & 7 ? bdf + 1 : bdf + 8;     /* no function 0: no device */
    }
    return PCI_NO_FUNCTION;
}

u16 pci_first(void)
{
    return HANDOFF->pci_mechanism ? present_from(0) : PCI_NO_FUNCTION;
}

u16 pci_next(u16 bdf)
{
    bool alone = !(bdf & 7) && !(pci_read8(bdf, PCI_HEADER_TYPE) & PCI_HEADER_MULTI);

    return present_from(alone ? (u32)bdf + 8 : (u32)bdf + 1);
}
