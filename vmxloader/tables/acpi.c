/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Our own ACPI tables, for a 440FX machine whose VMM brings none (Bochs): ACPI 6.4, chapter 5.
 * The DSDT is dsdt_i440fx.asl; what is known only at run time goes into a small SSDT.
 */
#include "tables.h"
#include "hw/cmos.h"
#include "hw/i440fx.h"
#include "hw/pci.h"
#include "spec/acpi.h"

#define AREA_SIZE       (64 * KIB)
#define MAX_TABLES      32
#define PM1_EVT         0
#define SMI_CMD         0xB2
#define ACPI_ENABLE     0xF1       /* PIIX4 boards: what the VMMs' PM device answers to */
#define ACPI_DISABLE    0xF0
#define RESET_CONTROL   0xCF9
#define RESET_FULL      0x06
#define CENTURY         0x32
#define HPET_ID         0x00
#define HPET_TICK_MIN   100
#define TIMER_GSI       2          /* the PC's I/O APIC has the PIT on input 2 */

extern const u8 dsdt_i440fx[];

static u8 *area;
static u32 area_used;

void *acpi_take(u32 size)
{
    u8 *p = area + ALIGN_UP(area_used, 64);

    if (p + size > area + AREA_SIZE)
        fatal("ACPI tables are larger than %u bytes", AREA_SIZE);
    area_used = (u32)(p + size - area);
    return p;
}

u32 acpi_room(void)
{
    return AREA_SIZE - ALIGN_UP(area_used, 64);
}

void *acpi_head(void *table, const char *signature, u32 length, u8 revision)
{
    struct acpi_header *h = table;

    memcpy(h->signature, signature, 4);
    h->length = length;
    h->revision = revision;
    memcpy(h->oem_id, "DFW   ", 6);
    memcpy(h->oem_table_id, "DFWTABLE", 8);
    h->oem_revision = 1;
    memcpy(h->creator_id, "DFW ", 4);
    h->creator_revision = 1;
    h->checksum = 0;
    h->checksum = checksum8(h, length);
    return table;
}

static struct acpi_gas io_block(u16 port, u8 bytes)
{
    return (struct acpi_gas){ .space = ACPI_SPACE_IO, .bits = bytes * 8, .address = port };
}

static struct acpi_fadt *make_fadt(u32 dsdt)
{
    struct acpi_facs *facs = acpi_take(sizeof(*facs));
    struct acpi_fadt *f = acpi_take(sizeof(*f));

    memcpy(facs->signature, "FACS", 4);
    facs->length = sizeof(*facs);
    facs->version = 1;
    f->facs = (u32)facs;
    f->dsdt = dsdt;
    f->x_dsdt = dsdt;
    f->sci_irq = platform.chipset->sci_irq;
    f->smi_cmd = SMI_CMD;
    f->acpi_enable = ACPI_ENABLE;
    f->acpi_disable = ACPI_DISABLE;
    f->pm1a_evt = platform.chipset->pm_base + PM1_EVT;
    f->pm1a_cnt = platform.chipset->pm_base + PM1A_CNT;
    f->pm_tmr = platform.chipset->pm_base + PM_TIMER;
    f->pm1_evt_len = 4;
    f->pm1_cnt_len = 2;
    f->pm_tmr_len = 4;
    f->x_pm1a_evt = io_block(platform.chipset->pm_base + PM1_EVT, 4);
    f->x_pm1a_cnt = io_block(platform.chipset->pm_base + PM1A_CNT, 2);
    f->x_pm_tmr = io_block(platform.chipset->pm_base + PM_TIMER, 4);
    f->gpe0 = platform.chipset->gpe0;
    f->gpe0_len = platform.chipset->gpe0_bytes;
    if (f->gpe0)
        f->x_gpe0 = io_block(platform.chipset->gpe0, platform.chipset->gpe0_bytes);
    f->p_lvl2_lat = f->p_lvl3_lat = FADT_LATENCY_NONE;
    f->century = CENTURY;
    f->boot_arch = FADT_BOOT_LEGACY | FADT_BOOT_8042;
    f->flags = FADT_WBINVD | FADT_PROC_C1 | FADT_SLP_BUTTON | FADT_RESET_REG;
    f->reset_reg = io_block(RESET_CONTROL, 1);
    f->reset_value = RESET_FULL;
    return acpi_head(f, "FACP", sizeof(*f), 3);
}

