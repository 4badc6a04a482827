/* SPDX-License-Identifier: BSD-2-Clause */
/* Capabilities of a PCI function. PCI Local Bus Specification 3.0, 6.7. */
#ifndef PCI_CAPABILITY_H
#define PCI_CAPABILITY_H

#include "hw/pci.h"

/* Offset of the first capability `id` behind the one at `after` (0: of the function), 0 if there is none. */
u8 pci_capability(u16 bdf, u8 id, u8 after);

#endif
