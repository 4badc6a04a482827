/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * virtio over PCI, legacy interface, and the block device. Virtual I/O Device (VIRTIO) 1.1 (OASIS),
 * clauses 2.6 "Split Virtqueues", 4.1.4.8 "Legacy Interfaces", 5.2 "Block Device".
 */
#ifndef SPEC_VIRTIO_H
#define SPEC_VIRTIO_H

#include "types.h"

#define PCI_VENDOR_VIRTIO        0x1AF4
#define PCI_DEVICE_VIRTIO_BLK    0x1001    /* transitional */

/* Ports from BAR0 */
#define VIRTIO_DEVICE_FEATURES   0         /* u32 */
#define VIRTIO_DRIVER_FEATURES   4         /* u32 */
#define VIRTIO_QUEUE_ADDRESS     8         /* u32, physical / 4096 */
#define VIRTIO_QUEUE_SIZE        12        /* u16, the device's choice */
#define VIRTIO_QUEUE_SELECT      14        /* u16 */
#define VIRTIO_QUEUE_NOTIFY      16        /* u16 */
#define VIRTIO_STATUS            18        /* u8; 0 resets */
#define VIRTIO_STATUS_ACKNOWLEDGE 0x01
#define VIRTIO_STATUS_DRIVER     0x02
#define VIRTIO_STATUS_DRIVER_OK  0x04
#define VIRTIO_CONFIG            20        /* without MSI-X */

/* Block device configuration, from VIRTIO_CONFIG */
#define VIRTIO_BLK_CAPACITY      0         /* u64, sectors of 512 bytes */
#define VIRTIO_BLK_CYLINDERS     16        /* u16 */
#define VIRTIO_BLK_HEADS         18        /* u8 */
#define VIRTIO_BLK_SECTORS       19        /* u8 */
#define VIRTIO_BLK_BLOCK_SIZE    20        /* u32 */
#define VIRTIO_BLK_F_GEOMETRY    0x0010
#define VIRTIO_BLK_F_RO          0x0020
#define VIRTIO_BLK_F_BLK_SIZE    0x0040

#define VIRTQ_ALIGN              4096

struct virtq_desc {
    u32 address, address_high;
    u32 length;
    u16 flags;                             /* VIRTQ_DESC_... */
    u16 next;
} PACKED;
SIZE_ASSERT(struct virtq_desc, 16);
#define VIRTQ_DESC_NEXT          1
#define VIRTQ_DESC_WRITE         2         /* the device writes it */

struct virtq_avail {
    u16 flags;
    u16 index;
    u16 ring[];
};
#define VIRTQ_AVAIL_NO_INTERRUPT 1

struct virtq_used {
    u16 flags;
    u16 index;
};

struct virtio_blk_request {
    u32 type;
    u32 reserved;
    u32 sector, sector_high;               /* of 512 bytes */
    u8  status;                            /* apart from the rest: another descriptor */
} PACKED;
#define VIRTIO_BLK_IN            0
#define VIRTIO_BLK_OUT           1
#define VIRTIO_BLK_HEADER_SIZE   16
#define VIRTIO_BLK_S_OK          0
#define VIRTIO_BLK_S_UNSUPPORTED 2

#endif
