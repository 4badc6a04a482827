/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * PCI addresses: each bus packs its BARs and the windows of the bridges below by falling
 * alignment, so nothing is wasted; bridges get the sum of what is behind them.
 * PCI-to-PCI Bridge Architecture 1.2, 3.2.5.6-3.2.5.10.
 */
#include "loader.h"
#include "hw/pci.h"

#define IO_BASE          0xC000u       /* above the ports of the chipset */
#define IO_LOW_BASE      0x1000u       /* where more is needed */
#define IO_LOW_TOP       0xA000u
#define IO_TOP           0x10000u
#define BRIDGE_IO_ALIGN  0x1000u
#define BRIDGE_MEM_ALIGN MIB

/* Every resource of one kind on one bus, largest alignment first. */
struct bus_list {
    u32 count;
    struct pci_resource *item[MAX_PCI_FUNCTIONS * 2];
};

static void add(struct bus_list *list, struct pci_resource *r)
{
    u32 at;

    if (list->count == ARRAY_SIZE(list->item))
        fatal("too many PCI resources on one bus");
    at = list->count++;
    for (; at && list->item[at - 1]->align < r->align; at--)
        list->item[at] = list->item[at - 1];
    list->item[at] = r;
}

static void collect(struct bus_list *list, s16 parent, u8 kind)
{
    list->count = 0;
    for (u32 i = 0; i < pci_count; i++) {
        struct pci_function *f = &pci_functions[i];

        if (f->parent != parent)
            continue;
        for (u32 b = 0; b < PCI_BARS; b++)
            if (f->bar[b].kind == kind)
                add(list, &f->bar[b]);
        if (f->secondary && f->window[kind].size)
            add(list, &f->window[kind]);
    }
}

/* Bytes that the resources of `kind` below `parent` need; *align: of the whole. */
static u64 measure(s16 parent, u8 kind, u64 *align)
{
    struct bus_list list;
    u64 at = 0;

    collect(&list, parent, kind);
    *align = list.count ? list.item[0]->align : 1;
    for (u32 i = 0; i < list.count; i++)
        at = ALIGN_UP(at, list.item[i]->align) + list.item[i]->size;
    return at;
}

/* True if this bridge and all above it have a 64-bit prefetchable window. */
static bool wide_path(s16 index)
{
    for (; index >= 0; index = pci_functions[index].parent)
        if ((pci_read16(pci_functions[index].bdf, PCI_PREF_BASE) & 15) != PCI_PREF_64)
            return false;
    return true;
}

/* A bus without one takes everything through the memory window. */
static void demote(u32 bridge)
{
    for (u32 i = bridge + 1; i < pci_count; i++)
        if (pci_functions[i].parent == (s16)bridge)
            for (u32 b = 0; b < PCI_BARS; b++)
                if (pci_functions[i].bar[b].kind == RESOURCE_MEM64)
                    pci_functions[i].bar[b].kind = RESOURCE_MEM;
}

static void measure_bridge(u32 index)
{
    struct pci_function *f = &pci_functions[index];

    if (!wide_path((s16)index))
        demote(index);
    for (u8 kind = RESOURCE_IO; kind < RESOURCE_KINDS; kind++) {
        struct pci_resource *w = &f->window[kind];
        u64 unit = kind == RESOURCE_IO ? BRIDGE_IO_ALIGN : BRIDGE_MEM_ALIGN;
        u64 align, size = measure((s16)index, kind, &align);

        w->kind = kind;
        w->size = ALIGN_UP(size, unit);
        w->align = MAX(align, unit);
    }
}

static void place(s16 parent, u8 kind, u64 base)
{
    struct bus_list list;

    collect(&list, parent, kind);
    for (u32 i = 0; i < list.count; i++) {
        base = ALIGN_UP(base, list.item[i]->align);
        list.item[i]->base = base;
        base += list.item[i]->size;
    }
}

static void write_window(struct pci_function *f)
{
    struct pci_resource *io = &f->window[RESOURCE_IO], *mem = &f->window[RESOURCE_MEM], *pref = &f->window[RESOURCE_MEM64];
    u64 io_end = io->base + io->size - 1, mem_end = mem->base + mem->size - 1, pref_end = pref->base + pref->size - 1;

    /* base above limit closes a window */
    pci_write8(f->bdf, PCI_IO_BASE, io->size ? (u8)(io->base >> 8) : 0xF0);
    pci_write8(f->bdf, PCI_IO_LIMIT, io->size ? (u8)(io_end >> 8) : 0);
    pci_write32(f->bdf, PCI_IO_BASE_HIGH, 0);
    pci_write16(f->bdf, PCI_MEMORY_BASE, mem->size ? (u16)(mem->base >> 16) : 0xFFF0);
    pci_write16(f->bdf, PCI_MEMORY_LIMIT, mem->size ? (u16)(mem_end >> 16) : 0);
    pci_write16(f->bdf, PCI_PREF_BASE, pref->size ? (u16)(pref->base >> 16) : 0xFFF0);
    pci_write16(f->bdf, PCI_PREF_LIMIT, pref->size ? (u16)(pref_end >> 16) : 0);
    pci_write32(f->bdf, PCI_PREF_BASE_HIGH, pref->size ? (u32)(pref->base >> 32) : 0);
    pci_write32(f->bdf, PCI_PREF_LIMIT_HIGH, pref->size ? (u32)(pref_end >> 32) : 0);
}

