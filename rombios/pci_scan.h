/* SPDX-License-Identifier: BSD-2-Clause */
/* Walking over all PCI functions. */
#ifndef PCI_SCAN_H
#define PCI_SCAN_H

#include "bios.h"

#define PCI_SCAN_START 0xFFFFFFFFu
#define PCI_SCAN_END   0xFFFFFFFEu

/* The function after `bdf` in bus order, or PCI_SCAN_END. Starts with PCI_SCAN_START. */
u32 pci_next(u32 bdf);

#endif
