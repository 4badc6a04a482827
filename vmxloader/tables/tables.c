/* SPDX-License-Identifier: BSD-2-Clause */
/* The tables an operating system scans for: their place in the F segment and their order. */
#include "tables.h"

#define IOAPIC_INDEX     0x00
#define IOAPIC_WINDOW    0x10
#define IOAPIC_REG_ID    0
#define IOAPIC_REG_VER   1

static u32 used;

void *fseg_take(u32 size, u32 align)
{
    u32 at = ALIGN_UP(used, align);

    if (at + size > TABLES_SIZE)
        return NULL;
    used = at + size;
    return (void *)(TABLES_BASE + at);
}

u32 fseg_used(void)
{
    return used;
}

s32 ioapic_probe(u32 *pins)
{
    volatile u32 *index = (u32 *)(IOAPIC_BASE + IOAPIC_INDEX), *window = (u32 *)(IOAPIC_BASE + IOAPIC_WINDOW);
    u32 version;

    *index = IOAPIC_REG_VER;
    version = *window;
    if (version == 0 || version == ~0u)
        return -1;
    *pins = (version >> 16 & 0xFF) + 1;
    *index = IOAPIC_REG_ID;
    return *window >> 24 & 15;
}

void ioapic_set_id(u8 id)
{
    *(volatile u32 *)(IOAPIC_BASE + IOAPIC_INDEX) = IOAPIC_REG_ID;
    *(volatile u32 *)(IOAPIC_BASE + IOAPIC_WINDOW) = (u32)id << 24;
}

static void report(const char *kind, const char *made)
{
    print("vmxloader: %s %s\n", kind, made ? made : "none");
}

void setup_tables(void)
{
    const char *acpi;

    memset((void *)TABLES_BASE, 0, TABLES_SIZE);
    acpi = acpi_by_table_loader();
    report("ACPI", acpi ? acpi : acpi_build());
    report("SMBIOS", smbios_build());
    report("MP", mp_build());
    report("$PIR", pir_build());
}
