/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Transfers of drives that have nothing but DMA: to the caller's buffer, or in parts through the copy area
 * where the device cannot reach that buffer by its linear address (a foreign VM86 monitor's memory).
 */
#include "disk.h"
#include "dma_area.h"

u16 dma_owner;

u8 dma_transfer(drive_t d, struct transfer *t, dma_request_t request, bool direct)
{
    struct transfer part = *t;
    struct farptr copy = far_make(DMA_AREA_SEGMENT, DMA_COPY);
    u16 size = d->sector_size, limit = direct ? d->chunk : MIN(d->chunk, DMA_COPY_SIZE / size);
    u32 address = t->address, bytes;
    u8 code;

    t->done = 0;
    if (!direct && address + (u32)t->count * size > MEMORY_END)
        return DISK_EBOUNDARY;
    while (t->done < t->count) {
        part.count = MIN((u16)(t->count - t->done), limit);
        part.address = direct ? address : DMA_ADDRESS(DMA_COPY);
        bytes = (u32)part.count * size;
        if (!direct && t->operation == DISK_WRITE)
            far_copy(copy, far_of(address), bytes);
        code = request(d, &part);
        if (code)
            return code;
        if (!direct && t->operation == DISK_READ)
            far_copy(far_of(address), copy, bytes);
        t->done += part.count;
        address += bytes;
        part.lba += part.count;
        part.lba_high += part.lba < part.count;
    }
    return DISK_OK;
}
