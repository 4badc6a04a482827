/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * PCI enumeration: every function, buses numbered depth first, BARs sized.
 * PCI Local Bus 3.0, 6.2.5.1; PCI-to-PCI Bridge Architecture 1.2, 3.2.5.
 */
#include "loader.h"
#include "hw/pci.h"

struct pci_function pci_functions[MAX_PCI_FUNCTIONS] SECTION(".noinit");   /* scan_function clears what it takes */
u32 pci_count;
u8 pci_last_bus;

struct pci_function *pci_find_class(u16 class)
{
    for (u32 i = 0; i < pci_count; i++)
        if (pci_functions[i].class == class)
            return &pci_functions[i];
    return NULL;
}

struct pci_function *pci_find_bdf(u16 bdf)
{
    for (u32 i = 0; i < pci_count; i++)
        if (pci_functions[i].bdf == bdf)
            return &pci_functions[i];
    return NULL;
}

u8 pci_capability(u16 bdf, u8 id, u8 from)
{
    u8 at;

    if (!(pci_read16(bdf, PCI_STATUS) & PCI_STATUS_CAPS))
        return 0;
    at = pci_read8(bdf, from ? from + 1 : PCI_CAPABILITIES) & 0xFC;
    for (u32 limit = 0; at && limit < 48; limit++) {   /* 48 fit into configuration space: no endless loop */
        if (pci_read8(bdf, at) == id)
            return at;
        at = pci_read8(bdf, at + 1) & 0xFC;
    }
    return 0;
}

/* An IDE controller in legacy mode decodes 1F0h and 170h whatever its BARs 0-3 say. */
static bool bar_is_legacy_ide(const struct pci_function *f, u32 index)
{
    u8 native = index < 2 ? PCI_IDE_PRIMARY_NATIVE : PCI_IDE_SECONDARY_NATIVE;

    return f->class == PCI_CLASS_IDE && index < 4 && !(f->prog_if & native);
}

/* The register stays selected: in a guest each access to a port costs a switch to the device model. */
static u32 probe_bits(u16 bdf, u8 reg, u32 ones)
{
    u32 old, bits;

    pci_select(bdf, reg);
    old = inl(PCI_CONFIG_DATA);
    outl(PCI_CONFIG_DATA, ones);
    bits = inl(PCI_CONFIG_DATA);
    outl(PCI_CONFIG_DATA, old);
    return bits;
}

static void size_rom(struct pci_function *f, struct pci_resource *bar, u8 reg)
{
    u32 bits = probe_bits(f->bdf, reg, PCI_ROM_ADDRESS) & PCI_ROM_ADDRESS;

    if (!bits)
        return;
    bar->kind = RESOURCE_MEM;
    bar->reg = reg;
    bar->size = bar->align = bits & -bits;
}

/* Returns the number of BARs used: 2 for a 64-bit one. */
static u32 size_bar(struct pci_function *f, struct pci_resource *bar, u8 reg)
{
    u32 bits = probe_bits(f->bdf, reg, ~0u);
    u64 mask;

    if (!bits)
        return 1;
    bar->reg = reg;
    if (bits & PCI_BAR_IO) {
        mask = (bits & ~3u) | 0xFFFF0000u;   /* the upper half may be hard-wired to 0 */
        bar->kind = RESOURCE_IO;
        bar->size = bar->align = mask & -mask & 0xFFFFFFFF;
        return 1;
    }
    bar->wide = (bits & PCI_BAR_TYPE) == PCI_BAR_64;
    bar->kind = RESOURCE_MEM;
    mask = (bits & ~15u) | 0xFFFFFFFF00000000ull;
    if (bar->wide) {
        mask = (bits & ~15u) | (u64)probe_bits(f->bdf, reg + 4, ~0u) << 32;
        if (bits & PCI_BAR_PREFETCH || f->parent < 0)
            bar->kind = RESOURCE_MEM64;
    }
    bar->size = bar->align = mask & -mask;
    return bar->wide ? 2 : 1;
}

static void size_bars(struct pci_function *f)
{
    bool bridge = f->header == PCI_HEADER_BRIDGE;
    u32 count = bridge ? 2 : 6;

    for (u32 i = 0; i < count;) {
        if (bar_is_legacy_ide(f, i))
            i++;
        else
            i += size_bar(f, &f->bar[i], (u8)(PCI_BAR0 + 4 * i));
    }
    size_rom(f, &f->bar[6], bridge ? PCI_BRIDGE_ROM_BAR : PCI_ROM_BAR);
}

static void scan_bus(u8 bus, s16 parent);

static void scan_bridge(struct pci_function *f)
{
    f->secondary = ++pci_last_bus;
    pci_write8(f->bdf, PCI_PRIMARY_BUS, (u8)(f->bdf >> 8));
    pci_write8(f->bdf, PCI_SECONDARY_BUS, f->secondary);
    pci_write8(f->bdf, PCI_SUBORDINATE_BUS, 0xFF);
    scan_bus(f->secondary, (s16)(f - pci_functions));
    f->subordinate = pci_last_bus;
    pci_write8(f->bdf, PCI_SUBORDINATE_BUS, f->subordinate);
}

static void scan_function(u16 bdf, u32 id, u8 header, s16 parent)
{
    struct pci_function *f = &pci_functions[pci_count];
    u32 class;

    if (pci_count == MAX_PCI_FUNCTIONS) {
        print("vmxloader: pci %02x:%02x.%u left alone: more than %u functions\n",
              PCI_ADDRESS(bdf), MAX_PCI_FUNCTIONS);
        return;
    }
    pci_count++;
    memset(f, 0, sizeof(*f));
    class = pci_read32(bdf, PCI_REVISION);
    f->bdf = bdf;
    f->vendor = (u16)id;
    f->device = (u16)(id >> 16);
    f->class = (u16)(class >> 16);
    f->prog_if = (u8)(class >> 8);
    f->header = header & ~PCI_HEADER_MULTI;
    f->parent = parent;
    f->pin = pci_read8(bdf, PCI_INTERRUPT_PIN);
    if (f->class != PCI_CLASS_HOST)
        pci_quiesce(bdf);
    size_bars(f);
    if (f->header == PCI_HEADER_BRIDGE && pci_last_bus < 0xFF)
        scan_bridge(f);
}

static void scan_bus(u8 bus, s16 parent)
{
    for (u8 device = 0; device < 32; device++) {
        u8 functions = 1;

        for (u8 function = 0; function < functions; function++) {
            u16 bdf = PCI_BDF(bus, device, function);
            u32 id = pci_read32(bdf, PCI_VENDOR_ID);
            u8 header;

            if ((u16)id == 0xFFFF || (u16)id == 0)
                continue;
            header = pci_read8(bdf, PCI_HEADER_TYPE);
            if (header & PCI_HEADER_MULTI)
                functions = 8;
            scan_function(bdf, id, header, parent);
        }
    }
}

void pci_scan(void)
{
    scan_bus(0, -1);
}
