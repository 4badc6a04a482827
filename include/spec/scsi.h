/* SPDX-License-Identifier: BSD-2-Clause */
/* SCSI commands for disks and CD drives. SPC-3 (T10/1416-D) clauses 4.5 and 6, SBC-3 (T10/1799-D) clause 5, MMC-3 (T10/1363-D) clause 6. */
#ifndef SPEC_SCSI_H
#define SPEC_SCSI_H

#define SCSI_TEST_UNIT_READY   0x00
#define SCSI_REQUEST_SENSE     0x03
#define SCSI_INQUIRY           0x12
#define SCSI_START_STOP        0x1B
#define SCSI_START_STOP_EJECT  0x02   /* byte 4: LoEj, Start clear */
#define SCSI_PREVENT_REMOVAL   0x1E   /* byte 4 bit 0: locked */
#define SCSI_READ_CAPACITY     0x25
#define SCSI_READ_10           0x28
#define SCSI_WRITE_10          0x2A
#define SCSI_READ_16           0x88
#define SCSI_WRITE_16          0x8A
#define SCSI_SERVICE_ACTION_IN 0x9E
#define SCSI_READ_CAPACITY_16  0x10   /* byte 1 of SERVICE ACTION IN(16) */
#define SCSI_REPORT_LUNS       0xA0

/* Sense data, fixed format */
#define SENSE_SIZE             18
#define SENSE_KEY              2      /* byte, bits 3:0 */
#define SENSE_KEY_MASK         0x0F
#define SENSE_NOT_READY        0x02
#define SENSE_MEDIUM_ERROR     0x03
#define SENSE_ILLEGAL_REQUEST  0x05
#define SENSE_UNIT_ATTENTION   0x06
#define SENSE_DATA_PROTECT     0x07
#define SENSE_ASC              12
#define SENSE_ASC_LBA_RANGE    0x21
#define SENSE_ASC_RESET        0x29   /* power on or bus reset */
#define SENSE_ASC_NO_MEDIUM    0x3A

/* INQUIRY data */
#define INQUIRY_SIZE           36
#define INQUIRY_TYPE           0      /* byte: qualifier in 7:5, 0 a unit that is there; type in 4:0 */
#define INQUIRY_TYPE_DISK      0x00
#define INQUIRY_TYPE_CD        0x05
#define INQUIRY_PRODUCT        16     /* 16 characters, filled up with blanks */

/* REPORT LUNS data: bytes that follow, then 8 bytes a unit; the first two name it */
#define REPORT_LUNS_HEADER     8
#define REPORT_LUNS_ENTRY      8

/* READ CAPACITY data: number of the last block, bytes a block, all big-endian */
#define CAPACITY_SIZE          8
#define CAPACITY_16_SIZE       12     /* what we look at: 64 bits of number, then the size */

#endif
