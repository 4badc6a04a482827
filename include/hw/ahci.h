/* SPDX-License-Identifier: BSD-2-Clause */
/* Serial ATA AHCI 1.3.1: registers (chapter 3), structures in memory (chapter 4); Serial ATA 3.0, 10.3 (FIS). */
#ifndef HW_AHCI_H
#define HW_AHCI_H

#include "types.h"

#define PCI_CLASS_AHCI       0x0106
#define PCI_CAP_SATA         0x12      /* Serial ATA capability */
#define SATACR1              4         /* where the Index-Data Pair is */
#define SATACR1_BAR_MASK     0x0F      /* offset of the BAR in dwords; Fh: behind the capability */
#define SATACR1_OFFSET(v)    ((v) >> 4 << 2)      /* bytes from the BAR's base */
#define AHCI_IDP_DATA        4         /* port, from the index port */

/* Generic host control */
#define AHCI_CAP             0x00
#define AHCI_CAP_SSS         0x08000000u   /* staggered spin-up */
#define AHCI_GHC             0x04
#define AHCI_GHC_AE          0x80000000u   /* AHCI enable; the interrupts' bit 1 stays clear */
#define AHCI_PI              0x0C          /* ports implemented */
#define AHCI_PORTS           32

/* Port registers, from AHCI_PORT(n) */
#define AHCI_PORT(n)         (0x100 + 0x80 * (n))
#define PX_CLB               0x00
#define PX_CLBU              0x04
#define PX_FB                0x08
#define PX_FBU               0x0C
#define PX_IS                0x10
#define PX_IS_ERRORS         0x78000000u   /* TFES HBFS HBDS IFS */
#define PX_IE                0x14
#define PX_CMD               0x18
#define PX_CMD_ST            0x00000001u
#define PX_CMD_SUD           0x00000002u
#define PX_CMD_POD           0x00000004u
#define PX_CMD_FRE           0x00000010u
#define PX_CMD_FR            0x00004000u
#define PX_CMD_CR            0x00008000u
#define PX_TFD               0x20          /* status in 7:0, error in 15:8 */
#define PX_SIG               0x24
#define PX_SIG_DISK          0x00000101u
#define PX_SIG_PACKET        0xEB140101u
#define PX_SSTS              0x28
#define PX_SSTS_DET          0x0F
#define PX_SSTS_DET_NONE     0
#define PX_SSTS_DET_READY    3             /* device there, link up */
#define PX_SCTL              0x2C
#define PX_SCTL_DET          0x0F
#define PX_SCTL_DET_RESET    1             /* COMRESET */
#define PX_SERR              0x30
#define PX_CI                0x38

/* Entry of the command list */
struct ahci_header {
    u16 flags;               /* AHCI_HEADER_... */
    u16 regions;             /* entries of the table's PRDT */
    u32 moved;               /* bytes, written by the controller */
    u32 table, table_high;
    u32 reserved[4];
} PACKED;
SIZE_ASSERT(struct ahci_header, 32);
#define AHCI_HEADER_FIS_DWORDS  5
#define AHCI_HEADER_ATAPI       0x0020
#define AHCI_HEADER_WRITE       0x0040

struct ahci_table {
    u32 fis[16];             /* Register FIS, host to device: 5 dwords */
    u32 packet[4];           /* ATAPI command */
    u32 reserved_50[12];
    struct {
        u32 address, address_high;
        u32 reserved;
        u32 bytes;           /* less one: an odd number; 4 MiB at most */
    } region;
} PACKED;
_Static_assert(offsetof(struct ahci_table, region) == 0x80, "AHCI 1.3.1, figure 6");

#define FIS_H2D              0x27
#define FIS_H2D_COMMAND      0x8000        /* dword 0: the command register, not device control */
#define FIS_D2H              0x34

/* Received FIS area: what we look at of it */
struct ahci_received {
    u8  others[0x40];
    u8  type;                /* FIS_D2H: a Register FIS came since we cleared it */
    u8  flags;
    u8  status;
    u8  error;
} PACKED;
SIZE_ASSERT(struct ahci_received, 0x44);

#endif
