/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * virtio over PCI, legacy and modern interface; block and SCSI devices. Virtual I/O Device (VIRTIO) 1.1 (OASIS), clauses
 * 2.6 "Split Virtqueues", 4.1.4 "Virtio Structure PCI Capabilities", 4.1.4.8 "Legacy Interfaces", 5.2 "Block Device", 5.6 "SCSI Host".
 */
#ifndef SPEC_VIRTIO_H
#define SPEC_VIRTIO_H

#include "types.h"

#define PCI_VENDOR_VIRTIO        0x1AF4
#define PCI_DEVICE_VIRTIO_BLK    0x1001    /* transitional */
#define PCI_DEVICE_VIRTIO_SCSI   0x1004
#define PCI_DEVICE_VIRTIO_1      0x1040    /* from here up: modern only */
#define PCI_DEVICE_VIRTIO_1_BLK  0x1042
#define PCI_DEVICE_VIRTIO_1_SCSI 0x1048

/* Vendor-specific capabilities of the modern interface: where its structures lie */
#define VIRTIO_CAP_TYPE          3         /* u8, VIRTIO_CAP_... */
#define VIRTIO_CAP_BAR           4         /* u8 */
#define VIRTIO_CAP_OFFSET        8         /* u32, in the BAR */
#define VIRTIO_CAP_LENGTH        12        /* u32 */
#define VIRTIO_CAP_COMMON        1
#define VIRTIO_CAP_NOTIFY        2
#define VIRTIO_CAP_DEVICE        4
#define VIRTIO_CAP_PCI           5         /* a window: its BAR, OFFSET and LENGTH are ours to choose */
#define VIRTIO_CAP_NOTIFY_MULTIPLIER 16    /* u32, behind a NOTIFY capability */
#define VIRTIO_CAP_PCI_DATA      16        /* u32, behind a PCI capability */

/* The structure of VIRTIO_CAP_COMMON */
#define VIRTIO_1_DEVICE_FEATURE_SELECT 0   /* u32 */
#define VIRTIO_1_DEVICE_FEATURE  4         /* u32 */
#define VIRTIO_1_DRIVER_FEATURE_SELECT 8   /* u32 */
#define VIRTIO_1_DRIVER_FEATURE  12        /* u32 */
#define VIRTIO_1_STATUS          20        /* u8 */
#define VIRTIO_1_QUEUE_SELECT    22        /* u16 */
#define VIRTIO_1_QUEUE_SIZE      24        /* u16 */
#define VIRTIO_1_QUEUE_ENABLE    28        /* u16 */
#define VIRTIO_1_QUEUE_NOTIFY_OFF 30       /* u16, times the multiplier */
#define VIRTIO_1_QUEUE_DESC      32        /* u64 */
#define VIRTIO_1_QUEUE_DRIVER    40        /* u64 */
#define VIRTIO_1_QUEUE_DEVICE    48        /* u64 */
#define VIRTIO_F_VERSION_1_HIGH  0x0001    /* bit 32 */

/* Ports of the legacy interface, from BAR0 */
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
#define VIRTIO_STATUS_FEATURES_OK 0x08     /* modern */
#define VIRTIO_CONFIG            20        /* without MSI-X */

/* Block device configuration */
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

/* SCSI host configuration */
#define VIRTIO_SCSI_MAX_TARGET   30        /* u16 */

#define VIRTIO_SCSI_QUEUE        2         /* requests; 0 is control, 1 events */
#define VIRTIO_SCSI_CDB_SIZE     32
#define VIRTIO_SCSI_SENSE_SIZE   96

struct virtio_scsi_request {
    u8  lun[8];                            /* 1, target, 40h + LUN 13:8, LUN 7:0, 0... */
    u32 tag, tag_high;
    u8  attribute, priority, crn;
    u8  cdb[VIRTIO_SCSI_CDB_SIZE];
} PACKED;
SIZE_ASSERT(struct virtio_scsi_request, 51);
#define VIRTIO_SCSI_LUN_FLAT     0x40

struct virtio_scsi_response {
    u32 sense_length;
    u32 residual;                          /* bytes of data that did not come */
    u16 qualifier;
    u8  status;                            /* SCSI's; 0 good */
    u8  response;                          /* VIRTIO_SCSI_S_... */
    u8  sense[VIRTIO_SCSI_SENSE_SIZE];
} PACKED;
SIZE_ASSERT(struct virtio_scsi_response, 108);
#define VIRTIO_SCSI_S_OK         0

#endif
