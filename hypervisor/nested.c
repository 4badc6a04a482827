/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The guest-physical map: identity, but for our own memory, behind which the guest finds one scratch page. In its own world,
 * when vmxassist does not run, a second root leads through four tables of its own to vmxassist's pages, which are read-only there.
 * EPT (Intel SDM vol. 3C, 29.3) or AMD's nested tables (APM vol. 2, 15.25), which are ordinary ones. EPT overrides
 * the MTRRs, so its leaves carry the memory type; under NPT the MTRRs go on counting.
 */
#include "hypervisor.h"
#include "lock.h"
#include "hw/paging.h"
#include "hw/vmx.h"
#include "hw/msr.h"
#include "mtrr.h"

#define TABLE_ENTRIES  512
#define ASSIST_PAGES   ((VMX_ASSIST_LIMIT - VMX_ASSIST_BASE) / PAGE_SIZE)
#define VIDEO_BASE     0xA0000
#define VIDEO_END      0xC0000

static struct mtrr mtrr;
static struct {
    bool ept;
    u64 *root, *pdpt;
    u8 *scratch;
} map;
static struct {
    u64 *root, *pdpt, *directory, *table;
    u8 *copy;                /* what the guest has instead once it wrote there */
    bool unshared;           /* it did */
} shield;
u32 nested_generation;

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

/* Memory type for a leaf of `size`, or MTRR_MIXED. */
static u8 type_of(paddr at, u64 size)
{
    if (!map.ept)
        return MTRR_WB;
    if (mtrr.enabled)
        return mtrr_type(&mtrr, at, size);
    return is_ram(at) ? MTRR_WB : MTRR_UC;      /* until the guest has set its MTRRs up */
}

static u64 leaf(paddr at, bool large, u8 type)
{
    if (map.ept)
        return at | EPT_RWX | EPT_TYPE(type) | (large ? EPT_LARGE : 0);
    return at | PTE_US | PTE_RW | PTE_P | (large ? PTE_PS : 0);
}

/* Our own 4 KiB pages lead to the scratch page: reads give what was last written there, as on an open bus. */
static u64 small_leaf(paddr at)
{
    u8 type = type_of(at, PAGE_SIZE);

    if (at >= hv.base && at < hv.base + hv.size)
        at = physical(map.scratch);
    return leaf(at, false, type);
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
        u8 type = type_of(at, LARGE_PAGE);
        table[i] = ours || at == 0 || type == MTRR_MIXED ? small_pages(at) : leaf(at, true, type);
    }
    return table_entry(table);
}

static u64 *table_at(u64 entry)
{
    return (u64 *)((entry & PTE_ADDRESS) - hv.base + HV_VIRTUAL);
}

/* The bit is that of EPT_WRITE too. */
static u64 shielded_leaf(u64 leaf, paddr at)
{
    if (!vmx_assist_has(at))
        return leaf;
    if (shield.unshared)
        return (leaf & ~PTE_ADDRESS) | physical(shield.copy + (at - VMX_ASSIST_BASE)) | PTE_RW;
    return leaf & ~PTE_RW;
}

/* The processors' next entries forget what they cached. */
static void outdate(void)
{
    __atomic_add_fetch(&nested_generation, 1, __ATOMIC_RELEASE);
}

/* After a change of the whole map. No entry is ever other than before or after. */
static void changed(void)
{
    const u64 *directory = table_at(map.pdpt[0]), *table = table_at(directory[0]);

    for (u64 i = 0; i < TABLE_ENTRIES; i++) {
        shield.table[i] = shielded_leaf(table[i], i * PAGE_SIZE);
        shield.directory[i] = i ? directory[i] : table_entry(shield.table);
        shield.pdpt[i] = i ? map.pdpt[i] : table_entry(shield.directory);
    }
    outdate();
}

u64 nested_root(bool shielded)
{
    return physical(shielded ? shield.root : map.root);
}

void nested_build(bool ept, bool large_1g)
{
    mtrr = (struct mtrr){ 0 };          /* as before the guest wrote them, also after a reset */
    map.ept = ept;
    map.root = page_alloc();
    map.pdpt = page_alloc();
    map.scratch = page_alloc();
    memset(map.scratch, 0xFF, PAGE_SIZE);
    map.root[0] = table_entry(map.pdpt);
    for (u64 gib = 0; gib < 4; gib++)
        map.pdpt[gib] = large_pages(gib * GIB);
    if (large_1g)
        for (u64 gib = 4; gib < TABLE_ENTRIES; gib++)
            map.pdpt[gib] = leaf(gib * GIB, true, type_of(gib * GIB, GIB));
    shield = (typeof(shield)){
        .root = page_alloc(), .pdpt = page_alloc(), .directory = page_alloc(), .table = page_alloc(), .copy = pages_alloc(ASSIST_PAGES)
    };
    shield.root[0] = table_entry(shield.pdpt);
    changed();
}

