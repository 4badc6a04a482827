/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * PCI interrupts: links to ISA IRQs, interrupt line registers, edge/level control; and the
 * last step, switching decoders on. PCI Local Bus 3.0, 6.2.4; bridges turn the pins as in
 * PCI-to-PCI Bridge Architecture 1.2, 9.1.
 */
#include "loader.h"
#include "hw/pci.h"
#include "hw/pic.h"

static const u8 link_irq[] = PCI_INTERRUPTS;

/* Link of an interrupt pin (0 = INTA#), followed up to bus 0. */
static u8 link_of(const struct pci_function *f, u8 pin)
{
    while (f->parent >= 0) {
        pin = (u8)((pin + PCI_DEVICE(f->bdf)) & 3);
        f = &pci_functions[f->parent];
    }
    return platform.chipset->pirq(PCI_DEVICE(f->bdf), pin);
}

void pci_route(void)
{
    const struct chipset *c = platform.chipset;
    u16 level = (u16)(1u << c->sci_irq);

    for (u8 link = 0; link < c->pirq_count; link++) {
        pci_write8(c->isa_bdf, c->pirq_reg(link), link_irq[link]);
        level |= (u16)(1u << link_irq[link]);
    }
    outb(PIC_ELCR1, (u8)level);
    outb(PIC_ELCR2, (u8)(level >> 8));
    for (u32 i = 0; i < pci_count; i++) {
        struct pci_function *f = &pci_functions[i];

        if (!f->pin || f->pin > 4)
            continue;
        f->irq = f->bdf == c->pm_bdf ? c->sci_irq : link_irq[link_of(f, f->pin - 1)];
        pci_write8(f->bdf, PCI_INTERRUPT_LINE, f->irq);
    }
}

/* Buses above the display adapter pass the VGA ports and A0000-BFFFF on. */
static void open_vga_path(const struct pci_function *f)
{
    for (s16 at = f->parent; at >= 0; at = pci_functions[at].parent) {
        u16 bdf = pci_functions[at].bdf;

        pci_write16(bdf, PCI_BRIDGE_CONTROL, pci_read16(bdf, PCI_BRIDGE_CONTROL) | PCI_BRIDGE_VGA);
    }
}

/* A USB controller masters the bus only for a driver that has set up its lists. */
static bool may_master(const struct pci_function *f)
{
    return f->class != PCI_CLASS_USB;
}

void pci_enable(void)
{
    const struct pci_function *vga = pci_find_class(PCI_CLASS_VGA);

    for (u32 i = 0; i < pci_count; i++) {
        const struct pci_function *f = &pci_functions[i];
        u16 command = f->memory_off ? PCI_COMMAND_IO : PCI_COMMAND_IO | PCI_COMMAND_MEMORY;

        if (may_master(f))
            command |= PCI_COMMAND_MASTER;
        pci_write16(f->bdf, PCI_COMMAND, pci_read16(f->bdf, PCI_COMMAND) | command);
    }
    if (vga)
        open_vga_path(vga);
}