static void add_override(u8 **at, u8 irq, u32 gsi, u16 mode)
{
    struct madt_override o = { MADT_OVERRIDE, sizeof(o), 0, irq, gsi, mode };

    memcpy(*at, &o, sizeof(o));
    *at += sizeof(o);
}

static struct acpi_madt *make_madt(s32 ioapic_id)
{
    u32 room = sizeof(struct acpi_madt) + platform.cpus * sizeof(struct madt_lapic) + sizeof(struct madt_ioapic)
               + 16 * sizeof(struct madt_override) + sizeof(struct madt_nmi);
    struct acpi_madt *m = acpi_take(room);
    struct madt_ioapic io = { MADT_IOAPIC, sizeof(io), (u8)ioapic_id, 0, IOAPIC_BASE, 0 };
    struct madt_nmi nmi = { MADT_LAPIC_NMI, sizeof(nmi), MADT_ALL_CPUS, 0, 1 };
    u8 *at = (u8 *)(m + 1);

    m->lapic = LAPIC_BASE;
    m->flags = MADT_PCAT_COMPAT;
    for (u8 i = 0; i < platform.cpus; i++) {
        struct madt_lapic cpu = { MADT_LAPIC, sizeof(cpu), i, platform.apic_id[i], cpu_is_spare(i) ? 0 : MADT_ENABLED };

        memcpy(at, &cpu, sizeof(cpu));
        at += sizeof(cpu);
    }
    if (ioapic_id >= 0) {
        memcpy(at, &io, sizeof(io));
        at += sizeof(io);
        add_override(&at, 0, TIMER_GSI, 0);
    }
    for (u8 irq = 3; irq < 16; irq++)
        if ((PCI_IRQ_MASK | 1u << platform.chipset->sci_irq) >> irq & 1)
            add_override(&at, irq, irq, MADT_LEVEL_HIGH);
    memcpy(at, &nmi, sizeof(nmi));
    at += sizeof(nmi);
    return acpi_head(m, "APIC", (u32)(at - (u8 *)m), 1);
}

static struct acpi_hpet *make_hpet(void)
{
    u32 id = *(volatile u32 *)(HPET_BASE + HPET_ID);
    struct acpi_hpet *h;

    if (id == 0 || id == ~0u)
        return NULL;
    h = acpi_take(sizeof(*h));
    h->block_id = id;
    h->address.space = ACPI_SPACE_MEMORY;
    h->address.address = HPET_BASE;
    h->min_tick = HPET_TICK_MIN;
    return acpi_head(h, "HPET", sizeof(*h), 1);
}

static void add_name(u8 **at, const char *name, u32 value)
{
    u8 *p = *at;

    *p++ = AML_NAME;
    *p++ = AML_ROOT;
    memcpy(p, name, 4);
    p += 4;
    *p++ = AML_DWORD;
    memcpy(p, &value, 4);
    *at = p + 4;
}

static void add_halves(u8 **at, const char *low, const char *high, u64 value)
{
    add_name(at, low, (u32)value);
    add_name(at, high, (u32)(value >> 32));
}

/* Processor (CPnn, nn, 0, 0) {}: ACPI 6.4, 20.2.5.2 DefProcessor, in scope \_PR. */
#define AML_PROCESSOR_SIZE  13

static void add_processors(u8 **at)
{
    static const char hex[] = "0123456789ABCDEF";
    u32 body = 5 + platform.cpus * AML_PROCESSOR_SIZE, length = body + 2;
    u8 *p = *at;

    *p++ = AML_SCOPE;
    *p++ = (u8)(0x40 | (length & 15));        /* PkgLength of two bytes */
    *p++ = (u8)(length >> 4);
    memcpy(p, "\\_PR_", 5);
    p += 5;
    for (u32 i = 0; i < platform.cpus; i++, p += AML_PROCESSOR_SIZE) {
        u8 object[AML_PROCESSOR_SIZE] = { AML_EXT, AML_EXT_PROCESSOR, AML_PROCESSOR_SIZE - 2,
                                          'C', 'P', (u8)hex[i >> 4], (u8)hex[i & 15], (u8)i };
        memcpy(p, object, sizeof(object));
    }
    *at = p;
}

