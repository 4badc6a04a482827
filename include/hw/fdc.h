/* SPDX-License-Identifier: BSD-2-Clause */
/* Floppy disk controller. Intel 82077AA data sheet (290166), sections 2 and 5. */
#ifndef HW_FDC_H
#define HW_FDC_H

#define FDC_DOR               0x3F2   /* digital output */
#define FDC_DOR_NORESET       0x04
#define FDC_DOR_DMA           0x08    /* DMA and IRQ6 enabled */
#define FDC_DOR_MOTOR(drive)  (0x10 << (drive))
#define FDC_MSR               0x3F4   /* main status */
#define FDC_MSR_BUSY          0x10
#define FDC_MSR_DIO           0x40    /* the controller has a byte for us */
#define FDC_MSR_RQM           0x80    /* ready for a byte */
#define FDC_FIFO              0x3F5
#define FDC_DIR               0x3F7   /* digital input, read */
#define FDC_DIR_CHANGED       0x80
#define FDC_CCR               0x3F7   /* data rate, write */
#define FDC_RATE_500          0
#define FDC_RATE_300          1
#define FDC_RATE_250          2
#define FDC_RATE_1000         3

#define FDC_SPECIFY           0x03
#define FDC_RECALIBRATE       0x07
#define FDC_SENSE_INTERRUPT   0x08
#define FDC_FORMAT            0x4D    /* MFM */
#define FDC_SEEK              0x0F
#define FDC_READ              0xE6    /* multitrack, MFM, skip deleted data */
#define FDC_WRITE             0xC5    /* multitrack, MFM */

#define FDC_ST0_IC            0xC0    /* interrupt code: 0 = normal termination */
#define FDC_ST0_IC_INVALID    0x80
#define FDC_ST0_SEEK_END      0x20
#define FDC_ST1_MA            0x01    /* missing address mark */
#define FDC_ST1_NW            0x02    /* not writable */
#define FDC_ST1_ND            0x04    /* no data: sector not found */
#define FDC_ST1_OR            0x10    /* overrun */
#define FDC_ST1_DE            0x20    /* data error: CRC */
#define FDC_ST1_EN            0x80    /* end of cylinder */

#endif
