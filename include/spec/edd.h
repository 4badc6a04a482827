/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Enhanced Disk Drive services, INT 13h AH=41h-48h. BIOS Enhanced Disk Drive Specification 3.0
 * (Phoenix, rev 0.8) chapters 4 and 5; T13/1572D (EDD-3) gives the longer device path.
 */
#ifndef SPEC_EDD_H
#define SPEC_EDD_H

#include "types.h"

#define EDD_VERSION          0x30     /* AH of 41h: EDD 3.0 */
#define EDD_FIXED_ACCESS     0x0001   /* CX of 41h: 42h-44h, 47h, 48h */
#define EDD_REMOVABLE        0x0002   /* 45h, 46h, 48h, 49h, INT 15h AH=52h */
#define EDD_ENHANCED         0x0004   /* 48h, 4Eh and the parameter table extension */

/* DS:SI of 42h-44h and 47h. */
struct edd_packet {
    u8  size;                 /* 10h, or 18h with a flat address */
    u8  reserved;
    u16 count;                /* sectors; comes back as the number transferred */
    struct farptr buffer;     /* FFFF:FFFF: `flat` holds the address */
    u32 lba, lba_high;
    u32 flat, flat_high;
} PACKED;
SIZE_ASSERT(struct edd_packet, 0x18);
#define EDD_PACKET_SIZE      0x10
#define EDD_PACKET_SIZE_FLAT 0x18
#define EDD_BUFFER_FLAT      0xFFFFFFFFu

/* DS:SI of 48h. */
struct edd_params {
    u16 size;                 /* in: bytes the caller offers; out: bytes filled */
    u16 flags;                /* EDD_INFO_... */
    u32 cylinders, heads, sectors_per_track;   /* physical */
    u32 sectors, sectors_high;
    u16 sector_size;
    struct farptr dpte;       /* 1Ah; FFFF:FFFF = none */
    u16 key;                  /* 1Eh: BEDDh */
    u8  path_length;
    u8  reserved_21[3];
    char host_bus[4];         /* 24h */
    char interface[8];        /* 28h */
    u8  interface_path[8];    /* 30h: PCI bus, slot, function, channel */
    u8  device_path[16];      /* 38h: 8 bytes in EDD 3.0, 16 in EDD-3 */
    u8  reserved_48;
    u8  checksum;             /* of the path: all its bytes add up to 0 */
} PACKED;
SIZE_ASSERT(struct edd_params, 0x4A);
#define EDD_PARAMS_SIZE_1    0x1A     /* without DPTE */
#define EDD_PARAMS_SIZE_2    0x1E     /* with DPTE */
#define EDD_PARAMS_SIZE_3    0x42     /* with the path of EDD 3.0 */
#define EDD_PARAMS_SIZE_T13  0x4A
#define EDD_PATH_OFFSET      0x1E
#define EDD_PATH_KEY         0xBEDD
#define EDD_PATH_LENGTH      0x24
#define EDD_PATH_LENGTH_T13  0x2C
#define EDD_INFO_BOUNDARY    0x0001   /* DMA boundary errors are handled here */
#define EDD_INFO_GEOMETRY    0x0002   /* cylinders, heads, sectors are valid */
#define EDD_INFO_REMOVABLE   0x0004
#define EDD_INFO_CHANGE_LINE 0x0010
#define EDD_INFO_LOCKABLE    0x0020
#define EDD_INFO_NO_MEDIUM   0x0040   /* values are maxima: nothing is in the drive */

/* Device parameter table extension. */
struct edd_dpte {
    u16 port;
    u16 control;
    u8  head;                 /* bit 6 LBA, bit 4 slave, 7 and 5 one */
    u8  bios_vendor;
    u8  irq;
    u8  multiple;             /* sectors a DRQ block */
    u8  dma;                  /* 3:0 channel, 7:4 type */
    u8  pio;
    u16 options;              /* EDD_OPTION_... */
    u16 reserved_0c;
    u8  revision;             /* 11h */
    u8  checksum;
} PACKED;
SIZE_ASSERT(struct edd_dpte, 0x10);
#define EDD_OPTION_PIO       0x0001   /* fast PIO */
#define EDD_OPTION_DMA       0x0002
#define EDD_OPTION_MULTIPLE  0x0004
#define EDD_OPTION_CHS       0x0008   /* CHS translation on */
#define EDD_OPTION_LBA       0x0010
#define EDD_OPTION_REMOVABLE 0x0020
#define EDD_OPTION_ATAPI     0x0040
#define EDD_OPTION_PIO32     0x0080
#define EDD_OPTION_LBA_TRANSLATION 0x0400   /* bits 10:9: 01b LBA assisted... 10b vendor */

/* Fixed disk parameter table, INT 41h and 46h: the translated form. EDD 3.0, table 3. */
struct fdpt {
    u16 cylinders;            /* logical */
    u8  heads;
    u8  signature;            /* A0h: translated */
    u8  sectors_physical;
    u16 precompensation;
    u8  reserved_07;
    u8  control;              /* bit 3: more than 8 heads */
    u16 cylinders_physical;
    u8  heads_physical;
    u16 landing_zone;
    u8  sectors;              /* logical */
    u8  checksum;
} PACKED;
SIZE_ASSERT(struct fdpt, 16);
#define FDPT_TRANSLATED      0xA0
#define FDPT_CONTROL_HEADS   0x08

#endif
