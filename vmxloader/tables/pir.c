/* SPDX-License-Identifier: BSD-2-Clause */
/* $PIR, for systems that route PCI interrupts without ACPI: Microsoft PCI IRQ Routing Table Specification 1.0. */
#include "tables.h"
#include "hw/pci.h"
#include "spec/pir.h"

#define PIR_VERSION   0x0100
#define DEVICES       32

/* Devices on bus 0 that are there, as a mask. */
static u32 devices_present(void)
{
    u32 mask = 0;

    for (u32 i = 0; i < pci_count; i++)
        if (pci_functions[i].bdf >> 3 < DEVICES)
            mask |= 1u << (pci_functions[i].bdf >> 3);
    return mask & ~1u;                          /* the host bridge has no pins */
}

static u32 bits(u32 mask)
{
    u32 n = 0;

    for (; mask; mask &= mask - 1)
        n++;
    return n;
}

const char *pir_build(void)
{
    const struct chipset *chipset = platform.chipset;
    u32 mask = devices_present(), size = sizeof(struct pir_header) + bits(mask) * sizeof(struct pir_slot);
    struct pir_header *h = chipset ? fseg_take(size, 16) : NULL;
    struct pir_slot *slot;

    if (!h)
        return NULL;
    memcpy(h->signature, "$PIR", 4);
    h->version = PIR_VERSION;
    h->length = (u16)size;
    h->router_devfn = (u8)chipset->isa_bdf;
    h->router_id = pci_read32(chipset->isa_bdf, PCI_VENDOR_ID);
    slot = (void *)(h + 1);
    for (u8 device = 0; device < DEVICES; device++) {
        if (!(mask >> device & 1))
            continue;
        slot->devfn = (u8)(device << 3);
        for (u8 pin = 0; pin < 4; pin++) {
            slot->pin[pin].link = chipset->pirq_reg(chipset->pirq(device, pin));
            slot->pin[pin].irqs = PCI_IRQ_MASK;
        }
        slot++;
    }
    h->checksum = checksum8(h, size);
    return "1.0";
}
