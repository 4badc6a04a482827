/* SPDX-License-Identifier: BSD-2-Clause */
/* The list of a PCI function's capabilities, which may be broken: it ends after as many as there is room for. */
#include "pci_capability.h"

#define MAX_CAPABILITIES  48

u8 pci_capability(u16 bdf, u8 id, u8 after)
{
    u8 at;

    if (after)
        at = pci_read8(bdf, after + 1);
    else
        at = pci_read16(bdf, PCI_STATUS) & PCI_STATUS_CAPS ? pci_read8(bdf, PCI_CAPABILITIES) : 0;
    for (u8 n = MAX_CAPABILITIES; at & 0xFC && n; n--) {
        u16 head = pci_read16(bdf, at & 0xFC);

        if ((u8)head == id)
            return at & 0xFC;
        at = head >> 8;
    }
    return 0;
}
