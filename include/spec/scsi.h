/* SPDX-License-Identifier: BSD-2-Clause */
/* SCSI commands that CD drives take by packet. MMC-3 (T10/1363D) clause 6; SPC-2 clause 7; SFF-8020i. */
#ifndef SPEC_SCSI_H
#define SPEC_SCSI_H

#define SCSI_TEST_UNIT_READY   0x00
#define SCSI_REQUEST_SENSE     0x03
#define SCSI_START_STOP        0x1B
#define SCSI_START_STOP_EJECT  0x02   /* byte 4: LoEj, Start clear */
#define SCSI_PREVENT_REMOVAL   0x1E   /* byte 4 bit 0: locked */
#define SCSI_READ_CAPACITY     0x25
#define SCSI_READ_10           0x28

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
#define SENSE_ASC_BECOMING_READY 0x04
#define SENSE_ASC_LBA_RANGE    0x21
#define SENSE_ASC_NO_MEDIUM    0x3A

#endif