static void write_bar(const struct pci_function *f, const struct pci_resource *bar)
{
    pci_write32(f->bdf, bar->reg, (u32)bar->base);
    if (bar->wide)
        pci_write32(f->bdf, bar->reg + 4, (u32)(bar->base >> 32));
}

static void write_bars(const struct pci_function *f)
{
    for (u32 i = 0; i < PCI_BARS; i++)
        if (f->bar[i].kind)
            write_bar(f, &f->bar[i]);
}

struct pci_window pci_high;

static void assign_io(void)
{
    u64 align, size = measure(-1, RESOURCE_IO, &align);
    u64 base = size <= IO_TOP - IO_BASE ? IO_BASE : IO_LOW_BASE;

    if (base == IO_LOW_BASE && size > IO_LOW_TOP - IO_LOW_BASE)
        print("vmxloader: PCI devices want %llx bytes of I/O space: some lie over chipset ports\n", size);
    place(-1, RESOURCE_IO, base);
}

/* Where 64-bit BARs that do not fit below 4 GiB begin: above all RAM, and above what QEMU keeps for RAM to be plugged in. */
static u64 wide_base(u64 align)
{
    u64 top = ram_high_top;
    u64 hotplug_end = 0;
    u16 key;

    if (platform.fwcfg && fwcfg_find("etc/reserved-memory-end", &key) == sizeof(hotplug_end))
        fwcfg_read(key, &hotplug_end, sizeof(hotplug_end));
    return ALIGN_UP(MAX(top, hotplug_end), MAX(align, (u64)GIB));
}

u32 pci_window_top(void)
{
    return platform.device_top;
}

u32 pci_window_base(void)
{
    return MAX(ALIGN_UP(ram_low_top, MIB), platform.device_window);
}

static void measure_bridges(void)
{
    for (u32 i = pci_count; i-- > 0;)           /* children come behind their bridge */
        if (pci_functions[i].secondary)
            measure_bridge(i);
}

/* The largest 32-bit BAR gets no place, and what it belongs to does not decode memory. */
static void leave_out_largest(void)
{
    struct pci_function *f = NULL;
    struct pci_resource *largest = NULL;

    for (u32 i = 0; i < pci_count; i++)
        for (u32 b = 0; b < PCI_BARS; b++) {
            struct pci_resource *bar = &pci_functions[i].bar[b];
            if (bar->kind == RESOURCE_MEM && (!largest || bar->size > largest->size)) {
                f = &pci_functions[i];
                largest = bar;
            }
        }
    print("vmxloader: PCI %02x:%02x.%u: no room below 4 GiB for its %llx bytes, its memory stays off\n",
          PCI_ADDRESS(f->bdf), largest->size);
    largest->base = 0;
    write_bar(f, largest);
    largest->kind = RESOURCE_NONE;
    f->memory_off = true;
}

/* Where the 32-bit BARs begin, and their size. */
static u64 fit_memory(u64 *size)
{
    u64 align, base;

    for (;;) {
        *size = measure(-1, RESOURCE_MEM, &align);
        base = ALIGN_UP(pci_window_base(), align);
        if (base + *size <= pci_window_top())
            return base;
        leave_out_largest();
        measure_bridges();
    }
}

static void assign_memory(void)
{
    u64 size, base = fit_memory(&size), top = pci_window_top();
    u64 wide_align, wide_size = measure(-1, RESOURCE_MEM64, &wide_align);
    u64 next = ALIGN_UP(base + size, wide_align);

    place(-1, RESOURCE_MEM, base);
    if (wide_size && next + wide_size > top)
        pci_high = (struct pci_window){ next = wide_base(wide_align), wide_size };
    place(-1, RESOURCE_MEM64, next);
}

void pci_assign(void)
{
    measure_bridges();
    assign_io();
    assign_memory();
    for (u32 i = 0; i < pci_count; i++) {
        struct pci_function *f = &pci_functions[i];

        if (f->secondary) {
            for (u8 kind = RESOURCE_IO; kind < RESOURCE_KINDS; kind++)
                place((s16)i, kind, f->window[kind].base);
            write_window(f);
        }
        write_bars(f);
    }
}
