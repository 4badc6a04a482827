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
void ioapic_set_id(u8 id);

/* Room for an ACPI table, zeroed; its header, once the rest is there. */
void *acpi_take(u32 size);
u32 acpi_room(void);
void *acpi_head(void *table, const char *signature, u32 length, u8 revision);

/* Xen's own tables and those that the toolstack passes; returns how many of `max` it added to `list`. */
u32 acpi_add_xen(u32 *list, u32 max);

/* Address of the VM generation ID that Xen's toolstack gave, 0: none. */
u32 acpi_generation_id(void);

/*
 * SMBIOS in a guest of Xen (smbios_xen.c). A string of xenstore's bios-strings/, else `xen` there and `other` on every
 * other machine; it holds until the next call.
 */
const char *xen_string(const char *key, const char *xen, const char *other);
#define XEN_STRING_VERSION  "%v"     /* stands for Xen's version, the guest's UUID */
#define XEN_STRING_UUID     "%u"

/* The guest's UUID as SMBIOS has it (DSP0134, 7.2.1); left alone on other machines. */
void xen_uuid(u8 *uuid);

/* The structure behind `h` (NULL: the first) that xl's smbios_firmware= passed, and its size; NULL at the end. */
struct smbios_header;
const struct smbios_header *xen_smbios_next(const struct smbios_header *h, u32 *size);

/* Each returns what it made, for the log; NULL: nothing. */
const char *acpi_by_table_loader(void);
const char *acpi_build(void);
const char *smbios_build(void);
const char *mp_build(void);
const char *pir_build(void);

#endif
