/* SPDX-License-Identifier: BSD-2-Clause */
/* Walking over all PCI functions. PCI Local Bus Specification 3.0, 3.2.2.3. */
#include "pci_scan.h"
#include "hw/pci.h"

u32 pci_next(u32 bdf)
{
    if (!HANDOFF->pci_mechanism)
        return PCI_SCAN_END;
    if (bdf != PCI_SCAN_START && !(bdf & 7) && !(pci_read8(bdf, PCI_HEADER_TYPE) & PCI_HEADER_MULTI))
        bdf |= 7;
    for (bdf++; bdf >> 8 <= HANDOFF->pci_last_bus; bdf++) {
        if (pci_read16(bdf, PCI_VENDOR_ID) != 0xFFFF)
            return bdf;
        if (!(bdf & 7))
            bdf |= 7;              /* no function 0: no device */
    }
    return PCI_SCAN_END;
}
