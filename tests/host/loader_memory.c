/* SPDX-License-Identifier: BSD-2-Clause */
/* vmxloader/memory_map.c: ranges stay sorted, joined and without overlaps, and memory is taken from the top. */
#include "vmxloader/memory_map.c"
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

const u8 loader_end[1];   /* the linker script sets it in the loader */

void fatal(const char *format, ...)
{
    fail_msg("fatal: %s", format);
    abort();
}

static void expect(const struct memory_map *map, const struct e820_entry *want, u32 count)
{
    assert_int_equal(map->count, count);
    for (u32 i = 0; i < count; i++) {
        assert_int_equal(map->range[i].base, want[i].base);
        assert_int_equal(map->range[i].length, want[i].length);
        assert_int_equal(map->range[i].type, want[i].type);
    }
}

static void neighbours_join(void **state)
{
    struct memory_map map = { 0 };
    const struct e820_entry want[] = { { 0, 0x3000, E820_RAM } };

    map_set(&map, 0x1000, 0x1000, E820_RAM);
    map_set(&map, 0x2000, 0x1000, E820_RAM);
    map_set(&map, 0, 0x1000, E820_RAM);
    expect(&map, want, 1);
}

static void later_wins(void **state)
{
    struct memory_map map = { 0 };
    const struct e820_entry want[] = {
        { 0, 0x1000, E820_RAM }, { 0x1000, 0x1000, E820_RESERVED }, { 0x2000, 0x2000, E820_RAM },
    };

    map_set(&map, 0, 0x4000, E820_RAM);
    map_set(&map, 0x1000, 0x1000, E820_RESERVED);
    expect(&map, want, 3);
    map_set(&map, 0, 0x4000, E820_RAM);
    assert_int_equal(map.count, 1);
}

static void overlaps_are_cut(void **state)
{
    struct memory_map map = { 0 };
    const struct e820_entry want[] = {
        { 0x1000, 0x800, E820_RAM }, { 0x1800, 0x1000, E820_ACPI }, { 0x2800, 0x800, E820_NVS },
    };

    map_set(&map, 0x1000, 0x1000, E820_RAM);
    map_set(&map, 0x2000, 0x1000, E820_NVS);
    map_set(&map, 0x1800, 0x1000, E820_ACPI);
    map_set(&map, 0x5000, 0, E820_RAM);
    expect(&map, want, 3);
}

static void tops(void **state)
{
    struct memory_map map = { 0 };

    map_set(&map, 0, 3ull * GIB, E820_RAM);
    map_set(&map, 0xFEC00000, 0x1000, E820_RESERVED);
    assert_int_equal(map_low_top(&map), 3u * GIB);
    assert_int_equal(map_high_top(&map), FOUR_GIB);
    map_set(&map, FOUR_GIB, 5ull * GIB, E820_RAM);
    map_set(&map, 0xFD00000000, 0x300000000, E820_RESERVED);
    assert_int_equal(map_low_top(&map), 3u * GIB);
    assert_int_equal(map_high_top(&map), 9ull * GIB);
}

static void random_ranges(void **state)
{
    static u32 model[256];
    struct memory_map map = { 0 };

    srand(1);
    for (int round = 0; round < 20000; round++) {
        u32 base = (u32)rand() % 256, length = (u32)rand() % (257 - base), type = (u32)rand() % 5 + 1, covered = 0;

        if (map.count > MAX_RANGES - 3)
            base = 0, length = 256;
        map_set(&map, base, length, type);
        for (u32 i = 0; i < length; i++)
            model[base + i] = type;
        for (u32 i = 0; i < map.count; i++)
            for (u32 at = 0; at < map.range[i].length; at++, covered++)
                assert_int_equal(model[map.range[i].base + at], map.range[i].type);
        for (u32 i = 0; i < 256; i++)
            covered -= model[i] != 0;
        assert_int_equal(covered, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(neighbours_join), cmocka_unit_test(later_wins), cmocka_unit_test(overlaps_are_cut),
        cmocka_unit_test(tops), cmocka_unit_test(random_ranges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
