/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * virtio-blk on PCI by the legacy interface (legacy and transitional devices). One request at a
 * time, polled in memory: a transfer costs one port access. All disks share one virtqueue in the
 * DMA area; the disk that is used next takes it over. VIRTIO 1.1, clauses 2.6, 4.1.4.8, 5.2.
 */
#include "disk.h"
#include "dma_area.h"
#include "pci_scan.h"
#include "timer.h"
#include "hw/pci.h"
#include "spec/virtio.h"

#define TIMEOUT         (10000 * MS)
#define SPINS           20000u
#define MAX_QUEUE       512              /* what DMA_VIRTQ has room for */

#define REQUEST  ((struct virtio_blk_request __seg_fs *)DMA_REQUEST)     /* FS = DMA_AREA_SEGMENT */
#define DESC     ((struct virtq_desc __seg_fs *)DMA_VIRTQ)

static u16 active;                       /* BAR0 of the disk that has the queue, 0 for none */
static u16 queue_size;

static struct virtq_avail __seg_fs *avail(void)
{
    return (struct virtq_avail __seg_fs *)(DMA_VIRTQ + queue_size * sizeof(struct virtq_desc));
}

static struct virtq_used __seg_fs *used(void)
{
    return (struct virtq_used __seg_fs *)ALIGN_UP((u32)avail() + 6 + 2 * queue_size, VIRTQ_ALIGN);
}

static void queue_clear(void)
{
    fs_load(DMA_AREA_SEGMENT);
    DESC[0].address = DMA_ADDRESS(DMA_REQUEST);
    DESC[0].length = VIRTIO_BLK_HEADER_SIZE;
    DESC[0].flags = VIRTQ_DESC_NEXT;
    DESC[0].next = 1;
    DESC[1].next = 2;
    DESC[2].address = DMA_ADDRESS(DMA_REQUEST + VIRTIO_BLK_HEADER_SIZE);
    DESC[2].length = 1;
    DESC[2].flags = VIRTQ_DESC_WRITE;
    DESC[0].address_high = DESC[1].address_high = DESC[2].address_high = 0;
    avail()->flags = VIRTQ_AVAIL_NO_INTERRUPT;
    avail()->index = 0;
    for (u16 i = 0; i < queue_size; i++)
        avail()->ring[i] = 0;            /* always the chain that starts at descriptor 0 */
    used()->flags = used()->index = 0;
}

/* Reset the device and give it the queue; a DISK_ code. */
static u8 start(u16 port)
{
    active = 0;
    outb(port + VIRTIO_STATUS, 0);
    outb(port + VIRTIO_STATUS, VIRTIO_STATUS_ACKNOWLEDGE | VIRTIO_STATUS_DRIVER);
    outl(port + VIRTIO_DRIVER_FEATURES, inl(port + VIRTIO_DEVICE_FEATURES) & VIRTIO_BLK_F_BLK_SIZE);
    outw(port + VIRTIO_QUEUE_SELECT, 0);
    queue_size = inw(port + VIRTIO_QUEUE_SIZE);
    if (!queue_size || queue_size > MAX_QUEUE)
        return DISK_ERESET;
    queue_clear();
    outl(port + VIRTIO_QUEUE_ADDRESS, DMA_ADDRESS(DMA_VIRTQ) / VIRTQ_ALIGN);
    outb(port + VIRTIO_STATUS, VIRTIO_STATUS_ACKNOWLEDGE | VIRTIO_STATUS_DRIVER | VIRTIO_STATUS_DRIVER_OK);
    active = port;
    return DISK_OK;
}

static u8 wait(u16 index)
{
    const volatile u16 __seg_fs *done = &used()->index;
    struct timer t;

    for (u16 n = SPINS; n; n--)
        if (*done == index)
            return DISK_OK;
    timer_start(&t, TIMEOUT);
    while (!timer_done(&t)) {
        wait_irq();
        fs_load(DMA_AREA_SEGMENT);
        if (*done == index)
            return DISK_OK;
    }
    return DISK_ETIMEOUT;
}

