/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The virtqueue that all virtio disks share: one request at a time, completion polled in memory, so that a transfer
 * costs one notification. VIRTIO 1.1, clauses 2.6, 3.1.1 (start of a device), 4.1.5.2 (notification).
 */
#include "virtio_registers.h"
#include "timer.h"
#include "hw/pci.h"

#define TIMEOUT         (10000 * MS)
#define MAX_QUEUE       512              /* what DMA_QUEUES has room for */

static u16 queue_size;
static u8 queue;                         /* its number at the device that has it: dma_owner */
static u16 notify_port;                  /* legacy; 0: through the window */
static u8 notify_window;

static struct virtq_avail __seg_fs *avail(void)
{
    return (struct virtq_avail __seg_fs *)(DMA_QUEUES + queue_size * sizeof(struct virtq_desc));
}

static struct virtq_used __seg_fs *used(void)
{
    return (struct virtq_used __seg_fs *)ALIGN_UP((u32)avail() + 6 + 2 * queue_size, VIRTQ_ALIGN);
}

static void queue_clear(void)
{
    fs_load(DMA_AREA_SEGMENT);
    avail()->flags = VIRTQ_AVAIL_NO_INTERRUPT;
    avail()->index = 0;
    for (u16 i = 0; i < queue_size; i++)
        avail()->ring[i] = 0;            /* always the chain that starts at descriptor 0 */
    used()->flags = used()->index = 0;
}

static bool start_legacy(const struct virtio *v, u32 features)
{
    u16 port = v->port;

    outl(port + VIRTIO_DRIVER_FEATURES, virtio_features(v) & features);
    outw(port + VIRTIO_QUEUE_SELECT, queue);
    queue_size = inw(port + VIRTIO_QUEUE_SIZE);
    if (!queue_size || queue_size > MAX_QUEUE)
        return false;
    queue_clear();
    outl(port + VIRTIO_QUEUE_ADDRESS, DMA_ADDRESS(DMA_QUEUES) / VIRTQ_ALIGN);
    notify_port = port + VIRTIO_QUEUE_NOTIFY;
    virtio_status(v, VIRTIO_STATUS_ACKNOWLEDGE | VIRTIO_STATUS_DRIVER | VIRTIO_STATUS_DRIVER_OK);
    return true;
}

static void queue_address(const struct virtio *v, u8 reg, u32 offset)
{
    virtio_write(v, reg, 4, DMA_ADDRESS(offset));
    virtio_write(v, reg + 4, 4, 0);
}

static bool start_modern(const struct virtio *v, u32 features)
{
    u8 status = VIRTIO_STATUS_ACKNOWLEDGE | VIRTIO_STATUS_DRIVER | VIRTIO_STATUS_FEATURES_OK;
    u32 at;

    features &= virtio_features(v);
    virtio_write(v, VIRTIO_1_DRIVER_FEATURE_SELECT, 4, 0);
    virtio_write(v, VIRTIO_1_DRIVER_FEATURE, 4, features);
    virtio_write(v, VIRTIO_1_DRIVER_FEATURE_SELECT, 4, 1);
    virtio_write(v, VIRTIO_1_DRIVER_FEATURE, 4, VIRTIO_F_VERSION_1_HIGH);
    virtio_status(v, status);
    if (!(virtio_read(v, v->common, VIRTIO_1_STATUS, 1) & VIRTIO_STATUS_FEATURES_OK))
        return false;
    virtio_write(v, VIRTIO_1_QUEUE_SELECT, 2, queue);
    queue_size = virtio_read(v, v->common, VIRTIO_1_QUEUE_SIZE, 2);
    if (!queue_size || queue_size > MAX_QUEUE)
        return false;
    queue_clear();
    queue_address(v, VIRTIO_1_QUEUE_DESC, DMA_QUEUES);
    queue_address(v, VIRTIO_1_QUEUE_DRIVER, (u32)avail());
    queue_address(v, VIRTIO_1_QUEUE_DEVICE, (u32)used());
    virtio_write(v, VIRTIO_1_QUEUE_ENABLE, 2, 1);
    virtio_status(v, status | VIRTIO_STATUS_DRIVER_OK);
    at = virtio_read(v, v->common, VIRTIO_1_QUEUE_NOTIFY_OFF, 2) * pci_read32(v->bdf, v->notify + VIRTIO_CAP_NOTIFY_MULTIPLIER);
    virtio_aim(v, v->notify, at, 2);
    notify_port = 0;
    notify_window = v->window + VIRTIO_CAP_PCI_DATA;
    return true;
}

static u8 start(u16 bdf, u8 number, u32 features)
{
    struct virtio v;

    dma_owner = 0;
    if (!virtio_open(&v, bdf))
        return DISK_ERESET;
    virtio_stop(&v);
    virtio_status(&v, VIRTIO_STATUS_ACKNOWLEDGE | VIRTIO_STATUS_DRIVER);
    queue = number;
    if (!(v.port ? start_legacy(&v, features) : start_modern(&v, features)))
        return DISK_ERESET;
    dma_owner = bdf;
    return DISK_OK;
}

u8 virtio_take(drive_t d, u8 number, u32 features)
{
    u8 code = dma_owner == d->bdf ? DISK_OK : start(d->bdf, number, features);

    fs_load(DMA_AREA_SEGMENT);
    return code;
}

void virtio_describe(u8 n, u32 address, u32 bytes, bool device_writes)
{
    struct virtq_desc __seg_fs *d = &VIRTIO_DESC[n];

    d->address = address;
    d->address_high = 0;
    d->length = bytes;
    d->flags = device_writes ? VIRTQ_DESC_NEXT | VIRTQ_DESC_WRITE : VIRTQ_DESC_NEXT;
    d->next = n + 1;
}

static void notify(void)
{
    asm volatile("" ::: "memory");
    if (notify_port)
        return outw(notify_port, queue);
    pci_write16(dma_owner, notify_window, queue);
}

/* Only a reset takes a request back. */
static void stop(void)
{
    struct virtio v;

    if (virtio_open(&v, dma_owner))
        virtio_stop(&v);
    dma_owner = 0;
}

u8 virtio_run(u8 count)
{
    u16 index;
    u8 code;

    VIRTIO_DESC[count - 1].flags &= (u16)~VIRTQ_DESC_NEXT;
    index = ++avail()->index;
    notify();
    code = dma_wait(&used()->index, 0xFFFF, index, TIMEOUT);
    if (code)
        stop();
    fs_load(DMA_AREA_SEGMENT);
    return code;
}

u8 virtio_reset(drive_t d)
{
    if (dma_owner == d->bdf)
        stop();
    return DISK_OK;
}
