/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory as the core sees it: itself at HV_VIRTUAL, all physical memory at GUEST_VIRTUAL, the pool of free
 * pages behind the image, and the running guest's linear addresses by a walk of its page tables
 * (Intel SDM vol. 3A, chapter 4).
 */
#include "hypervisor.h"
#include "lock.h"
#include "hw/cpuid.h"
#include "hw/paging.h"

extern u8 core_end[];

#define POOL_END  (HV_VIRTUAL + HV_TABLES_OFFSET)
#define TABLE_ENTRIES  512

static u64 pool = (u64)core_end, pool_first;
static paddr mapped_end = FOUR_GIB;

void *pages_alloc(unsigned n)
{
    static struct lock pool_lock;
    void *pages;

    lock(&pool_lock);
    pages = (void *)pool;
    pool += n * PAGE_SIZE;
    if (pool > POOL_END) {
        print("hypervisor: out of memory for tables\n");
        machine_reset();
    }
    unlock(&pool_lock);
    return memset(pages, 0, n * PAGE_SIZE);
}

void *page_alloc(void)
{
    return pages_alloc(1);
}

void pool_start(bool first)
{
    if (first)
        pool_first = pool;
    pool = pool_first;
}

u64 physical(const void *ours)
{
    return (u64)ours - HV_VIRTUAL + hv.base;
}

/* The guest's page tables may lie above 4 GiB, where place.c mapped nothing. */
void map_high_memory(void)
{
    bool large_1g = cpuid(0x80000001, 0).d & CPUID_81_EDX_1G_PAGES;
    u64 *pdpt = (u64 *)(HV_VIRTUAL + HV_TABLES_OFFSET + HV_TABLE_PDPT * PAGE_SIZE);

    for (u64 gib = 4; gib * GIB < hv.high_top && gib < TABLE_ENTRIES; gib++) {
        if (large_1g) {
            pdpt[gib] = gib * GIB | PTE_PS | PTE_RW | PTE_P;
        } else {
            u64 *pd = page_alloc();
            for (u64 i = 0; i < TABLE_ENTRIES; i++)
                pd[i] = (gib * GIB + i * LARGE_PAGE) | PTE_PS | PTE_RW | PTE_P;
            pdpt[gib] = physical(pd) | PTE_RW | PTE_P;
        }
        mapped_end = (gib + 1) * GIB;
    }
}

void *guest_memory(paddr at, usize bytes)
{
    if (at + bytes > mapped_end || at + bytes < at)
        return NULL;
    if (at < hv.base + hv.size && at + bytes > hv.base)
        return NULL;
    return (void *)(GUEST_VIRTUAL + at);
}

static bool entry_at(paddr at, usize bytes, u64 *entry)
{
    const void *p = guest_memory(at, bytes);

    *entry = 0;
    if (!p)
        return false;
    memcpy(entry, p, bytes);
    return *entry & PTE_P;
}

static bool walk_32(const struct vcpu *v, u32 linear, paddr *at)
{
    u64 entry;

    if (!entry_at((v->cr3 & 0xFFFFF000) + (linear >> 22) * 4, 4, &entry))
        return false;
    if ((entry & PTE_PS) && (v->cr4 & CR4_PSE)) {
        *at = (entry & 0xFFC00000) | (entry & 0x1FE000) << 19 | (linear & 0x3FFFFF);
        return true;
    }
    if (!entry_at((entry & 0xFFFFF000) + (linear >> 12 & 0x3FF) * 4, 4, &entry))
        return false;
    *at = (entry & 0xFFFFF000) | (linear & 0xFFF);
    return true;
}

static bool walk_64(const struct vcpu *v, u64 linear, paddr *at)
{
    bool long_mode = v->efer & EFER_LMA;
    unsigned shift = long_mode ? 39 : 30;
    paddr table = long_mode ? v->cr3 & PTE_ADDRESS : v->cr3 & 0xFFFFFFE0;

    if (long_mode && (v->cr4 & CR4_LA57))
        shift = 48;
    for (;; shift -= 9) {
        u64 entry;
        if (!entry_at(table + (linear >> shift & 0x1FF) * 8, 8, &entry))
            return false;
        if (shift == 12 || (shift <= 30 && (entry & PTE_PS))) {
            u64 offset = (1ull << shift) - 1;
            *at = (entry & PTE_ADDRESS & ~offset) | (linear & offset);
            return true;
        }
        table = entry & PTE_ADDRESS;
    }
}

static bool walk(const struct vcpu *v, u64 linear, paddr *at)
{
    if (!(v->efer & EFER_LMA))
        linear = (u32)linear;
    if (!(v->cr0 & CR0_PG)) {
        *at = linear;
        return true;
    }
    if (v->cr4 & CR4_PAE)
        return walk_64(v, linear, at);
    return walk_32(v, linear, at);
}

/* The guest's bytes from `linear` to the end of their page: how many, or 0. */
static usize chunk(const struct vcpu *v, u64 linear, usize bytes, u8 **at)
{
    usize n = MIN(bytes, PAGE_SIZE - (linear & (PAGE_SIZE - 1)));
    paddr address;

    if (!walk(v, linear, &address))
        return 0;
    *at = guest_memory(address, n);
    return *at ? n : 0;
}

bool guest_read(struct vcpu *v, u64 linear, void *to, usize bytes)
{
    u8 *out = to;

    for (usize n; bytes; bytes -= n, linear += n, out += n) {
        u8 *at;
        n = chunk(v, linear, bytes, &at);
        if (!n)
            return false;
        memcpy(out, at, n);
    }
    return true;
}

bool guest_write(struct vcpu *v, u64 linear, const void *from, usize bytes)
{
    const u8 *in = from;

    for (usize n; bytes; bytes -= n, linear += n, in += n) {
        u8 *at;
        n = chunk(v, linear, bytes, &at);
        if (!n || (v->assist && vmx_assist_has((u64)at - GUEST_VIRTUAL)))
            return false;
        memcpy(at, in, n);
    }
    return true;
}