/* The device counts 512-byte units, whatever its sectors are. */
static u8 request(drive_t d, const struct transfer *t)
{
    bool write = t->operation == DISK_WRITE;
    u8 ratio = d->sector_size / 512;
    u8 code = active == d->port ? DISK_OK : start(d->port);

    if (code)
        return code;
    fs_load(DMA_AREA_SEGMENT);
    REQUEST->type = write ? VIRTIO_BLK_OUT : VIRTIO_BLK_IN;
    REQUEST->reserved = 0;
    REQUEST->sector = t->lba * ratio;
    REQUEST->sector_high = t->lba_high * ratio + (u32)((u64)t->lba * ratio >> 32);
    REQUEST->status = 0xFF;
    DESC[1].address = t->address;
    DESC[1].length = (u32)t->count * d->sector_size;
    DESC[1].flags = write ? VIRTQ_DESC_NEXT : VIRTQ_DESC_NEXT | VIRTQ_DESC_WRITE;
    u16 index = ++avail()->index;
    asm volatile("" ::: "memory");
    outw(d->port + VIRTIO_QUEUE_NOTIFY, 0);
    code = wait(index);
    if (code) {
        active = 0;                      /* the reset takes the request back */
        outb(d->port + VIRTIO_STATUS, 0);
        return code;
    }
    fs_load(DMA_AREA_SEGMENT);
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

static u8 virtio_reset(drive_t d)
{
    return start(d->port);
}

static u8 virtio_ready(drive_t d)
{
    return DISK_OK;
}

ROM_EXT struct disk_ops virtio_ops = { virtio_transfer, virtio_reset, virtio_ready, NULL };

static void add(u16 bdf, u16 port)
{
    struct drive __seg_gs *d = drive_new_disk();
    u16 config = port + VIRTIO_CONFIG;
    u32 features;
    u8 i = 0;

    if (!d)
        return;
    outb(port + VIRTIO_STATUS, 0);       /* whoever used it before us: its queue is gone */
    features = inl(port + VIRTIO_DEVICE_FEATURES);
    *d = (struct drive){ .ops = &virtio_ops, .kind = DRIVE_VIRTIO, .bdf = bdf, .port = port,
                         .flags = DRIVE_LBA | DRIVE_LBA48 | DRIVE_DMA | (features & VIRTIO_BLK_F_RO ? DRIVE_READ_ONLY : 0) };
    d->irq = pci_read8(bdf, PCI_INTERRUPT_LINE);
    d->multiple = 1;
    d->sector_size = features & VIRTIO_BLK_F_BLK_SIZE ? inl(config + VIRTIO_BLK_BLOCK_SIZE) : 512;
    d->sectors = inl(config + VIRTIO_BLK_CAPACITY);
    d->sectors_high = inl(config + VIRTIO_BLK_CAPACITY + 4);
    if (d->sector_size > 512) {
        u8 shift = d->sector_size > 2048 ? 3 : d->sector_size / 1024;
        d->sectors = d->sectors >> shift | d->sectors_high << (32 - shift);
        d->sectors_high >>= shift;
    }
    if (features & VIRTIO_BLK_F_GEOMETRY) {
        d->physical.cylinders = inw(config + VIRTIO_BLK_CYLINDERS);
        d->physical.heads = inb(config + VIRTIO_BLK_HEADS);
        d->physical.sectors = inb(config + VIRTIO_BLK_SECTORS);
    }
    for (romstr s = ROMSTR("virtio disk"); (d->name[i] = *s++); i++)
        ;
}

void virtio_find(void)
{
    for (u16 bdf = pci_first(); bdf != PCI_NO_FUNCTION; bdf = pci_next(bdf)) {
        if (pci_read32(bdf, PCI_VENDOR_ID) != (PCI_VENDOR_VIRTIO | (u32)PCI_DEVICE_VIRTIO_BLK << 16))
            continue;
        u32 bar = pci_read32(bdf, PCI_BAR0);
        if (!(bar & PCI_BAR_IO) || !(bar & 0xFFFC))
            continue;
        pci_write16(bdf, PCI_COMMAND, pci_read16(bdf, PCI_COMMAND) | PCI_COMMAND_IO | PCI_COMMAND_MASTER);
        add(bdf, bar & 0xFFFC);
    }
}
