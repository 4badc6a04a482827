/* SPDX-License-Identifier: BSD-2-Clause */
/* The MP table, for systems that know multiprocessors but not ACPI: MP Specification 1.4, chapter 4. */
#include "tables.h"
#include "hw/cpuid.h"
#include "hw/pci.h"
#include "spec/mptable.h"

#define LAPIC_VERSION_REG  0x30
#define MP_REVISION        4
#define IOAPIC_VERSION     0x11
#define TIMER_PIN          2       /* the PC's I/O APIC has the PIT on input 2 */

static u8 *at;
static u32 entries;

static void add(const void *entry, u32 size)
{
    memcpy(at, entry, size);
    at += size;
    entries++;
}

static void add_processors(void)
{
    struct cpuid own = cpuid(1, 0);

    for (u16 i = 0; i < platform.cpus; i++) {
        struct mp_processor cpu = {
            MP_PROCESSOR, platform.apic_id[i], *(volatile u8 *)(LAPIC_BASE + LAPIC_VERSION_REG),
            (cpu_is_spare(i) ? 0 : MP_CPU_ENABLED) | (i ? 0 : MP_CPU_BOOT), own.a, own.d, { 0, 0 },
        };
        add(&cpu, sizeof(cpu));
    }
}

/* PCI buses have their own numbers, ISA the one behind. Returns it. */
static u8 add_buses(void)
{
    u32 isa = platform.pci ? pci_last_bus + 1u : 0;

    for (u32 i = 0; i <= isa; i++) {
        struct mp_bus bus = { .type = MP_BUS, .id = (u8)i };

        memcpy(bus.name, i == isa ? "ISA   " : "PCI   ", sizeof(bus.name));
        add(&bus, sizeof(bus));
    }
    return (u8)isa;
}

static void add_pci_interrupts(u8 ioapic)
{
    u32 done = ~0u;

    for (u32 i = 0; i < pci_count; i++) {
        const struct pci_function *f = &pci_functions[i];
        u32 source = (u32)(f->bdf >> 8) << 8 | PCI_DEVICE(f->bdf) << 2 | (f->pin - 1);
        struct mp_interrupt e = { MP_IO_INTERRUPT, MP_INT, MP_ACTIVE_HIGH | MP_LEVEL,
                                  (u8)(f->bdf >> 8), (u8)source, ioapic, f->irq };

        if (!f->pin || f->pin > 4 || !f->irq || source == done)
            continue;
        add(&e, sizeof(e));
        done = source;
    }
}

static void add_isa_interrupts(u8 ioapic, u8 bus)
{
    for (u8 irq = 0; irq < 16; irq++) {
        struct mp_interrupt e = { MP_IO_INTERRUPT, MP_INT, 0, bus, irq, ioapic, irq ? irq : TIMER_PIN };

        if (irq == TIMER_PIN || (PCI_IRQ_MASK >> irq & 1 && platform.chipset))
            continue;
        if (platform.chipset && irq == platform.chipset->sci_irq)
            e.flags = MP_ACTIVE_HIGH | MP_LEVEL;
        add(&e, sizeof(e));
    }
}

static void add_local_interrupts(u8 bus)
{
    struct mp_interrupt extint = { MP_LOCAL_INTERRUPT, MP_EXTINT, 0, bus, 0, 0, 0 };
    struct mp_interrupt nmi = { MP_LOCAL_INTERRUPT, MP_NMI, 0, bus, 0, MP_ALL_LAPICS, 1 };

    add(&extint, sizeof(extint));
    add(&nmi, sizeof(nmi));
}

static u32 table_size(void)
{
    return sizeof(struct mp_config) + platform.cpus * sizeof(struct mp_processor)
           + (pci_last_bus + 2) * sizeof(struct mp_bus) + sizeof(struct mp_ioapic)
           + (pci_count + 16 + 2) * sizeof(struct mp_interrupt);
}

const char *mp_build(void)
{
    u32 pins = 0;
    s32 id = platform.local_apic && !platform.apic_off ? ioapic_probe(&pins) : -1;
    struct mp_ioapic ioapic = { MP_IOAPIC, (u8)id, IOAPIC_VERSION, 1, IOAPIC_BASE };
    struct mp_floating *mp = id < 0 ? NULL : fseg_take(sizeof(*mp), 16);
    struct mp_config *c;
    u8 isa;

    if (!mp)
        return NULL;
    c = fseg_take(table_size(), 16);
    if (!c)                                     /* many processors: the table may lie in high memory */
        c = (void *)memory_take(ALIGN_UP(table_size(), 4096), 4096, E820_RESERVED);
    if (!c)
        return NULL;
    at = (u8 *)(c + 1);
    memset(c, 0, sizeof(*c));
    add_processors();
    isa = add_buses();
    add(&ioapic, sizeof(ioapic));
    add_pci_interrupts((u8)id);
    add_isa_interrupts((u8)id, isa);
    add_local_interrupts(isa);
    memcpy(c->signature, "PCMP", 4);
    c->length = (u16)(at - (u8 *)c);
    c->revision = MP_REVISION;
    memcpy(c->oem_id, "DFW     ", 8);
    memcpy(c->product_id, "DOMAIN      ", 12);
    c->entries = (u16)entries;
    c->lapic = LAPIC_BASE;
    c->checksum = checksum8(c, c->length);
    memcpy(mp->signature, "_MP_", 4);
    mp->config = (u32)c;
    mp->length = 1;
    mp->revision = MP_REVISION;
    mp->checksum = checksum8(mp, sizeof(*mp));
    return "1.4";
}
