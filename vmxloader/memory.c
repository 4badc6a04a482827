/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where the RAM is: from QEMU's etc/e820, else from the boot loader's map, else from CMOS.
 * Then what a PC reports below 1 MiB and what we keep for ourselves: docs/memory-map.md.
 */
#include "loader.h"
#include "abi/partition.h"
#include "hw/cmos.h"

#define EBDA_BASE         0x9F800u     /* 2 KiB below 640 KiB: INT 12h reports 638 */
#define VIDEO_BASE        0xA0000u
#define ROM_TOP           0x100000u
#define IOAPIC_BASE       0xFEC00000u
#define LAPIC_BASE        0xFEE00000u
#define CHIP_WINDOW       0x1000u
#define ROM_WINDOW        0xFFFC0000u  /* firmware flash below 4 GiB */

/* RAM that PMM hands to option ROMs for good. Small machines give a 16th of what they have. */
#define HIGH_MEMORY_MAX   (4 * MIB)

u32 ram_low_top;
u64 ram_high_top;
u32 ramdisk_base, ramdisk_size, high_memory_base, high_memory_size;

static void from_fwcfg(u32 size, u16 key)
{
    struct e820_entry list[MAX_BOOT_MAP];
    u32 count = MIN(size / sizeof(list[0]), MAX_BOOT_MAP);

    fwcfg_read(key, list, count * sizeof(list[0]));
    for (u32 i = 0; i < count; i++)
        map_set(&memory, list[i].base, list[i].length, list[i].type);
}

static void from_boot_loader(void)
{
    for (u32 i = 0; i < boot.map_count; i++)
        map_set(&memory, boot.map[i].base, boot.map[i].length, boot.map[i].type);
}

static void from_cmos(void)
{
    u32 above_16m = cmos_read(CMOS_MEM16_LOW) | cmos_read(CMOS_MEM16_HIGH) << 8;
    u32 above_1m = cmos_read(CMOS_EXT_MEM_LOW) | cmos_read(CMOS_EXT_MEM_HIGH) << 8;
    u32 above_4g = cmos_read(CMOS_MEM4G_LOW) | cmos_read(CMOS_MEM4G_MID) << 8 | cmos_read(CMOS_MEM4G_HIGH) << 16;
    u64 top = above_16m ? 16 * MIB + (u64)above_16m * 64 * KIB : MIB + (u64)above_1m * KIB;

    map_set(&memory, 0, top, E820_RAM);
    map_set(&memory, FOUR_GIB, (u64)above_4g * 64 * KIB, E820_RAM);
}

static const char *find_ram(void)
{
    u16 key;
    u32 size = platform.fwcfg ? fwcfg_find("etc/e820", &key) : 0;

    if (platform.machine == MACHINE_XEN && xen_find_ram())
        return "Xen";
    if (size) {
        from_fwcfg(size, key);
        return "fw_cfg";
    }
    if (boot.map_count) {
        from_boot_loader();
        return boot.protocol;
    }
    from_cmos();
    return "CMOS";
}

/* The hypervisor that runs us keeps memory which the machine's own map shows as RAM. */
static void leave_partition_memory(void)
{
    struct partition p;

    if (partition_probe(&p))
        map_set(&memory, p.base, p.size, E820_RESERVED);
}

static void take_ramdisk(void)
{
    if (!boot.module_size)
        return;
    ramdisk_size = boot.module_size;
    ramdisk_base = memory_take(ALIGN_UP(ramdisk_size, 4096), 4096, E820_RESERVED);
    if (!ramdisk_base)
        fatal("no room for a RAM disk of %u bytes", ramdisk_size);
    memmove((void *)ramdisk_base, (void *)boot.module_base, ramdisk_size);
}

void setup_memory(void)
{
    const char *source = find_ram();

    map_set(&memory, 0, EBDA_BASE, E820_RAM);
    map_set(&memory, EBDA_BASE, VIDEO_BASE - EBDA_BASE, E820_RESERVED);
    map_set(&memory, VIDEO_BASE, ROM_TOP - VIDEO_BASE, E820_RESERVED);
    ram_low_top = map_low_top(&memory);
    ram_high_top = map_high_top(&memory);
    print("vmxloader: RAM to %08x, above 4 GiB to %llx, by %s\n", ram_low_top, ram_high_top, source);
    leave_partition_memory();
    take_ramdisk();
    map_set(&memory, IOAPIC_BASE, CHIP_WINDOW, E820_RESERVED);
    map_set(&memory, LAPIC_BASE, CHIP_WINDOW, E820_RESERVED);
    map_set(&memory, ROM_WINDOW, FOUR_GIB - ROM_WINDOW, E820_RESERVED);
}

/* The last to take memory: the area lies next to the RAM below, which POST gives the unused part back to. */
void setup_high_memory(void)
{
    high_memory_size = MIN(HIGH_MEMORY_MAX, ram_low_top / 16) & ~(MIB - 1);
    high_memory_base = memory_take(high_memory_size, 4096, E820_RESERVED);
}
