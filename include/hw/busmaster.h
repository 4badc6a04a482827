/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * IDE bus master. "Programming Interface for Bus Master IDE Controller" 1.0 (SFF-8038i), sections 1 and 2.
 * Two register blocks of 8 ports behind BAR4, primary first.
 */
#ifndef HW_BUSMASTER_H
#define HW_BUSMASTER_H

#include "types.h"

#define BM_COMMAND            0
#define BM_COMMAND_START      0x01
#define BM_COMMAND_TO_MEMORY  0x08   /* the controller writes memory: a disk read */
#define BM_STATUS             2
#define BM_STATUS_ACTIVE      0x01
#define BM_STATUS_ERROR       0x02   /* write 1 to clear */
#define BM_STATUS_INTERRUPT   0x04   /* write 1 to clear */
#define BM_STATUS_CAPABLE     0x60   /* both drives do DMA: a note for operating systems */
#define BM_PRD_TABLE          4      /* u32, physical, 4-byte aligned, within 64 KiB */
#define BM_CHANNEL_SIZE       8

/* Physical region descriptor: a region may not cross 64 KiB. */
struct prd {
    u32 base;
    u16 bytes;               /* 0 = 64 KiB */
    u16 flags;
} PACKED;
SIZE_ASSERT(struct prd, 8);
#define PRD_LAST              0x8000

#define PCI_CLASS_IDE         0x0101
#define PCI_IDE_NATIVE(channel)  (0x01 << 2 * (channel))   /* in the programming interface */
#define PCI_IDE_MASTER        0x80
#define PCI_IDE_BM_BAR        4

/* Intel PIIX: IDE timing, one u16 a channel; bit 15 makes it decode its ports at all. 82371SB, 2.3.7 */
#define PCI_VENDOR_INTEL      0x8086
#define PIIX_IDETIM           0x40
#define PIIX_IDETIM_DECODE    0x8000

#endif
