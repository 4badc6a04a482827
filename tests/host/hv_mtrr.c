/* SPDX-License-Identifier: BSD-2-Clause */
/* hypervisor/mtrr.c and nested.c: EPT leaves have the types of the guest's MTRRs, lead where they should, and shield vmxassist. */
#include "hv_fake.h"
#include "hypervisor/mtrr.c"
#include "hypervisor/hypervisor.h"
#undef HV_VIRTUAL
#define HV_VIRTUAL ((u64)arena)

#undef GUEST_VIRTUAL
#define GUEST_VIRTUAL ((u64)low_memory)

#define ARENA      96
static u8 low_memory[1 << 20];
static _Alignas(4096) u8 arena[ARENA][4096];

#include "hypervisor/nested.c"

#define BASE       0x3E00000ull     /* of the hypervisor, whose pages lie in `arena` */
#define TOP        0x4000000ull

static u32 pages;
struct hv_start hv;
struct hvm_ops *hvm;

void *pages_alloc(unsigned n)
{
    pages += n;
    assert_true(pages <= ARENA);
    return memset(arena[pages - n], 0, n * sizeof(arena[0]));
}

void *page_alloc(void)
{
    return pages_alloc(1);
}

u64 physical(const void *ours)
{
    return (u64)ours - (u64)arena + BASE;
}

static u64 leaf_at(paddr at, u64 root)
{
    u64 entry = root;
    unsigned shift = 39;

    for (;; shift -= 9) {
        entry = ((u64 *)(arena[0] + (entry & PTE_ADDRESS) - BASE))[at >> shift & 0x1FF];
        if (shift == 12 || entry & EPT_LARGE || !entry)
            return entry;
    }
}

static u8 type_at(paddr at, u64 root)
{
    u64 entry = leaf_at(at, root);

    assert_int_equal(entry & EPT_RWX, EPT_RWX);
    return entry >> 3 & 7;
}

/* As vmxloader sets them: all write-back, A0000-BFFFF and 3 GiB upwards uncached. */
static void firmware_mtrrs(void)
{
    fake_msr_count = 0;
    fake_msr(MSR_MTRR_CAP, 0x508);
    fake_msr(MSR_MTRR_DEF_TYPE, MTRR_DEF_ENABLE | MTRR_DEF_FIXED | MTRR_WB);
    fake_msr(MSR_MTRR_FIX64K, 0x0606060606060606);
    fake_msr(MSR_MTRR_FIX16K_80, 0x0606060606060606);
    fake_msr(MSR_MTRR_FIX16K_A0, 0);
    for (u32 i = 0; i < 8; i++)
        fake_msr(MSR_MTRR_FIX4K_C0 + i, i == 4 ? 0x0505050505050505 : 0x0606060606060606);
    for (u32 i = 0; i < 16; i++)
        fake_msr(MSR_MTRR_PHYSBASE0 + i, 0);
    fake_msr(MSR_MTRR_PHYSBASE0, 0xC0000000 | MTRR_UC);
    fake_msr(MSR_MTRR_PHYSBASE0 + 1, 0xFC0000000 | MTRR_PHYSMASK_VALID);
}

static u64 built(bool large_1g)
{
    pages = 0;
    hv = (struct hv_start){ .base = BASE, .size = TOP - BASE, .low_top = TOP, .high_top = FOUR_GIB + GIB };
    fake_msr_count = 0;
    nested_build(true, large_1g);
    return nested_root(false);
}

static void types_of_ranges(void **state)
{
    struct mtrr m;

    firmware_mtrrs();
    mtrr_read(&m);
    assert_int_equal(mtrr_type(&m, 0x9F000, 4096), MTRR_WB);
    assert_int_equal(mtrr_type(&m, 0xB8000, 4096), MTRR_UC);
    assert_int_equal(mtrr_type(&m, 0xE0000, 4096), 5);
    assert_int_equal(mtrr_type(&m, 0xE8000, 4096), MTRR_WB);
    assert_int_equal(mtrr_type(&m, 0, LARGE_PAGE), MTRR_MIXED);
    assert_int_equal(mtrr_type(&m, 0x200000, LARGE_PAGE), MTRR_WB);
    assert_int_equal(mtrr_type(&m, 0xC0000000, LARGE_PAGE), MTRR_UC);
    assert_int_equal(mtrr_type(&m, 3 * GIB, GIB), MTRR_UC);
    assert_int_equal(mtrr_type(&m, 5 * GIB, GIB), MTRR_WB);
    fake_msr(MSR_MTRR_PHYSBASE0 + 2, 0xE0000000 | MTRR_WC);
    fake_msr(MSR_MTRR_PHYSBASE0 + 3, 0xFFF000000 | MTRR_PHYSMASK_VALID);
    mtrr_read(&m);
    assert_int_equal(mtrr_type(&m, 0xE0000000, LARGE_PAGE), MTRR_UC);     /* UC wins where both are */
    assert_int_equal(mtrr_type(&m, 3 * GIB, GIB), MTRR_MIXED);
    fake_msr(MSR_MTRR_DEF_TYPE, MTRR_WB);
    mtrr_read(&m);
    assert_int_equal(mtrr_type(&m, 0x200000, LARGE_PAGE), MTRR_UC);       /* all switched off */
}

