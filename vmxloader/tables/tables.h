/* SPDX-License-Identifier: BSD-2-Clause */
/* Where the tables lie, and the steps that build them. */
#ifndef TABLES_H
#define TABLES_H

#include "loader.h"

#define TABLES_BASE   (0xF0000u + TABLES_OFFSET)

#define LAPIC_BASE    0xFEE00000u
#define IOAPIC_BASE   0xFEC00000u
#define HPET_BASE     0xFED00000u
#define BIOS_VERSION  "1.0"
#define BIOS_DATE     "11/22/2026"
#define VENDOR        "domain firmware"

/* IRQs that PCI links may use, as a mask, and the one of the SCI: all level triggered. */
#define PCI_IRQ_MASK  ((1u << 5) | (1u << 10) | (1u << 11))

/* `size` zeroed bytes in F000:1000-1FFF, aligned; NULL when they are used up. */
void *fseg_take(u32 size, u32 align);
u32 fseg_used(void);

/* ID of the I/O APIC, -1 if there is none. Number of its inputs in *pins. */
s32 ioapic_probe(u32 *pins);

/* Each returns what it made, for the log; NULL: nothing. */
const char *acpi_by_table_loader(void);
const char *acpi_build(void);
const char *smbios_build(void);
const char *mp_build(void);
const char *pir_build(void);

#endif
