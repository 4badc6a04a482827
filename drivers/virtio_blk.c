/* SPDX-License-Identifier: BSD-2-Clause */
/* virtio-blk. VIRTIO 1.1, clause 5.2. */
#include "virtio.h"
#include "pci_scan.h"

#define QUEUE    0
#define REQUEST  ((struct virtio_blk_request __seg_fs *)DMA_REQUEST)     /* FS = DMA_AREA_SEGMENT */

/* The device counts 512-byte units, whatever its sectors are. */
static u8 request(drive_t d, const struct transfer *t)
{
    bool write = t->operation == DISK_WRITE;
    u8 ratio = d->sector_size / 512;
    u8 code = virtio_take(d, QUEUE, VIRTIO_BLK_F_BLK_SIZE);

    if (code)
        return code;
    REQUEST->type = write ? VIRTIO_BLK_OUT : VIRTIO_BLK_IN;
    REQUEST->reserved = 0;
    REQUEST->sector = t->lba * ratio;
    REQUEST->sector_high = t->lba_high * ratio + (u32)((u64)t->lba * ratio >> 32);
    REQUEST->status = 0xFF;
    virtio_describe(0, DMA_ADDRESS(DMA_REQUEST), VIRTIO_BLK_HEADER_SIZE, false);
    virtio_describe(1, t->address, (u32)t->count * d->sector_size, !write);
    virtio_describe(2, DMA_ADDRESS(DMA_REQUEST + VIRTIO_BLK_HEADER_SIZE), 1, true);
    code = virtio_run(3);
    if (code)
        return code;
    return REQUEST->status == VIRTIO_BLK_S_OK ? DISK_OK : write ? DISK_EWRITE : DISK_EDATA;
}

static u8 virtio_transfer(drive_t d, struct transfer *t)
{
    t->done = 0;
    if (t->operation == DISK_WRITE && d->flags & DRIVE_READ_ONLY)
        return DISK_EPROTECTED;
    if (t->operation == DISK_VERIFY) {   /* the host's storage checks itself: is the device alive? */
        const struct transfer alive = { .lba = t->lba, .lba_high = t->lba_high, .count = 1, .address = DMA_ADDRESS(DMA_COPY) };
        u8 code = request(d, &alive);

        t->done = code ? 0 : t->count;
        return code;
    }
    return dma_transfer(d, t, request, memory_is_physical());
}

static u8 virtio_ready(drive_t d)
{
    return DISK_OK;
}

ROM_EXT struct disk_ops virtio_ops = { virtio_transfer, virtio_reset, virtio_ready, NULL };

static void add(u16 bdf)
{
    struct virtio v;
    struct drive __seg_gs *d = virtio_open(&v, bdf) ? drive_new_disk() : NULL;
    u32 features;

    if (!d)
        return;
    virtio_stop(&v);
    features = virtio_features(&v);
    *d = (struct drive){ .ops = &virtio_ops, .kind = DRIVE_VIRTIO, .bdf = bdf, .chunk = TRANSFER_MAX, .multiple = 1,
                         .flags = DRIVE_LBA | DRIVE_LBA48 | DRIVE_DMA | (features & VIRTIO_BLK_F_RO ? DRIVE_READ_ONLY : 0) };
    d->irq = pci_read8(bdf, PCI_INTERRUPT_LINE);
    d->sector_size = features & VIRTIO_BLK_F_BLK_SIZE ? virtio_config(&v, VIRTIO_BLK_BLOCK_SIZE, 4) : 512;
    d->sectors = virtio_config(&v, VIRTIO_BLK_CAPACITY, 4);
    d->sectors_high = virtio_config(&v, VIRTIO_BLK_CAPACITY + 4, 4);
    if (d->sector_size > 512) {
        u8 shift = d->sector_size > 2048 ? 3 : d->sector_size / 1024;
        d->sectors = d->sectors >> shift | d->sectors_high << (32 - shift);
        d->sectors_high >>= shift;
    }
    if (features & VIRTIO_BLK_F_GEOMETRY) {
        d->physical.cylinders = virtio_config(&v, VIRTIO_BLK_CYLINDERS, 2);
        d->physical.heads = virtio_config(&v, VIRTIO_BLK_HEADS, 1);
        d->physical.sectors = virtio_config(&v, VIRTIO_BLK_SECTORS, 1);
    }
    drive_set_name(d, ROMSTR("virtio disk"));
}

void virtio_blk_find(void)
{
    for (u16 bdf = pci_first(); bdf != PCI_NO_FUNCTION; bdf = pci_next(bdf))
        if (virtio_is(bdf, PCI_DEVICE_VIRTIO_BLK, PCI_DEVICE_VIRTIO_1_BLK))
            add(bdf);
}
