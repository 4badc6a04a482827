/* SPDX-License-Identifier: BSD-2-Clause */
/* QEMU's firmware configuration device: QEMU docs/specs/fw_cfg. By DMA where it is offered: one exit an item. */
#include "loader.h"
#include "hw/io.h"
#include "spec/fwcfg.h"

#define MAX_FILES  128

static struct fwcfg_entry files[MAX_FILES] SECTION(".noinit");
static u32 file_count;
static bool dma;

static u32 big32(u32 v)
{
    return __builtin_bswap32(v);
}

static bool transfer(u32 control, u32 address, u32 length)
{
    volatile struct fwcfg_dma request = {
        big32(control), big32(length), __builtin_bswap64(address),
    };

    outl(FWCFG_PORT_DMA, 0);
    outl(FWCFG_PORT_DMA + 4, big32((u32)&request));
    while (request.control & big32(~(u32)FWCFG_DMA_ERROR))   /* the device works while OUT executes */
        spin_hint();
    return request.control == 0;
}

static void read_by_port(u16 key, void *to, u32 length)
{
    outw(FWCFG_PORT_SELECTOR, key);
    asm volatile("rep insb" : "+D"(to), "+c"(length) : "d"(FWCFG_PORT_DATA) : "memory");
}

void fwcfg_read(u16 key, void *to, u32 length)
{
    if (dma)
        transfer((u32)key << 16 | FWCFG_DMA_SELECT | FWCFG_DMA_READ, (u32)to, length);
    else
        read_by_port(key, to, length);
}

bool fwcfg_write(u16 key, u32 offset, const void *from, u32 length)
{
    u8 skipped[256];

    if (!dma || offset > sizeof(skipped))
        return false;
    if (!transfer((u32)key << 16 | FWCFG_DMA_SELECT | FWCFG_DMA_READ, (u32)skipped, offset))
        return false;
    return transfer(FWCFG_DMA_WRITE, (u32)from, length);
}

u32 fwcfg_find(const char *name, u16 *key)
{
    for (u32 i = 0; i < file_count; i++)
        if (!strcmp(files[i].name, name)) {
            *key = __builtin_bswap16(files[i].key);
            return big32(files[i].size);
        }
    return 0;
}

bool fwcfg_probe(void)
{
    char signature[4];
    u32 id, count;

    read_by_port(FWCFG_KEY_SIGNATURE, signature, sizeof(signature));
    if (memcmp(signature, "QEMU", sizeof(signature)))
        return false;
    read_by_port(FWCFG_KEY_ID, &id, sizeof(id));
    dma = id & FWCFG_ID_DMA;
    read_by_port(FWCFG_KEY_DIRECTORY, &count, sizeof(count));
    count = MIN(big32(count), MAX_FILES);
    if (dma) {
        struct { u32 count; struct fwcfg_entry entry[MAX_FILES]; } PACKED directory;

        fwcfg_read(FWCFG_KEY_DIRECTORY, &directory, sizeof(count) + count * sizeof(files[0]));
        memcpy(files, directory.entry, count * sizeof(files[0]));
    } else {
        u32 length = count * sizeof(files[0]);
        void *to = files;

        asm volatile("rep insb" : "+D"(to), "+c"(length) : "d"(FWCFG_PORT_DATA) : "memory");
    }
    file_count = count;
    return true;
}