static struct lock map_lock;

/* Several processors may want the same GiB at once: who comes second finds it. */
bool nested_extend(paddr at)
{
    u64 gib = at / GIB;

    if (gib >= TABLE_ENTRIES)
        return false;
    lock(&map_lock);
    if (!map.pdpt[gib])
        shield.pdpt[gib] = map.pdpt[gib] = large_pages(gib * GIB);     /* nothing that could be cached was there */
    unlock(&map_lock);
    return true;
}

/* The entry of one 4 KiB page. Later than before the guest's first instruction only where it has one already. */
static u64 *small_entry(paddr at)
{
    u64 *entry = &table_at(map.pdpt[at / GIB])[at / LARGE_PAGE % TABLE_ENTRIES];

    if (*entry & PTE_PS)                /* EPT_LARGE is the same bit */
        *entry = small_pages(at & ~(LARGE_PAGE - 1));
    return &table_at(*entry)[at / PAGE_SIZE % TABLE_ENTRIES];
}

/* The types of one table's leaves, each `size` long; a leaf whose parts differ becomes a table. */
static void retype_table(u64 *table, paddr base, u64 size)
{
    for (unsigned i = 0; i < TABLE_ENTRIES; i++) {
        paddr at = base + i * size;
        u8 type;

        if (!table[i])
            continue;
        if (size > PAGE_SIZE && !(table[i] & EPT_LARGE)) {
            retype_table(table_at(table[i]), at, size / TABLE_ENTRIES);
            continue;
        }
        type = type_of(at, size);
        if (type == MTRR_MIXED)
            table[i] = size == GIB ? large_pages(at) : small_pages(at);
        else
            table[i] = (table[i] & ~EPT_TYPE(7)) | EPT_TYPE(type);
    }
}

/* With EPT the MTRRs do not count by themselves. A guest writes them on each of its processors, each of which comes here. */
void nested_retype(void)
{
    if (!map.ept || !map.pdpt)
        return;
    lock(&map_lock);
    mtrr_read(&mtrr);
    if (mtrr.enabled) {             /* else the guest is about to change them */
        retype_table(map.pdpt, 0, GIB);
        changed();
    }
    unlock(&map_lock);
}

/* The entry of one 4 KiB page, in both roots. */
static void set_small_entry(paddr at, u64 entry)
{
    *small_entry(at) = entry;
    if (at < LARGE_PAGE)
        shield.table[at / PAGE_SIZE] = shielded_leaf(entry, at);
    else if (at < GIB)
        shield.directory[at / LARGE_PAGE] = table_at(map.pdpt[0])[at / LARGE_PAGE];
    outdate();
}

void nested_alias_a20(bool off)
{
    for (u64 page = HMA_FIRST; page < HMA_FIRST + HMA_PAGES; page++)
        set_small_entry(page * PAGE_SIZE, (*small_entry(page * PAGE_SIZE) & ~PTE_ADDRESS) | (off ? page - HMA_FIRST : page) * PAGE_SIZE);
}

/* The identity page table of unpaged guests is ours, but their processor walks it. */
void nested_expose(const void *page)
{
    paddr at = physical(page);

    set_small_entry(at, at | (map.ept ? EPT_RWX | EPT_TYPE(MTRR_WB) : PTE_US | PTE_RW | PTE_P));
}

void nested_replace(paddr at, const void *page)
{
    set_small_entry(at, leaf(physical(page), false, MTRR_WB));
}

void nested_write_protect(paddr at)
{
    set_small_entry(at, *small_entry(at) & ~PTE_RW);
}

bool nested_unshare_assist(void)
{
    bool first;

    lock(&map_lock);
    first = !shield.unshared;
    for (paddr at = VMX_ASSIST_BASE; first && at < VMX_ASSIST_LIMIT; at += PAGE_SIZE)
        memcpy(shield.copy + (at - VMX_ASSIST_BASE), (void *)(GUEST_VIRTUAL + (*small_entry(at) & PTE_ADDRESS)), PAGE_SIZE);
    shield.unshared = true;
    changed();
    unlock(&map_lock);
    return first;
}
