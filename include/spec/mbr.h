/* SPDX-License-Identifier: BSD-2-Clause */
/* Master boot record. IBM PS/2 and PC BIOS Interface Technical Reference, "Fixed disk boot record". */
#ifndef SPEC_MBR_H
#define SPEC_MBR_H

#include "types.h"

#define BOOT_SECTOR_ADDRESS  0x7C00
#define MBR_SIGNATURE        0xAA55
#define MBR_PARTITIONS       4

struct mbr_partition {
    u8  active;              /* 80h: boot this one */
    u8  start_head, start_sector, start_cylinder;   /* sector: 5:0, cylinder 9:8 in 7:6 */
    u8  type;                /* 0: unused */
    u8  end_head, end_sector, end_cylinder;
    u32 start;               /* sector number */
    u32 sectors;
} PACKED;

struct mbr {
    u8  code[0x1BE];
    struct mbr_partition partition[MBR_PARTITIONS];
    u16 signature;
} PACKED;
SIZE_ASSERT(struct mbr, 512);

#endif
