/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * POST memory manager: memory for option ROMs while POST runs. POST Memory Manager Specification
 * 1.01, chapter 3. High blocks come from the loader's reserved area, so they may stay in use; low
 * ones lie between boot sector and EBDA and end with POST.
 */
#include "pmm.h"
#include "services.h"
#include "spec/pmm.h"

#define MAX_BLOCKS     24
#define LOW_START      0x20000u
#define LOW_END        0x90000u
#define PARAGRAPH      16u
#define PAGE           4096u
#define ARGUMENTS      20          /* above r->esp: what service and entry_pmm pushed, and the return address */

struct block {
    u32 base;                      /* physical; 0 = free entry */
    u32 size;                      /* bytes */
    u32 handle;
};

static POSTVAR struct block blocks[MAX_BLOCKS];
static POSTVAR bool open;

/* The block that [base, base + size) runs into, or NULL. */
static const struct block __seg_gs *overlapping(u32 base, u32 size)
{
    for (u8 i = 0; i < MAX_BLOCKS; i++)
        if (blocks[i].base && base < blocks[i].base + blocks[i].size && blocks[i].base < base + size)
            return &blocks[i];
    return NULL;
}

/* The highest room, so that what stays unused below can go back to the OS; 0 = none. */
static u32 find_room(u32 start, u32 end, u32 size, u32 align)
{
    while (end - start >= size) {
        u32 base = (end - size) & -align;
        const struct block __seg_gs *in_the_way;
        if (base < start)
            break;
        in_the_way = overlapping(base, size);
        if (!in_the_way)
            return base;
        end = in_the_way->base;
        if (end < start)
            break;
    }
    return 0;
}

/* The largest free piece, in bytes. */
static u32 largest(u32 start, u32 end)
{
    u32 best = 0;

    for (u32 at = start, next; at < end; at = next) {
        const struct block __seg_gs *taken = overlapping(at, 1);
        next = taken ? taken->base + taken->size : end;
        if (taken)
            continue;
        for (u8 i = 0; i < MAX_BLOCKS; i++)
            if (blocks[i].base > at && blocks[i].base < next)
                next = blocks[i].base;
        best = MAX(best, next - at);
    }
    return best;
}

u32 pmm_allocate(u32 size, u32 handle, u16 flags)
{
    u32 align = flags & PMM_FLAG_ALIGNED ? size & -size : PARAGRAPH;
    u32 high = HANDOFF->high_memory_base, high_end = high + HANDOFF->high_memory_size, base = 0;
    u8 i = 0;

    if (!size)
        return flags & PMM_FLAG_HIGH ? largest(high, high_end) : largest(LOW_START, LOW_END);
    if (flags & PMM_FLAG_HIGH)
        base = find_room(high, high_end, size, align);
    if (!base && flags & PMM_FLAG_LOW)
        base = find_room(LOW_START, LOW_END, size, align);
    while (i < MAX_BLOCKS && blocks[i].base)
        i++;
    if (!base || i == MAX_BLOCKS)
        return 0;
    blocks[i].base = base;
    blocks[i].size = size;
    blocks[i].handle = handle;
    return base;
}

static u32 pmm_find(u32 handle)
{
    for (u8 i = 0; i < MAX_BLOCKS; i++)
        if (blocks[i].base && blocks[i].handle == handle && handle != PMM_ANONYMOUS)
            return blocks[i].base;
    return 0;
}

static u32 pmm_deallocate(u32 base)
{
    for (u8 i = 0; i < MAX_BLOCKS; i++)
        if (base && blocks[i].base == base) {
            blocks[i].base = 0;
            return 0;
        }
    return 1;
}

struct pmm_arguments {
    u16 function;
    u32 a;                         /* length in paragraphs, handle, or buffer */
    u32 handle;
    u16 flags;
} PACKED;

static u32 call(u16 segment, u16 offset)
{
    const struct pmm_arguments __seg_fs *args = (void __seg_fs *)(u32)offset;
    u32 a;

    fs_load(segment);
    a = args->a;
    switch (args->function) {
    case PMM_ALLOCATE:
        return a ? pmm_allocate(a * PARAGRAPH, args->handle, args->flags)
                 : pmm_allocate(0, 0, args->flags) / PARAGRAPH;
    case PMM_FIND:
        return pmm_find(a);
    case PMM_DEALLOCATE:
        return pmm_deallocate(a);
    default:
        return PMM_EFUNCTION;
    }
}

void pmm(struct regs16 *r)
{
    u32 result = open ? call(r->ss, r->esp + ARGUMENTS) : PMM_EFUNCTION;

    r->ax = result;
    r->dx = result >> 16;
}

void pmm_open(void)
{
    open = true;
}

static void remove_entry(u16 i)
{
    HANDOFF->e820_count--;
    for (; i < HANDOFF->e820_count; i++)
        HANDOFF->e820[i] = HANDOFF->e820[i + 1];
}

/* The RAM below the area grows by `bytes`, the reserved entry shrinks. */
static void return_to_os(u32 base, u32 bytes)
{
    for (u16 i = 1; i < HANDOFF->e820_count; i++) {
        struct e820_entry __seg_gs *e = &HANDOFF->e820[i];
        if (e->base != base || e[-1].type != E820_RAM || e[-1].base + e[-1].length != base)
            continue;
        e[-1].length += bytes;
        e->base += bytes;
        e->length -= bytes;
        if (!e->length)
            remove_entry(i);
        return;
    }
}

void pmm_close(void)
{
    u32 base = HANDOFF->high_memory_base, used = base + HANDOFF->high_memory_size;

    open = false;
    for (u8 i = 0; i < MAX_BLOCKS; i++)
        if (blocks[i].base >= base && blocks[i].base < used)
            used = blocks[i].base;
    return_to_os(base, (used & -PAGE) - base);
}
