/* SPDX-License-Identifier: BSD-2-Clause */
/* Walk the PCI functions that are there, in order of bus, device, function. */
#ifndef PCI_SCAN_H
#define PCI_SCAN_H

#include "types.h"

#define PCI_NO_FUNCTION  0xFFFF

/* The first function, and the one after bdf; PCI_NO_FUNCTION at the end or where there is no PCI. */
u16 pci_first(void);
u16 pci_next(u16 bdf);

#endif
