/* SPDX-License-Identifier: BSD-2-Clause */
/* The map of what lies where, printed once before the BIOS starts. */
#include "loader.h"

static const char *type_name(u32 type)
{
    static const char *const names[] = { "?", "RAM", "reserved", "ACPI tables", "ACPI NVS", "unusable" };

    return type < ARRAY_SIZE(names) ? names[type] : names[0];
}

static void line(u64 base, u64 size, const char *what)
{
    if (size)
        print("  %010llx-%010llx  %s\n", base, base + size - 1, what);
}

void print_map(void)
{
    print("vmxloader: memory map\n");
    for (u32 i = 0; i < memory.count; i++)
        line(memory.range[i].base, memory.range[i].length, type_name(memory.range[i].type));
    print("vmxloader: what lies where\n");
    line(0xC0000, vga_bios_size, vga_bios);
    line(DMA_AREA_SEGMENT * 16, DMA_AREA_SIZE, "DMA area of the BIOS' drivers");
    line(0xF0000, HANDOFF_SIZE, "handoff");
    line(0xF0000 + TABLES_OFFSET, TABLES_SIZE, "tables an OS scans for");
    line(0xF0000 + TABLES_OFFSET + TABLES_SIZE, 0x10000 - TABLES_OFFSET - TABLES_SIZE, "rombios");
    line(high_memory_base, high_memory_size, "high memory of PMM");
    line(ramdisk_base, ramdisk_size, "RAM disk");
}
