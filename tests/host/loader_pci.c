/* SPDX-License-Identifier: BSD-2-Clause */
/* vmxloader/pci_assign.c: BARs and windows are aligned, inside their bridge's window, and never overlap. */
#include "fake_pci.h"
#include "lib/pci_config.c"
#include "vmxloader/pci_assign.c"
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

struct pci_function pci_functions[MAX_PCI_FUNCTIONS];
u32 pci_count;
struct platform platform = { .device_window = DEVICE_WINDOW, .device_top = DEVICE_TOP };
u32 ram_low_top;
u64 ram_high_top;

void print(const char *format, ...) { }
void fatal(const char *format, ...) { abort(); }
u32 fwcfg_find(const char *name, u16 *key) { return 0; }
void fwcfg_read(u16 key, void *to, u32 length) { }

static void machine(u32 low_top, u64 high_top)
{
    memset(pci_functions, 0, sizeof(pci_functions));
    memset(fake_config, 0, sizeof(fake_config));
    pci_count = 0;
    ram_low_top = low_top;
    ram_high_top = high_top;
}

static struct pci_function *add_function(s16 parent, u8 bus, u8 device)
{
    struct pci_function *f = &pci_functions[pci_count++];

    f->bdf = PCI_BDF(bus, device, 0);
    f->parent = parent;
    return f;
}

static struct pci_function *add_bridge(s16 parent, u8 bus, u8 device, u8 secondary, bool wide)
{
    struct pci_function *f = add_function(parent, bus, device);

    f->header = PCI_HEADER_BRIDGE;
    f->secondary = f->subordinate = secondary;
    fake_config[f->bdf][PCI_PREF_BASE] = wide ? PCI_PREF_64 : 0;
    return f;
}

static void bar(struct pci_function *f, u32 index, u8 kind, u64 size)
{
    f->bar[index] = (struct pci_resource){ .kind = kind, .reg = (u8)(PCI_BAR0 + 4 * index),
                                           .wide = kind == RESOURCE_MEM64, .size = size, .align = size };
}

/* Everything on one bus: aligned, disjoint, and inside what the bridge above passes on. */
static void check_bus(s16 parent)
{
    for (u8 kind = RESOURCE_IO; kind < RESOURCE_KINDS; kind++) {
        struct bus_list list;

        collect(&list, parent, kind);
        for (u32 i = 0; i < list.count; i++) {
            const struct pci_resource *r = list.item[i];

            assert_int_equal(r->base % r->align, 0);
            if (parent >= 0) {
                const struct pci_resource *w = &pci_functions[parent].window[kind];

                assert_true(r->base >= w->base && r->base + r->size <= w->base + w->size);
            }
            for (u32 j = 0; j < i; j++)
                assert_true(r->base >= list.item[j]->base + list.item[j]->size || list.item[j]->base >= r->base + r->size);
        }
    }
}

static u32 config32(const struct pci_function *f, u8 reg)
{
    u32 v;

    memcpy(&v, &fake_config[f->bdf][reg], 4);
    return v;
}

static void sorted_by_size(void **state)
{
    struct pci_function *f;

    machine(128 * MIB, FOUR_GIB);
    f = add_function(-1, 0, 2);
    bar(f, 0, RESOURCE_MEM, 4 * KIB);
    bar(f, 1, RESOURCE_MEM, 16 * MIB);
    bar(f, 2, RESOURCE_IO, 32);
    pci_assign();
    check_bus(-1);
    assert_int_equal(config32(f, PCI_BAR0 + 4), 0xC0000000);
    assert_int_equal(config32(f, PCI_BAR0), 0xC1000000);
    assert_int_equal(config32(f, PCI_BAR0 + 8), 0xC000);
}