static void overlapping_ranges(void **state)
{
    assert_int_equal(combine(MTRR_WB, MTRR_WT), MTRR_WT);
    assert_int_equal(combine(MTRR_WB, MTRR_WB), MTRR_WB);
    assert_int_equal(combine(MTRR_WC, MTRR_WB), MTRR_UC);
}

static void map_before_mtrrs(void **state)
{
    u64 root = built(false);

    assert_int_equal(type_at(0x100000, root), MTRR_WB);
    assert_int_equal(type_at(0xB8000, root), MTRR_UC);
    assert_int_equal(type_at(0xFEE00000, root), MTRR_UC);
    assert_int_equal(leaf_at(BASE, root) & PTE_ADDRESS, physical(map.scratch));
    assert_int_equal(leaf_at(TOP - 4096, root) & PTE_ADDRESS, physical(map.scratch));
    assert_int_equal(leaf_at(BASE - LARGE_PAGE, root) & PTE_ADDRESS, BASE - LARGE_PAGE);
    assert_int_equal(leaf_at(5 * GIB, root), 0);
    assert_true(nested_extend(5 * GIB + 123));
    assert_false(nested_extend(512 * GIB));
    assert_int_equal(leaf_at(5 * GIB, root) & PTE_ADDRESS, 5 * GIB);
}

static void map_follows_mtrrs(void **state)
{
    u64 root = built(true), entry;
    u32 before = nested_generation;

    firmware_mtrrs();
    fake_msr(MSR_MTRR_DEF_TYPE, MTRR_UC);
    nested_retype();
    assert_int_equal(type_at(0xE0000, root), MTRR_WB);   /* switched off for a moment: nothing changes */
    firmware_mtrrs();
    fake_msr(MSR_MTRR_PHYSBASE0 + 2, 0x140000000 | MTRR_WC);              /* 1 MiB at 5 GiB */
    fake_msr(MSR_MTRR_PHYSBASE0 + 3, 0xFFFF00000 | MTRR_PHYSMASK_VALID);
    nested_retype();
    assert_int_equal(nested_generation, before + 1);
    assert_int_equal(type_at(0xE0000, nested_root(true)), 5);
    assert_int_equal(type_at(0xE0000, root), 5);
    assert_int_equal(type_at(0xE8000, root), MTRR_WB);
    assert_int_equal(type_at(0xA0000, root), MTRR_UC);
    assert_int_equal(type_at(0x80000000, root), MTRR_WB);
    assert_int_equal(type_at(0xFEE00000, root), MTRR_UC);
    assert_int_equal(type_at(0x140000000, root), MTRR_WC);
    assert_int_equal(type_at(0x140100000, root), MTRR_WB);
    entry = leaf_at(0x140000000, root);               /* a GiB became tables, and its first 2 MiB too */
    assert_int_equal(entry & EPT_LARGE, 0);
    assert_int_equal(entry & PTE_ADDRESS, 0x140000000);
    assert_true(leaf_at(0x140200000, root) & EPT_LARGE);
    assert_int_equal(leaf_at(BASE, root) & PTE_ADDRESS, physical(map.scratch));
}

/* In the guest's own world vmxassist's pages are read-only, until it writes there; then they are a copy. */
static void shielded_assist(void **state)
{
    u64 root = built(false), shielded = nested_root(true), leaf;

    low_memory[0xD1234] = 0x5A;
    assert_int_equal(leaf_at(0xCF000, shielded), leaf_at(0xCF000, root));
    assert_int_equal(leaf_at(0xE0000, shielded), leaf_at(0xE0000, root));
    assert_int_equal(leaf_at(0x200000, shielded), leaf_at(0x200000, root));
    for (paddr at = VMX_ASSIST_BASE; at < VMX_ASSIST_LIMIT; at += PAGE_SIZE)
        assert_int_equal(leaf_at(at, shielded), leaf_at(at, root) & ~(u64)PTE_RW);
    assert_true(nested_extend(5 * GIB));
    assert_int_equal(leaf_at(5 * GIB, shielded), leaf_at(5 * GIB, root));
    nested_alias_a20(true);
    assert_int_equal(leaf_at(0x101000, shielded) & PTE_ADDRESS, 0x1000);
    assert_true(nested_unshare_assist());
    assert_false(nested_unshare_assist());
    leaf = leaf_at(0xD1000, shielded);
    assert_int_equal(leaf & EPT_RWX, EPT_RWX);
    assert_int_equal(((u8 *)arena[0])[(leaf & PTE_ADDRESS) - BASE + 0x234], 0x5A);
    assert_int_equal(leaf_at(0xD1000, root) & PTE_ADDRESS, 0xD1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(types_of_ranges), cmocka_unit_test(overlapping_ranges), cmocka_unit_test(map_before_mtrrs),
        cmocka_unit_test(map_follows_mtrrs), cmocka_unit_test(shielded_assist),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
