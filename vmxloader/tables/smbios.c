/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SMBIOS 2.8 (DMTF DSP0134): QEMU's structures from fw_cfg with a BIOS structure put before them,
 * or our own set where there are none.
 */
#include "tables.h"
#include "spec/smbios.h"

#define AREA_SIZE    (16 * KIB)
#define UNKNOWN      2             /* in most enumerations of chapter 7 */
#define OTHER        1
#define HANDLE_ARRAY 0x1000
#define NO_HANDLE    0xFFFE
#define SIZE_IN_EXTENDED  0x7FFF   /* type 17: size is in the extended field */

static u8 *area, *at;
static u32 structures, largest;

/* Append a structure with its strings, given as "one\0two\0". */
static void add(const void *structure, const char *strings)
{
    const struct smbios_header *h = structure;
    u8 *start = at;

    if (at + h->length + 256 > area + AREA_SIZE)
        return;
    memcpy(at, structure, h->length);
    at += h->length;
    if (!*strings)
        *at++ = 0;
    while (*strings) {
        usize n = strlen(strings) + 1;

        memcpy(at, strings, n);
        at += n;
        strings += n;
    }
    *at++ = 0;
    structures++;
    largest = MAX(largest, (u32)(at - start));
}

static void add_bios(void)
{
    struct smbios_bios s = {
        .h = { SMBIOS_BIOS, sizeof(s), 0 }, .vendor = 1, .version = 2, .date = 3, .start_segment = 0xF000,
        .characteristics = SMBIOS_BIOS_UNSUPPORTED, .extension = { 0, SMBIOS_BIOS_EXT2_VM },
        .major = 1, .minor = 0, .ec_major = 0xFF, .ec_minor = 0xFF,
    };
    add(&s, VENDOR "\0" BIOS_VERSION "\0" BIOS_DATE "\0");
}

static void add_system(void)
{
    struct smbios_system s = { .h = { SMBIOS_SYSTEM, sizeof(s), 0x0100 }, .manufacturer = 1, .product = 2, .wake_up = 6 };
    struct smbios_chassis c = {
        .h = { SMBIOS_CHASSIS, sizeof(c), 0x0300 }, .manufacturer = 1, .type = OTHER,
        .bootup = 3, .power = 3, .thermal = 3, .security = UNKNOWN,
    };
    char names[64] = VENDOR;
    usize n = strlen(platform.name);

    memcpy(names + sizeof(VENDOR), platform.name, MIN(n, sizeof(names) - sizeof(VENDOR) - 2));
    add(&s, names);
    add(&c, VENDOR "\0");
}

static void add_processors(void)
{
    for (u16 i = 0; i < platform.cpus; i++) {
        struct smbios_processor s = {
            .h = { SMBIOS_PROCESSOR, sizeof(s), (u16)(0x0400 + i) }, .socket = 1, .type = 3, .family = UNKNOWN,
            .manufacturer = 2, .status = 0x41, .upgrade = OTHER, .l1 = 0xFFFF, .l2 = 0xFFFF, .l3 = 0xFFFF,
            .cores = 1, .enabled = 1, .threads = 1, .family2 = UNKNOWN,
        };
        u32 ebx, ecx = 0, leaf = 1;

        asm volatile("cpuid" : "+a"(leaf), "=b"(ebx), "+c"(ecx), "=d"(((u32 *)&s.id)[1]));
        ((u32 *)&s.id)[0] = leaf;
        add(&s, "CPU\0" VENDOR "\0");
    }
}

/* Bytes of RAM, the holes below 1 MiB and our own reservations counted in. */
static u64 installed(void)
{
    return (u64)ram_low_top + ram_high_top - FOUR_GIB;
}

static void add_memory_map(u16 handle, u64 start, u64 end)
{
    bool wide = end > (u64)~0u * KIB;
    struct smbios_memory_map s = {
        .h = { SMBIOS_MEMORY_MAP, sizeof(s), handle }, .array = HANDLE_ARRAY, .width = 1,
        .start_kb = wide ? ~0u : (u32)(start / KIB), .end_kb = wide ? ~0u : (u32)(end / KIB - 1),
        .start = wide ? start : 0, .end = wide ? end - 1 : 0,
    };
    add(&s, "");
}

