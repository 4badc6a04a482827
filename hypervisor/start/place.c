/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where the core goes: an even MiB at the top of RAM below 4 GiB (address bit 20 clear, so that A20 off, which not
 * every processor blocks in VMX, does not move it), with its first page tables.
 */
#include "start.h"
#include "spec/elf32.h"
#include "hw/cmos.h"
#include "hw/paging.h"

#define MIB             (1u << 20)
#define TABLE_ENTRIES   512
#define SMALLEST        (8 * MIB)

extern const u8 core_image[], core_image_end[];

/* Two cells, the lower half first. */
static u32 cmos_word(u8 low, u8 high)
{
    return cmos_read(low) | cmos_read(high) << 8;
}

/* As the PC's firmware convention has it; QEMU and Bochs fill it. */
bool take_memory(struct hv_start *start)
{
    u32 above_16m = cmos_word(CMOS_MEM16_LOW, CMOS_MEM16_HIGH);
    u32 above_1m = cmos_word(CMOS_EXT_MEM_LOW, CMOS_EXT_MEM_HIGH);
    u32 above_4g = cmos_word(CMOS_MEM4G_LOW, CMOS_MEM4G_MID) | cmos_read(CMOS_MEM4G_HIGH) << 16;

    start->low_top = above_16m ? (above_16m << 16) + 16 * MIB : (above_1m << 10) + MIB;
    start->high_top = FOUR_GIB + ((u64)above_4g << 16);
    start->base = (start->low_top - MIB) & ~(2 * MIB - 1);
    start->size = start->low_top - start->base;
    return start->low_top >= SMALLEST;
}

static u64 *table(const struct hv_start *start, unsigned index)
{
    return (u64 *)(u32)(start->base + HV_TABLES_OFFSET + index * PAGE_SIZE);
}

static u64 table_entry(const u64 *t)
{
    return (u32)t | PTE_RW | PTE_P;
}

u32 place_core(const struct hv_start *start)
{
    u64 *root = table(start, HV_TABLE_PML4), *pdpt = table(start, HV_TABLE_PDPT);
    u64 *high_pdpt = table(start, HV_TABLE_HIGH_PDPT), *high_pd = table(start, HV_TABLE_HIGH_PD);
    u8 *core = (u8 *)(u32)start->base;
    usize image = core_image_end - core_image;

    memcpy(core, core_image, image);
    memset(core + image, 0, HV_CORE_LIMIT - image);     /* the pool behind it clears what it gives */
    memset(root, 0, MIB - HV_TABLES_OFFSET);
    root[0] = root[GUEST_VIRTUAL / (TABLE_ENTRIES * GIB)] = table_entry(pdpt);
    for (u32 gib = 0; gib < 4; gib++) {
        u64 *pd = table(start, HV_TABLE_PD + gib);
        pdpt[gib] = table_entry(pd);
        for (u32 i = 0; i < TABLE_ENTRIES; i++)
            pd[i] = ((u64)gib << 30 | (u64)i << 21) | PTE_PS | PTE_RW | PTE_P;
    }
    root[TABLE_ENTRIES - 1] = table_entry(high_pdpt);
    high_pdpt[TABLE_ENTRIES - 2] = table_entry(high_pd);
    high_pd[0] = start->base | PTE_PS | PTE_RW | PTE_P;
    return (u32)root;
}

u32 load_elf(u32 at, u32 end)
{
    const struct elf32_header *h = (void *)at;
    const struct elf32_segment *s = (void *)(at + h->phoff);

    if (end - at < sizeof(*h) || h->magic != ELF_MAGIC || h->phentsize != sizeof(*s) || h->phoff > end - at)
        return 0;
    for (u32 i = 0; i < h->phnum; i++, s++) {
        if (s->type != ELF_PT_LOAD)
            continue;
        if (s->offset > end - at || s->filesz > end - at - s->offset || s->paddr + s->memsz > at)
            return 0;
        memcpy((void *)s->paddr, (const void *)(at + s->offset), s->filesz);
        memset((void *)(s->paddr + s->filesz), 0, s->memsz - s->filesz);
    }
    return h->entry;
}
