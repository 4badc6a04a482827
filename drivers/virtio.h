/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What virtio drivers share: the way to a device's registers, and one virtqueue in the DMA area with one request at a
 * time, polled in memory. The device that is used next takes the queue over.
 */
#ifndef VIRTIO_H
#define VIRTIO_H

#include "disk.h"
#include "dma_area.h"
#include "hw/pci.h"
#include "spec/virtio.h"

/* Where a device's registers are. The modern interface is reached through its configuration space: no memory above 1 MiB. */
struct virtio {
    u16 bdf;
    u16 port;                /* BAR0 of the legacy interface, 0 for the modern one */
    u8  window;              /* offset of VIRTIO_CAP_PCI */
    u8  common, notify, device;   /* offsets of these capabilities */
};

/* Whether a function is a virtio device of one of these two IDs. */
bool virtio_is(u16 bdf, u16 transitional, u16 modern);

/* False if the device has no registers that we can reach. */
bool virtio_open(struct virtio *v, u16 bdf);

/* Reset: whoever used the device before us, its queues are gone. Must precede virtio_features in POST. */
void virtio_stop(const struct virtio *v);

u32 virtio_features(const struct virtio *v);                          /* bits 31:0 that the device offers */
u32 virtio_config(const struct virtio *v, u8 offset, u8 bytes);       /* 1, 2 or 4 bytes of its own configuration */

/* ---- the queue ---- */

#define VIRTIO_DESC  ((struct virtq_desc __seg_fs *)DMA_QUEUES)        /* FS = DMA_AREA_SEGMENT */

/*
 * Give queue number `queue` of the device our memory, unless it has it already, with `features` of those it offers;
 * a DISK_ code. FS = DMA_AREA_SEGMENT afterwards.
 */
u8 virtio_take(drive_t d, u8 queue, u32 features);

/* Descriptor n of the request, chained to the one before it. FS = DMA_AREA_SEGMENT. */
void virtio_describe(u8 n, u32 address, u32 bytes, bool device_writes);

/* Run the chain of `count` descriptors; a DISK_ code. A device that does not answer is reset. FS = DMA_AREA_SEGMENT afterwards. */
u8 virtio_run(u8 count);

/* disk_ops.reset: the next request starts the device afresh. */
u8 virtio_reset(drive_t d);

#endif