static void add_memory(void)
{
    u64 size = installed();
    u32 mb = (u32)(size / MIB);
    struct smbios_memory_array array = {
        .h = { SMBIOS_MEMORY_ARRAY, sizeof(array), HANDLE_ARRAY }, .location = OTHER, .use = 3, .correction = 3,
        .capacity_kb = 0x80000000u, .extended_capacity = size, .error_handle = NO_HANDLE, .devices = 1,
    };
    struct smbios_memory_device device = {
        .h = { SMBIOS_MEMORY_DEVICE, sizeof(device), 0x1100 }, .array = HANDLE_ARRAY, .error_handle = NO_HANDLE,
        .total_width = 0xFFFF, .data_width = 0xFFFF, .size_mb = (u16)MIN(mb, (u32)SIZE_IN_EXTENDED),
        .extended_size = mb >= SIZE_IN_EXTENDED ? mb : 0, .form = 9, .locator = 1, .type = 7, .detail = OTHER << 1,
    };

    add(&array, "");
    add(&device, "DIMM 0\0");
    add_memory_map(0x1300, 0, (u64)ram_low_top);
    if (ram_high_top > FOUR_GIB)
        add_memory_map(0x1301, FOUR_GIB, ram_high_top);
}

static void add_end(void)
{
    struct smbios_boot b = { .h = { SMBIOS_BOOT, sizeof(b), 0x2000 } };
    struct smbios_header end = { SMBIOS_END, sizeof(end), 0x7F00 };

    add(&b, "");
    add(&end, "");
}

/* Walk structures that are there already, for the counts of the entry point; true if type 0 is among them. */
static bool count_structures(const u8 *p, const u8 *end)
{
    bool bios = false;

    while (p + sizeof(struct smbios_header) <= end) {
        const struct smbios_header *h = (const void *)p;
        const u8 *start = p;

        bios |= h->type == SMBIOS_BIOS;
        p += h->length;
        while (p + 1 < end && (p[0] || p[1]))
            p++;
        p += 2;
        structures++;
        largest = MAX(largest, (u32)(p - start));
        if (h->type == SMBIOS_END)
            break;
    }
    return bios;
}

static bool take_from_fwcfg(void)
{
    u16 key;
    u32 size = platform.fwcfg ? fwcfg_find("etc/smbios/smbios-tables", &key) : 0;
    u8 *tables;

    if (!size || size > AREA_SIZE - 512)
        return false;
    tables = area + 512;                       /* leaves room for a BIOS structure in front */
    fwcfg_read(key, tables, size);
    if (!count_structures(tables, tables + size))
        add_bios();
    memmove(at, tables, size);
    at += size;
    return true;
}

static void make_entry(struct smbios_entry *e)
{
    memcpy(e->anchor, "_SM_", 4);
    e->length = sizeof(*e);
    e->major = 2;
    e->minor = 8;
    e->max_structure = (u16)largest;
    memcpy(e->intermediate_anchor, "_DMI_", 5);
    e->table_length = (u16)(at - area);
    e->table = (u32)area;
    e->structures = (u16)structures;
    e->bcd_revision = 0x28;
    e->intermediate_checksum = checksum8((u8 *)e + SMBIOS_INTERMEDIATE_OFFSET, SMBIOS_INTERMEDIATE_SIZE);
    e->checksum = checksum8(e, sizeof(*e));
}

const char *smbios_build(void)
{
    struct smbios_entry *entry = fseg_take(sizeof(*entry), 16);
    bool given;

    area = (u8 *)memory_take(AREA_SIZE, 4096, E820_RESERVED);
    if (!entry || !area)
        return NULL;
    at = area;
    given = take_from_fwcfg();
    if (!given) {
        add_bios();
        add_system();
        add_processors();
        add_memory();
        add_end();
    }
    make_entry(entry);
    return given ? "2.8, structures by fw_cfg" : "2.8 of our own";
}
