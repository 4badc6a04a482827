/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Plug and Play BIOS Specification 1.0A: installation check structure (4.4) and option ROM
 * expansion header (3.2). PCI data structure: PCI Firmware Specification 3.0, 5.1.2.
 */
#ifndef SPEC_PNP_H
#define SPEC_PNP_H

#include "types.h"

#define PNP_SIGNATURE   0x506E5024u   /* "$PnP" */
#define PCIR_SIGNATURE  0x52494350u   /* "PCIR" */
#define PCIR_CODE_X86   0
#define PCIR_LAST_IMAGE 0x80

/* In an option ROM; offsets are from the ROM's start, 0 = none. */
struct pnp_expansion {
    u32 signature;
    u8  revision;
    u8  length;          /* in 16 bytes */
    u16 next;            /* the next expansion header */
    u8  reserved;
    u8  checksum;
    u32 device_id;
    u16 manufacturer;    /* string */
    u16 product;         /* string */
    u8  class[3];
    u8  indicators;
    u16 bcv;             /* boot connection vector: hooks INT 13h */
    u16 disconnect;
    u16 bev;             /* bootstrap entry vector */
    u16 reserved_1c;
    u16 resources;
} PACKED;
SIZE_ASSERT(struct pnp_expansion, 0x20);

struct pcir {
    u32 signature;
    u16 vendor;
    u16 device;
    u16 device_list;
    u16 length;
    u8  revision;
    u8  class[3];
    u16 blocks;          /* of 512 bytes: the whole image */
    u16 code_revision;
    u8  code_type;
    u8  indicator;       /* bit 7: last image of the ROM */
    u16 run_time_blocks; /* revision 3: at most what the init call leaves; below: reserved */
} PACKED;
SIZE_ASSERT(struct pcir, 0x18);
#define PCIR_REVISION_3  3

#endif