/* True if something decodes a UART's scratch register / a printer's data latch. */
static bool port_keeps(u16 port)
{
    outb(port, 0x5A);
    if (inb(port) != 0x5A)
        return false;
    outb(port, 0xA5);
    return inb(port) == 0xA5;
}

static struct acpi_header *make_ssdt(bool hpet)
{
    enum { NAMES = 16, NAME_SIZE = 11 };
    struct acpi_header *h = acpi_take(sizeof(*h) + NAMES * NAME_SIZE + 8 + platform.cpus * AML_PROCESSOR_SIZE);
    u8 *at = (u8 *)(h + 1);

    add_name(&at, "PCIX", platform.chipset->pirq(0, 0));
    add_name(&at, "PCIG", platform.chipset->pci_gsi);
    add_name(&at, "PCIB", pci_window_base());
    add_name(&at, "PCIL", pci_window_top() - 1);
    add_halves(&at, "PHBL", "PHBH", pci_high.base);
    add_halves(&at, "PHLL", "PHLH", pci_high.base + pci_high.size - 1);
    add_halves(&at, "PHSL", "PHSH", pci_high.size);
    add_name(&at, "VGIA", acpi_generation_id());
    add_name(&at, "HCO1", port_keeps(0x3FF));
    add_name(&at, "HCO2", port_keeps(0x2FF));
    add_name(&at, "HLPT", port_keeps(0x378));
    add_name(&at, "HFDC", cmos_read(CMOS_FLOPPY_TYPES) != 0);
    add_name(&at, "HHPT", hpet);
    add_processors(&at);
    return acpi_head(h, "SSDT", (u32)(at - (u8 *)h), 1);
}

static void make_roots(const u32 *tables, u32 count, struct acpi_rsdp *rsdp)
{
    struct acpi_header *rsdt = acpi_take(sizeof(*rsdt) + count * sizeof(u32));
    struct acpi_header *xsdt = acpi_take(sizeof(*xsdt) + count * sizeof(u64));

    for (u32 i = 0; i < count; i++) {
        u64 wide = tables[i];

        memcpy((u8 *)(rsdt + 1) + i * sizeof(u32), &tables[i], sizeof(u32));
        memcpy((u8 *)(xsdt + 1) + i * sizeof(u64), &wide, sizeof(u64));
    }
    acpi_head(rsdt, "RSDT", sizeof(*rsdt) + count * sizeof(u32), 1);
    acpi_head(xsdt, "XSDT", sizeof(*xsdt) + count * sizeof(u64), 1);
    memcpy(rsdp->signature, "RSD PTR ", 8);
    memcpy(rsdp->oem_id, "DFW   ", 6);
    rsdp->revision = 2;
    rsdp->rsdt = (u32)rsdt;
    rsdp->length = sizeof(*rsdp);
    rsdp->xsdt = (u32)xsdt;
    rsdp->checksum = checksum8(rsdp, ACPI_RSDP_V1_SIZE);
    rsdp->extended_checksum = checksum8(rsdp, sizeof(*rsdp));
}

const char *acpi_build(void)
{
    const struct acpi_header *source = (const void *)dsdt_i440fx;
    u32 tables[MAX_TABLES], count = 0, pins;
    struct acpi_rsdp *rsdp;
    void *dsdt, *hpet;

    /* a fw_cfg machine without a table loader had its ACPI switched off */
    if (platform.fwcfg || platform.acpi_off || platform.chipset == &chipset_q35 || !platform.chipset
        || pci_read32(PIIX4_PM_BDF, PCI_VENDOR_ID) != PIIX4_PM_ID)
        return NULL;
    rsdp = fseg_take(sizeof(*rsdp), 16);
    area = (u8 *)memory_take(AREA_SIZE, 4096, E820_RESERVED);
    if (!rsdp || !area)
        return NULL;
    memset(area, 0, AREA_SIZE);
    dsdt = memcpy(acpi_take(source->length), source, source->length);
    hpet = make_hpet();
    tables[count++] = (u32)make_fadt((u32)dsdt);
    tables[count++] = (u32)make_ssdt(hpet != NULL);
    if (platform.local_apic && !platform.apic_off)
        tables[count++] = (u32)make_madt(ioapic_probe(&pins));
    if (hpet)
        tables[count++] = (u32)hpet;
    if (platform.machine == MACHINE_XEN)
        count += acpi_add_xen(tables + count, MAX_TABLES - count);
    make_roots(tables, count, rsdp);
    return "of our own";
}