static void wide_bars_move_up_when_they_must(void **state)
{
    struct pci_function *f;

    machine(3u * GIB, 5ull * GIB);
    f = add_function(-1, 0, 2);
    bar(f, 0, RESOURCE_MEM64, 8ull * GIB);
    pci_assign();
    assert_int_equal(f->bar[0].base, 8ull * GIB);
    assert_int_equal(config32(f, PCI_BAR0 + 4), 2);
    assert_int_equal(pci_high.base, 8ull * GIB);
    assert_int_equal(pci_high.size, 8ull * GIB);
    machine(3u * GIB, 5ull * GIB);
    f = add_function(-1, 0, 2);
    bar(f, 0, RESOURCE_MEM64, 256 * MIB);
    pci_assign();
    assert_true(f->bar[0].base + f->bar[0].size <= DEVICE_TOP);
}

static void what_is_too_large_is_left_out(void **state)
{
    machine(3u * GIB, FOUR_GIB);
    add_bridge(-1, 0, 4, 1, false);
    bar(add_function(0, 1, 2), 0, RESOURCE_MEM64, 1024 * MIB);        /* 32 bits' behind that bridge */
    bar(add_function(-1, 0, 3), 0, RESOURCE_MEM, 256 * MIB);
    bar(&pci_functions[2], 1, RESOURCE_MEM, 4 * KIB);
    pci_assign();
    assert_true(pci_functions[1].memory_off);
    assert_int_equal(pci_functions[1].bar[0].kind, RESOURCE_NONE);
    assert_int_equal(pci_functions[0].window[RESOURCE_MEM].size, 0);
    assert_false(pci_functions[2].memory_off);
    assert_int_equal(pci_functions[2].bar[0].base, 3u * GIB);
    for (s16 parent = -1; parent < 1; parent++)
        check_bus(parent);
}

static void bridges(void **state)
{
    struct pci_function *bridge, *old;

    machine(128 * MIB, FOUR_GIB);
    bridge = add_bridge(-1, 0, 4, 1, true);
    bar(add_function(0, 1, 0), 0, RESOURCE_MEM64, 64 * MIB);
    bar(&pci_functions[1], 2, RESOURCE_MEM, 4 * KIB);
    bar(&pci_functions[1], 3, RESOURCE_IO, 64);
    old = add_bridge(0, 1, 3, 2, false);
    bar(add_function(2, 2, 0), 0, RESOURCE_MEM64, 2 * MIB);
    pci_assign();
    for (s16 parent = -1; parent < 3; parent++)
        check_bus(parent);
    assert_int_equal(pci_functions[3].bar[0].kind, RESOURCE_MEM);     /* no 64-bit window above it */
    assert_int_equal(old->window[RESOURCE_MEM64].size, 0);
    assert_int_equal(fake_config[old->bdf][PCI_IO_BASE], 0xF0);       /* closed: base above limit */
    assert_int_equal(fake_config[old->bdf][PCI_IO_LIMIT], 0);
    assert_int_equal(fake_config[bridge->bdf][PCI_IO_BASE], 0xC0);
}

static void random_machines(void **state)
{
    bool wide[4];

    srand(1);
    for (int round = 0; round < 300; round++) {
        machine(128 * MIB, FOUR_GIB);
        for (u8 b = 0; b < 4; b++)
            add_bridge(b ? (s16)(rand() % b) : -1, b, b, (u8)(b + 1), rand() & 1);
        for (u8 d = 0; d < 20; d++) {
            struct pci_function *f = add_function((s16)(rand() % 5 - 1), 9, d);

            for (u32 i = 0; i < 5; i += 2)
                bar(f, i, (u8)(RESOURCE_IO + rand() % 3), 0);
            for (u32 i = 0; i < 5; i += 2)
                f->bar[i].size = f->bar[i].align = f->bar[i].kind == RESOURCE_IO ? 16u << rand() % 4 : 4096ull << rand() % 11;
        }
        for (s16 b = 0; b < 4; b++)
            wide[b] = wide_path(b);          /* what is written there later hides it */
        pci_assign();
        for (s16 parent = -1; parent < 4; parent++) {
            check_bus(parent);
            assert_true(parent < 0 || wide[parent] || pci_functions[parent].window[RESOURCE_MEM64].size == 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sorted_by_size), cmocka_unit_test(wide_bars_move_up_when_they_must),
        cmocka_unit_test(what_is_too_large_is_left_out), cmocka_unit_test(bridges), cmocka_unit_test(random_machines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
