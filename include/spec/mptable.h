/* SPDX-License-Identifier: BSD-2-Clause */
/* MP configuration table: Intel MultiProcessor Specification 1.4, chapter 4. */
#ifndef SPEC_MPTABLE_H
#define SPEC_MPTABLE_H

#include "types.h"

struct mp_floating {
    char signature[4];        /* "_MP_" */
    u32  config;
    u8   length, revision, checksum;   /* length in 16-byte units; revision 4 = 1.4 */
    u8   feature[5];
} PACKED;
SIZE_ASSERT(struct mp_floating, 16);

struct mp_config {
    char signature[4];        /* "PCMP" */
    u16  length;
    u8   revision, checksum;
    char oem_id[8], product_id[12];
    u32  oem_table;
    u16  oem_table_size, entries;
    u32  lapic;
    u16  extended_length;
    u8   extended_checksum, reserved;
} PACKED;
SIZE_ASSERT(struct mp_config, 44);

enum { MP_PROCESSOR = 0, MP_BUS = 1, MP_IOAPIC = 2, MP_IO_INTERRUPT = 3, MP_LOCAL_INTERRUPT = 4 };
enum { MP_INT = 0, MP_NMI = 1, MP_SMI = 2, MP_EXTINT = 3 };
#define MP_CPU_ENABLED   0x01
#define MP_CPU_BOOT      0x02
#define MP_ACTIVE_HIGH   0x01
#define MP_LEVEL         0x0C
#define MP_ALL_LAPICS    0xFF

struct mp_processor { u8 type, apic_id, apic_version, flags; u32 signature, features, reserved[2]; } PACKED;
SIZE_ASSERT(struct mp_processor, 20);
struct mp_bus { u8 type, id; char name[6]; } PACKED;
struct mp_ioapic { u8 type, id, version, flags; u32 address; } PACKED;
struct mp_interrupt { u8 type, kind; u16 flags; u8 bus, irq, apic, pin; } PACKED;
SIZE_ASSERT(struct mp_interrupt, 8);

#endif
