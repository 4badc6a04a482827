/* SPDX-License-Identifier: BSD-2-Clause */
/* PCI functions in the order of their numbers, as the loader found them. */
#include "bios.h"
#include "pci_scan.h"

/* The first one from `bdf` on. */
static u16 listed_from(u32 bdf)
{
    for (u16 i = 0; i < HANDOFF->pci_count; i++)
        if (HANDOFF->pci[i] >= bdf)
            return HANDOFF->pci[i];
    return PCI_NO_FUNCTION;
}

u16 pci_first(void)
{
    return listed_from(0);
}

u16 pci_next(u16 bdf)
{
    return listed_from(bdf + 1u);
}
