/* SPDX-License-Identifier: BSD-2-Clause */
/* SMBIOS: DMTF DSP0134 2.8.0. Entry point: 5.2.1; structures: chapter 7. */
#ifndef SPEC_SMBIOS_H
#define SPEC_SMBIOS_H

#include "types.h"

struct smbios_entry {
    char anchor[4];                /* "_SM_" */
    u8   checksum, length, major, minor;
    u16  max_structure;            /* bytes of the largest structure */
    u8   revision;
    u8   formatted[5];
    char intermediate_anchor[5];   /* "_DMI_" */
    u8   intermediate_checksum;    /* over the last 15 bytes */
    u16  table_length;
    u32  table;
    u16  structures;
    u8   bcd_revision;
} PACKED;
SIZE_ASSERT(struct smbios_entry, 31);
#define SMBIOS_INTERMEDIATE_OFFSET  0x10
#define SMBIOS_INTERMEDIATE_SIZE    15


struct smbios_header {
    u8  type, length;              /* length: without the strings */
    u16 handle;
} PACKED;

enum {
    SMBIOS_BIOS = 0, SMBIOS_SYSTEM = 1, SMBIOS_BOARD = 2, SMBIOS_CHASSIS = 3, SMBIOS_PROCESSOR = 4, SMBIOS_OEM = 11, SMBIOS_MEMORY_ARRAY = 16,
    SMBIOS_MEMORY_DEVICE = 17, SMBIOS_MEMORY_MAP = 19, SMBIOS_BOOT = 32, SMBIOS_END = 127,
};

struct smbios_bios {
    struct smbios_header h;
    u8  vendor, version;           /* string numbers */
    u16 start_segment;
    u8  date, rom_size;            /* 64 KiB units - 1 */
    u64 characteristics;
    u8  extension[2];
    u8  major, minor, ec_major, ec_minor;
} PACKED;
SIZE_ASSERT(struct smbios_bios, 24);
#define SMBIOS_BIOS_UNSUPPORTED  0x08ull   /* characteristics are not given */
#define SMBIOS_BIOS_EXT2_VM      0x10      /* a virtual machine */

struct smbios_system {
    struct smbios_header h;
    u8 manufacturer, product, version, serial;
    u8 uuid[16];
    u8 wake_up, sku, family;
} PACKED;
SIZE_ASSERT(struct smbios_system, 27);

struct smbios_board {
    struct smbios_header h;
    u8  manufacturer, product, version, serial, asset, features, location;
    u16 chassis;
    u8  type, children;
} PACKED;
SIZE_ASSERT(struct smbios_board, 15);
#define SMBIOS_BOARD_MOTHER  0x0A

struct smbios_chassis {
    struct smbios_header h;
    u8  manufacturer, type, version, serial, asset;
    u8  bootup, power, thermal, security;
    u32 oem;
    u8  height, cords, elements, element_size;
} PACKED;
SIZE_ASSERT(struct smbios_chassis, 21);

struct smbios_processor {
    struct smbios_header h;
    u8  socket, type, family, manufacturer;
    u64 id;
    u8  version, voltage;
    u16 clock, max_speed, current_speed;
    u8  status, upgrade;
    u16 l1, l2, l3;
    u8  serial, asset, part, cores, enabled, threads;
    u16 characteristics, family2;
} PACKED;
SIZE_ASSERT(struct smbios_processor, 42);

struct smbios_oem {
    struct smbios_header h;
    u8 count;
} PACKED;
SIZE_ASSERT(struct smbios_oem, 5);

struct smbios_memory_array {
    struct smbios_header h;
    u8  location, use, correction;
    u32 capacity_kb;
    u16 error_handle, devices;
    u64 extended_capacity;
} PACKED;
SIZE_ASSERT(struct smbios_memory_array, 23);

struct smbios_memory_device {
    struct smbios_header h;
    u16 array, error_handle, total_width, data_width, size_mb;
    u8  form, set, locator, bank, type;
    u16 detail, speed;
    u8  manufacturer, serial, asset, part, attributes;
    u32 extended_size;
    u16 clock, min_voltage, max_voltage, voltage;
} PACKED;
SIZE_ASSERT(struct smbios_memory_device, 40);

struct smbios_memory_map {
    struct smbios_header h;
    u32 start_kb, end_kb;          /* FFFFFFFFh: see the extended fields */
    u16 array;
    u8  width;
    u64 start, end;
} PACKED;
SIZE_ASSERT(struct smbios_memory_map, 31);

struct smbios_boot {
    struct smbios_header h;
    u8 reserved[6], status;
} PACKED;
SIZE_ASSERT(struct smbios_boot, 11);

#endif
