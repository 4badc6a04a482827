/* SPDX-License-Identifier: BSD-2-Clause */
/* Which memory type the guest's MTRRs give an address: what EPT leaves must repeat (Intel SDM vol. 3A, 12.11; 3C, 29.3.7). */
#include "mtrr.h"
#include "hw/msr.h"

#define FIXED_END  0x100000ull
#define PAGE       4096ull

bool mtrr_is(u32 msr)
{
    return (msr >= MSR_MTRR_PHYSBASE0 && msr < MSR_MTRR_PHYSBASE0 + 2 * MTRR_MAX_VARIABLE) || msr == MSR_MTRR_FIX64K ||
           msr == MSR_MTRR_FIX16K_80 || msr == MSR_MTRR_FIX16K_A0 ||
           (msr >= MSR_MTRR_FIX4K_C0 && msr < MSR_MTRR_FIX4K_C0 + 8) || msr == MSR_MTRR_DEF_TYPE;
}

/* Eight types from each of these, in the order of addresses. */
static const u16 fixed_msr[] = {
    MSR_MTRR_FIX64K, MSR_MTRR_FIX16K_80, MSR_MTRR_FIX16K_A0, MSR_MTRR_FIX4K_C0, MSR_MTRR_FIX4K_C0 + 1, MSR_MTRR_FIX4K_C0 + 2,
    MSR_MTRR_FIX4K_C0 + 3, MSR_MTRR_FIX4K_C0 + 4, MSR_MTRR_FIX4K_C0 + 5, MSR_MTRR_FIX4K_C0 + 6, MSR_MTRR_FIX4K_C0 + 7,
};

static void read_fixed(struct mtrr *m)
{
    for (u32 i = 0; i < MTRR_FIXED_RANGES; i++)
        m->fixed[i] = rdmsr(fixed_msr[i / 8]) >> i % 8 * 8;
}

static void read_variable(struct mtrr *m, u32 count)
{
    for (u32 i = 0; i < count && i < MTRR_MAX_VARIABLE; i++) {
        u64 base = rdmsr(MSR_MTRR_PHYSBASE0 + 2 * i), mask = rdmsr(MSR_MTRR_PHYSBASE0 + 2 * i + 1);
        u64 bits = mask & ~(PAGE - 1), start = base & bits;

        if (!(mask & MTRR_PHYSMASK_VALID) || !bits)
            continue;
        m->variable[m->count].base = start;
        m->variable[m->count].end = start + (bits & -bits);
        m->variable[m->count++].type = base & 7;
    }
}

void mtrr_read(struct mtrr *m)
{
    u64 cap = rdmsr(MSR_MTRR_CAP), definition = rdmsr(MSR_MTRR_DEF_TYPE);

    *m = (struct mtrr){
        .enabled = definition & MTRR_DEF_ENABLE,
        .fixed_enabled = cap & MTRR_CAP_FIXED && definition & MTRR_DEF_FIXED,
        .default_type = definition & 7,
    };
    if (m->fixed_enabled)
        read_fixed(m);
    read_variable(m, cap & MTRR_CAP_COUNT);
}

static u8 fixed_type(const struct mtrr *m, u64 at)
{
    if (at < 0x80000)
        return m->fixed[at >> 16];
    if (at < 0xC0000)
        return m->fixed[8 + ((at - 0x80000) >> 14)];
    return m->fixed[24 + ((at - 0xC0000) >> 12)];
}

/* Of two ranges that cover an address: UC wins, WT over WB, and what is not defined is UC. */
static u8 combine(u8 a, u8 b)
{
    if (a == b)
        return a;
    return (a == MTRR_WT && b == MTRR_WB) || (a == MTRR_WB && b == MTRR_WT) ? MTRR_WT : MTRR_UC;
}

u8 mtrr_type(const struct mtrr *m, u64 at, u64 size)
{
    u8 type = MTRR_MIXED;

    if (!m->enabled)
        return MTRR_UC;
    if (m->fixed_enabled && at < FIXED_END)
        return size > PAGE ? MTRR_MIXED : fixed_type(m, at);
    for (u32 i = 0; i < m->count; i++) {
        u64 base = m->variable[i].base, end = m->variable[i].end;

        if (end <= at || base >= at + size)
            continue;
        if (base > at || end < at + size)
            return MTRR_MIXED;
        type = type == MTRR_MIXED ? m->variable[i].type : combine(type, m->variable[i].type);
    }
    return type == MTRR_MIXED ? m->default_type : type;
}
