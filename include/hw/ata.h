/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ATA and ATAPI task file. ATA/ATAPI-6 (T13/1410D), clauses 7 "Interface register definitions"
 * and 8 "Command descriptions". Command block ports are offsets from the base (1F0h, 170h),
 * the control block is one port (3F6h, 376h).
 */
#ifndef HW_ATA_H
#define HW_ATA_H

#define ATA1_COMMAND_BLOCK   0x1F0
#define ATA1_CONTROL_BLOCK   0x3F6
#define ATA1_IRQ             14
#define ATA2_COMMAND_BLOCK   0x170
#define ATA2_CONTROL_BLOCK   0x376
#define ATA2_IRQ             15

/* Command block */
#define ATA_DATA             0
#define ATA_ERROR            1      /* read */
#define ATA_ERROR_AMNF       0x01   /* address mark not found (ATA-3) */
#define ATA_ERROR_TK0NF      0x02   /* track 0 not found (ATA-3) */
#define ATA_ERROR_ABRT       0x04
#define ATA_ERROR_IDNF       0x10
#define ATA_ERROR_UNC        0x40
#define ATA_ERROR_ICRC       0x80
#define ATA_FEATURES         1      /* write */
#define ATA_COUNT            2
#define ATA_LBA_LOW          3
#define ATA_LBA_MID          4      /* ATAPI: byte count low */
#define ATA_LBA_HIGH         5      /* ATAPI: byte count high */
#define ATA_DEVICE           6
#define ATA_DEVICE_OBSOLETE  0xA0   /* bits 7 and 5, one on old drives */
#define ATA_DEVICE_LBA       0x40
#define ATA_DEVICE_DEV       0x10
#define ATA_DEVICE_DEV_SHIFT 4
#define ATA_STATUS           7      /* read */
#define ATA_STATUS_ERR       0x01
#define ATA_STATUS_DRQ       0x08
#define ATA_STATUS_DF        0x20
#define ATA_STATUS_DRDY      0x40
#define ATA_STATUS_BSY       0x80
#define ATA_STATUS_FLOATING  0xFF   /* nobody drives the bus */
#define ATA_COMMAND          7      /* write */

/* Control block: alternate status (read), device control (write) */
#define ATA_CONTROL_NIEN     0x02
#define ATA_CONTROL_SRST     0x04
#define ATA_CONTROL_HS3      0x08   /* bit 3, one on old drives */

#define ATA_READ_SECTORS         0x20
#define ATA_READ_SECTORS_EXT     0x24
#define ATA_READ_DMA_EXT         0x25
#define ATA_READ_MULTIPLE_EXT    0x29
#define ATA_WRITE_SECTORS        0x30
#define ATA_WRITE_SECTORS_EXT    0x34
#define ATA_WRITE_DMA_EXT        0x35
#define ATA_WRITE_MULTIPLE_EXT   0x39
#define ATA_READ_VERIFY          0x40
#define ATA_READ_VERIFY_EXT      0x42
#define ATA_INITIALIZE_PARAMETERS 0x91
#define ATA_PACKET               0xA0
#define ATA_IDENTIFY_PACKET      0xA1
#define ATA_READ_MULTIPLE        0xC4
#define ATA_WRITE_MULTIPLE       0xC5
#define ATA_SET_MULTIPLE         0xC6
#define ATA_READ_DMA             0xC8
#define ATA_WRITE_DMA            0xCA
#define ATA_IDENTIFY             0xEC

#define ATAPI_SIGNATURE          0xEB14   /* LBA mid and high after a reset or an aborted IDENTIFY */
#define ATAPI_FEATURES_DMA       0x01

/* IDENTIFY DEVICE data, in words (clause 8.15) */
#define ID_CYLINDERS         1
#define ID_HEADS             3
#define ID_SECTORS           6
#define ID_MODEL             27
#define ID_MODEL_WORDS       20
#define ID_MULTIPLE_MAX      47
#define ID_CAPABILITIES      49
#define ID_CAPABILITIES_DMA  0x0100
#define ID_CAPABILITIES_LBA  0x0200
#define ID_VALID             53
#define ID_VALID_CURRENT     0x0001     /* words 54-58 */
#define ID_CURRENT_CYLINDERS 54
#define ID_CURRENT_HEADS     55
#define ID_CURRENT_SECTORS   56
#define ID_LBA_SECTORS       60         /* u32 */
#define ID_COMMANDS_2        83
#define ID_COMMANDS_2_LBA48  0x0400
#define ID_LBA48_SECTORS     100        /* u64 */
#define ID_SECTOR_SIZE       106
#define ID_SECTOR_SIZE_MASK  0xD000     /* bit 14 one and 15 zero: valid; bit 12: not 512 bytes */
#define ID_SECTOR_SIZE_LONG  0x5000
#define ID_LOGICAL_WORDS     117        /* u32: words a logical sector */
#define ID_PACKET_TYPE       0
#define ID_PACKET_TYPE_MASK  0x1F00
#define ID_PACKET_TYPE_CD    0x0500
#define ID_PACKET_DRQ_MASK   0x0003
#define ID_PACKET_16         0x0001     /* command packets of 16 bytes, not 12 */

#endif
