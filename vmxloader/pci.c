/* SPDX-License-Identifier: BSD-2-Clause */
/* The PCI steps in their order. */
#include "loader.h"
#include "hw/pci.h"

static void print_functions(void)
{
    for (u32 i = 0; i < pci_count; i++) {
        const struct pci_function *f = &pci_functions[i];

        print("  %02x:%02x.%u %04x:%04x class %04x irq %u", PCI_ADDRESS(f->bdf),
              f->vendor, f->device, f->class, f->irq);
        if (f->secondary)
            print(" bus %02x-%02x", f->secondary, f->subordinate);
        for (u32 b = 0; b < PCI_BARS; b++)
            if (f->bar[b].kind)
                print(" [%02x]=%llx+%llx", f->bar[b].reg, f->bar[b].base, f->bar[b].size);
        print("\n");
    }
}

void setup_pci(void)
{
    if (!platform.pci)
        return;
    pci_scan();
    if (platform.chipset)
        platform.chipset->setup_decode();
    pci_assign();
    if (platform.chipset) {
        platform.chipset->setup_power();
        pci_route();
    }
    pci_enable();
    print("vmxloader: %u PCI functions on %u bus%s\n", pci_count, pci_last_bus + 1, pci_last_bus ? "es" : "");
    if (options.debug)
        print_functions();
}
