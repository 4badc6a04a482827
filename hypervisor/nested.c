/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The guest-physical map: identity, but for our own memory, behind which the guest finds one scratch page.
 * EPT (Intel SDM vol. 3C, 29.3) or AMD's nested tables (APM vol. 2, 15.25), which are ordinary ones. EPT overrides
 * the MTRRs, so its leaves carry the memory type; under NPT the MTRRs go on counting.
 */
#include "hypervisor.h"
#include "lock.h"
#include "hw/paging.h"
#include "hw/vmx.h"

#define TABLE_ENTRIES  512
#define VIDEO_BASE     0xA0000
#define VIDEO_END      0xC0000

static struct {
    bool ept;
    u64 *pdpt;
    u8 *scratch;
} map;

static u64 table_entry(const void *table)
{
    return physical(table) | (map.ept ? EPT_RWX : PTE_US | PTE_RW | PTE_P);
}

static bool is_ram(paddr at)
{
    if (at >= VIDEO_BASE && at < VIDEO_END)
        return false;
    return at < hv.low_top || (at >= FOUR_GIB && at < hv.high_top);
}

static u64 leaf(paddr at, bool large)
{
    if (map.ept)
        return at | EPT_RWX | (is_ram(at) ? EPT_WB : EPT_UC) | (large ? EPT_LARGE : 0);
    return at | PTE_US | PTE_RW | PTE_P | (large ? PTE_PS : 0);
}

/* Our own 4 KiB pages lead to the scratch page: reads give what was last written there, as on an open bus. */
static u64 small_leaf(paddr at)
{
    if (at >= hv.base && at < hv.base + hv.size)
        at = physical(map.scratch);
    return leaf(at, false);
}

static u64 small_pages(paddr base)
{
    u64 *table = page_alloc();

    for (unsigned i = 0; i < TABLE_ENTRIES; i++)
        table[i] = small_leaf(base + i * PAGE_SIZE);
    return table_entry(table);
}

static u64 large_pages(paddr base)
{
    u64 *table = page_alloc();

    for (unsigned i = 0; i < TABLE_ENTRIES; i++) {
        paddr at = base + i * LARGE_PAGE;
        bool ours = at < hv.base + hv.size && at + LARGE_PAGE > hv.base;
        table[i] = ours || at == 0 ? small_pages(at) : leaf(at, true);
    }
    return table_entry(table);
}

u64 nested_build(bool ept, bool large_1g)
{
    u64 *root = page_alloc();

    map.ept = ept;
    map.pdpt = page_alloc();
    map.scratch = page_alloc();
    memset(map.scratch, 0xFF, PAGE_SIZE);
    root[0] = table_entry(map.pdpt);
    for (u64 gib = 0; gib < 4; gib++)
        map.pdpt[gib] = large_pages(gib * GIB);
    if (large_1g)
        for (u64 gib = 4; gib < TABLE_ENTRIES; gib++)
            map.pdpt[gib] = leaf(gib * GIB, true);
    return physical(root);
}

/* Several processors may want the same GiB at once: who comes second finds it. */
bool nested_extend(paddr at)
{
    static struct lock map_lock;
    u64 gib = at / GIB;

    if (gib >= TABLE_ENTRIES)
        return false;
    lock(&map_lock);
    if (!map.pdpt[gib])
        map.pdpt[gib] = large_pages(gib * GIB);
    unlock(&map_lock);
    return true;
}

static u64 *table_at(u64 entry)
{
    return (u64 *)((entry & PTE_ADDRESS) - hv.base + HV_VIRTUAL);
}

/* The entry of one 4 KiB page. Only before the guest runs: no processor has it cached. */
static u64 *small_entry(paddr at)
{
    u64 *entry = &table_at(map.pdpt[at / GIB])[at / LARGE_PAGE % TABLE_ENTRIES];

    if (*entry & PTE_PS)                /* EPT_LARGE is the same bit */
        *entry = small_pages(at & ~(LARGE_PAGE - 1));
    return &table_at(*entry)[at / PAGE_SIZE % TABLE_ENTRIES];
}

/* The identity page table of unpaged guests is ours, but their processor walks it. */
void nested_expose(const void *page)
{
    paddr at = physical(page);

    *small_entry(at) = at | (map.ept ? EPT_RWX | EPT_WB : PTE_US | PTE_RW | PTE_P);
}

void nested_replace(paddr at, const void *page)
{
    *small_entry(at) = leaf(physical(page), false);
}

/* The bit is that of EPT_WRITE too. */
void nested_write_protect(paddr at)
{
    *small_entry(at) &= ~PTE_RW;
}
