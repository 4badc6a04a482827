/* SPDX-License-Identifier: BSD-2-Clause */
/* ACPI tables that the loader builds. ACPI Specification 6.4, chapter 5; IA-PC HPET Specification 1.0a, 3.2.4. */
#ifndef SPEC_ACPI_H
#define SPEC_ACPI_H

#include "types.h"

struct acpi_rsdp {                /* 5.2.5.3 */
    char signature[8];            /* "RSD PTR " */
    u8   checksum;                /* of the first 20 bytes */
    char oem_id[6];
    u8   revision;                /* 2 */
    u32  rsdt;
    u32  length;
    u64  xsdt;
    u8   extended_checksum;
    u8   reserved[3];
} PACKED;
SIZE_ASSERT(struct acpi_rsdp, 36);
#define ACPI_RSDP_V1_SIZE  20

struct acpi_header {              /* 5.2.6 */
    char signature[4];
    u32  length;
    u8   revision, checksum;
    char oem_id[6];
    char oem_table_id[8];
    u32  oem_revision;
    char creator_id[4];
    u32  creator_revision;
} PACKED;
SIZE_ASSERT(struct acpi_header, 36);

struct acpi_gas {                 /* 5.2.3.2 generic address */
    u8  space, bits, offset, access;
    u64 address;
} PACKED;
#define ACPI_SPACE_MEMORY  0
#define ACPI_SPACE_IO      1

struct acpi_facs {                /* 5.2.10 */
    char signature[4];
    u32  length, hardware_signature, waking_vector, global_lock, flags;
    u64  x_waking_vector;
    u8   version;
    u8   reserved[31];
} PACKED;
SIZE_ASSERT(struct acpi_facs, 64);

struct acpi_fadt {                /* 5.2.9, revision 3 */
    struct acpi_header header;
    u32 facs, dsdt;
    u8  reserved_44, pm_profile;
    u16 sci_irq;
    u32 smi_cmd;
    u8  acpi_enable, acpi_disable, s4bios_req, pstate_cnt;
    u32 pm1a_evt, pm1b_evt, pm1a_cnt, pm1b_cnt, pm2_cnt, pm_tmr, gpe0, gpe1;
    u8  pm1_evt_len, pm1_cnt_len, pm2_cnt_len, pm_tmr_len, gpe0_len, gpe1_len, gpe1_base, cst_cnt;
    u16 p_lvl2_lat, p_lvl3_lat, flush_size, flush_stride;
    u8  duty_offset, duty_width, day_alarm, month_alarm, century;
    u16 boot_arch;
    u8  reserved_111;
    u32 flags;
    struct acpi_gas reset_reg;
    u8  reset_value, reserved_129[3];
    u64 x_facs, x_dsdt;
    struct acpi_gas x_pm1a_evt, x_pm1b_evt, x_pm1a_cnt, x_pm1b_cnt, x_pm2_cnt, x_pm_tmr, x_gpe0, x_gpe1;
} PACKED;
SIZE_ASSERT(struct acpi_fadt, 244);
#define FADT_LATENCY_NONE   0xFFFF  /* no such C state */
#define FADT_BOOT_LEGACY    0x0001  /* devices on the ISA bus */
#define FADT_BOOT_8042      0x0002
#define FADT_WBINVD         0x0001
#define FADT_PROC_C1        0x0004
#define FADT_SLP_BUTTON     0x0020  /* none in fixed hardware */
#define FADT_RESET_REG      0x0400

struct acpi_madt {                /* 5.2.12 */
    struct acpi_header header;
    u32 lapic, flags;
} PACKED;
#define MADT_PCAT_COMPAT  1       /* an 8259 pair is there too */

struct madt_lapic { u8 type, length, cpu, apic_id; u32 flags; } PACKED;               /* type 0 */
struct madt_ioapic { u8 type, length, id, reserved; u32 address, gsi_base; } PACKED;  /* type 1 */
struct madt_override { u8 type, length, bus, irq; u32 gsi; u16 flags; } PACKED;       /* type 2 */
struct madt_nmi { u8 type, length, cpu; u16 flags; u8 lint; } PACKED;                 /* type 4 */
#define MADT_LAPIC       0
#define MADT_IOAPIC      1
#define MADT_OVERRIDE    2
#define MADT_LAPIC_NMI   4
#define MADT_ENABLED     1
#define MADT_LEVEL_HIGH  0x000D
#define MADT_ALL_CPUS    0xFF

struct acpi_hpet {
    struct acpi_header header;
    u32 block_id;
    struct acpi_gas address;
    u8  number;
    u16 min_tick;
    u8  protection;
} PACKED;
SIZE_ASSERT(struct acpi_hpet, 56);

struct acpi_waet {                /* Windows ACPI Emulated Devices Table 1.0 */
    struct acpi_header header;
    u32 flags;
} PACKED;
#define WAET_RTC_NO_ACK      1    /* no read of register C between interrupts */
#define WAET_TIMER_ONE_READ  2    /* the PM timer reads right the first time */

/* AML opcodes of the small table made at run time: ACPI 6.4, 20.2. */
#define AML_NAME         0x08
#define AML_DWORD        0x0C
#define AML_SCOPE        0x10
#define AML_ROOT         '\\'
#define AML_EXT          0x5B
#define AML_EXT_PROCESSOR 0x83

#endif
