/* SPDX-License-Identifier: BSD-2-Clause */
/* The memory map as a sorted list of ranges without overlaps: ACPI 6.4, chapter 15. */
#include "loader.h"

struct memory_map memory;

static void insert(struct memory_map *map, u32 at, u64 base, u64 end, u32 type)
{
    if (map->count == MAX_RANGES)
        fatal("memory map has more than %u ranges", MAX_RANGES);
    memmove(&map->range[at + 1], &map->range[at], (map->count - at) * sizeof(map->range[0]));
    map->range[at] = (struct e820_entry){ base, end - base, type };
    map->count++;
}

static void drop(struct memory_map *map, u32 at)
{
    map->count--;
    memmove(&map->range[at], &map->range[at + 1], (map->count - at) * sizeof(map->range[0]));
}

/* Cut [base, end) out of every range. */
static void cut(struct memory_map *map, u64 base, u64 end)
{
    for (u32 i = 0; i < map->count; i++) {
        struct e820_entry *r = &map->range[i];
        u64 r_end = r->base + r->length;

        if (r_end <= base || r->base >= end)
            continue;
        if (r->base < base) {
            r->length = base - r->base;
            if (r_end > end)
                insert(map, i + 1, end, r_end, r->type);
        } else if (r_end > end) {
            r->base = end;
            r->length = r_end - end;
        } else {
            drop(map, i--);
        }
    }
}

void map_set(struct memory_map *map, u64 base, u64 length, u32 type)
{
    u32 i = 0;

    if (!length)
        return;
    cut(map, base, base + length);
    while (i < map->count && map->range[i].base < base)
        i++;
    insert(map, i, base, base + length, type);
    for (i = 0; i + 1 < map->count;) {
        struct e820_entry *r = &map->range[i];

        if (r[0].type == r[1].type && r[0].base + r[0].length == r[1].base) {
            r[0].length += r[1].length;
            drop(map, i + 1);
        } else {
            i++;
        }
    }
}

u32 map_low_top(const struct memory_map *map)
{
    u32 top = 0;

    for (u32 i = 0; i < map->count; i++)
        if (map->range[i].type == E820_RAM && map->range[i].base < FOUR_GIB)
            top = (u32)MIN(map->range[i].base + map->range[i].length, FOUR_GIB - 1);
    return top;
}

u64 map_high_top(const struct memory_map *map)
{
    u64 top = FOUR_GIB;

    for (u32 i = 0; i < map->count; i++)
        if (map->range[i].type == E820_RAM && map->range[i].base >= FOUR_GIB)
            top = MAX(top, map->range[i].base + map->range[i].length);
    return top;
}

u32 memory_take(u32 size, u32 align, u32 type)
{
    extern const u8 loader_end[];

    for (u32 i = memory.count; i-- > 0;) {
        struct e820_entry *r = &memory.range[i];
        u64 floor = MAX(r->base, (u64)(usize)loader_end), base;

        if (r->type != E820_RAM || r->base + r->length > FOUR_GIB || r->length < size)
            continue;
        base = (r->base + r->length - size) & ~(u64)(align - 1);
        if (base < floor)
            continue;
        map_set(&memory, base, size, type);
        return (u32)base;
    }
    return 0;
}
