/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SMBIOS 2.8 (DMTF DSP0134): QEMU's structures from fw_cfg with a BIOS structure put before them,
 * or our own set where there are none.
 */
#include "tables.h"
#include "hw/cpuid.h"
#include "spec/smbios.h"

#define AREA_SIZE    (16 * KIB)
#define MAX_STRINGS  2048
#define MAX_OEM      99
#define UNKNOWN      2             /* in most enumerations of chapter 7 */
#define OTHER        1
#define HANDLE_ARRAY 0x1000
#define HANDLE_CHASSIS 0x0300
#define NO_HANDLE    0xFFFE
#define SIZE_IN_EXTENDED  0x7FFF   /* type 17: size is in the extended field */

static u8 *area, *at;
static u32 structures, largest;
static bool made[256];

/* The strings of the structure to be added next: one behind the other, each with its 0 byte. */
static char strings[MAX_STRINGS];
static u32 string_bytes;
static u8 string_count;

/* Number of a string that the next structure has; 0 for none. */
static u8 string(const char *text)
{
    usize n = strlen(text) + 1;

    if (n == 1 || string_bytes + n >= MAX_STRINGS)
        return 0;
    memcpy(strings + string_bytes, text, n);
    string_bytes += n;
    return ++string_count;
}

/* The structure of this kind that the VMM passed, NULL if none. */
static const struct smbios_header *passed(u8 type, u32 *size)
{
    const struct smbios_header *h = NULL;

    while ((h = xen_smbios_next(h, size)) && h->type != type)
        ;
    return h;
}

/* Append `length` bytes of a structure and `more` bytes of strings, which end with an empty one. */
static void append(const void *structure, u32 length, const char *text, u32 more)
{
    if (at + length + more > area + AREA_SIZE)
        return;
    memcpy(at, structure, length);
    memcpy(at + length, text, more);
    at += length + more;
    structures++;
    largest = MAX(largest, length + more);
}

/* Append a structure with the strings that were made for it, or the one that the VMM passed in its place. */
static void add(const void *structure)
{
    const struct smbios_header *h = structure, *theirs;
    u32 size;

    made[h->type] = true;
    theirs = passed(h->type, &size);
    if (theirs) {
        struct smbios_header *copy = (void *)at;

        append(theirs, size, strings, 0);
        if ((u8 *)copy != at)
            copy->handle = h->handle;          /* others of ours point to it */
    } else {
        append(structure, h->length, strings, MAX(string_bytes, 1u) + 1);
    }
    memset(strings, 0, sizeof(strings));
    string_bytes = 0;
    string_count = 0;
}

static void add_bios(void)
{
    struct smbios_bios s = {
        .h = { SMBIOS_BIOS, sizeof(s), 0 }, .vendor = string(xen_string("bios-vendor", "Xen", VENDOR)),
        .version = string(xen_string("bios-version", XEN_STRING_VERSION, BIOS_VERSION)), .date = string(BIOS_DATE), .start_segment = 0xF000,
        .characteristics = SMBIOS_BIOS_UNSUPPORTED, .extension = { 0, SMBIOS_BIOS_EXT2_VM },
        .major = 1, .minor = 0, .ec_major = 0xFF, .ec_minor = 0xFF,
    };
    add(&s);
}

static void add_system(void)
{
    struct smbios_system s = {
        .h = { SMBIOS_SYSTEM, sizeof(s), 0x0100 }, .wake_up = 6,
        .manufacturer = string(xen_string("system-manufacturer", "Xen", VENDOR)),
        .product = string(xen_string("system-product-name", "HVM domU", platform.name)),
        .version = string(xen_string("system-version", XEN_STRING_VERSION, "")),
        .serial = string(xen_string("system-serial-number", XEN_STRING_UUID, "")),
    };

    xen_uuid(s.uuid);
    add(&s);
}

/* Only where the VMM names it. */
static void add_board(void)
{
    struct smbios_board s = {
        .h = { SMBIOS_BOARD, sizeof(s), 0x0200 }, .chassis = HANDLE_CHASSIS, .type = SMBIOS_BOARD_MOTHER,
        .manufacturer = string(xen_string("baseboard-manufacturer", "", "")),
        .product = string(xen_string("baseboard-product-name", "", "")),
        .version = string(xen_string("baseboard-version", "", "")),
        .serial = string(xen_string("baseboard-serial-number", "", "")),
        .asset = string(xen_string("baseboard-asset-tag", "", "")),
        .location = string(xen_string("baseboard-location-in-chassis", "", "")),
    };

    if (string_count)
        add(&s);
}

static void add_chassis(void)
{
    struct smbios_chassis c = {
        .h = { SMBIOS_CHASSIS, sizeof(c), HANDLE_CHASSIS }, .type = OTHER,
        .manufacturer = string(xen_string("enclosure-manufacturer", "Xen", VENDOR)),
        .serial = string(xen_string("enclosure-serial-number", "", "")),
        .asset = string(xen_string("enclosure-asset-tag", "", "")),
        .bootup = 3, .power = 3, .thermal = 3, .security = UNKNOWN,
    };

    add(&c);
}

static void add_oem_strings(void)
{
    struct smbios_oem s = { .h = { SMBIOS_OEM, sizeof(s), 0x0B00 } };

    for (u32 i = 1; i <= MAX_OEM; i++) {
        char key[] = { 'o', 'e', 'm', '-', (char)('0' + i / 10), (char)('0' + i % 10), 0 };

        if (i < 10)
            memmove(key + 4, key + 5, 2);
        if (!string(xen_string(key, i == 1 ? "Xen" : "", "")))
            break;
    }
    s.count = string_count;
    if (s.count)
        add(&s);
}

static void add_processors(void)
{
    for (u16 i = 0; i < platform.cpus; i++) {
        struct smbios_processor s = {
            .h = { SMBIOS_PROCESSOR, sizeof(s), (u16)(0x0400 + i) }, .type = 3, .family = UNKNOWN,
            .status = 0x41, .upgrade = OTHER, .l1 = 0xFFFF, .l2 = 0xFFFF, .l3 = 0xFFFF,
            .cores = 1, .enabled = 1, .threads = 1, .family2 = UNKNOWN,
        };
        struct cpuid own = cpuid(1, 0);

        s.id = (u64)own.d << 32 | own.a;
        s.socket = string("CPU");
        s.manufacturer = string(VENDOR);
        add(&s);
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
    add(&s);
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
        .extended_size = mb >= SIZE_IN_EXTENDED ? mb : 0, .form = 9, .locator = string("DIMM 0"), .type = 7, .detail = OTHER << 1,
    };

    add(&device);                              /* first: the string is its */
    add(&array);
    add_memory_map(0x1300, 0, (u64)ram_low_top);
    if (ram_high_top > FOUR_GIB)
        add_memory_map(0x1301, FOUR_GIB, ram_high_top);
}

/* What the VMM passed beyond our own set. */
static void add_passed(void)
{
    const struct smbios_header *h = NULL;
    u32 size;

    while ((h = xen_smbios_next(h, &size)))
        if (!made[h->type])
            append(h, size, strings, 0);
}

static void add_end(void)
{
    struct smbios_boot b = { .h = { SMBIOS_BOOT, sizeof(b), 0x2000 } };
    struct smbios_header end = { SMBIOS_END, sizeof(end), 0x7F00 };

    add(&b);
    add(&end);
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
        add_board();
        add_chassis();
        add_processors();
        add_oem_strings();
        add_memory();
        add_passed();
        add_end();
    }
    make_entry(entry);
    return given ? "2.8, structures by fw_cfg" : "2.8 of our own";
}
