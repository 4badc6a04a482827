/* SPDX-License-Identifier: BSD-2-Clause */
/* ROMs in the adapter area. BIOS Boot Specification 1.01; PCI Firmware Specification 3.0, chapter 5. */
#ifndef ROM_HEADER_H
#define ROM_HEADER_H

#include "bios.h"

#define VGA_ROM_SEGMENT   0xC000
#define ROM_BLOCK         512
#define ROM_SIGNATURE     0xAA55

struct rom_header {
    u16 signature;
    u8  blocks;          /* of 512 bytes */
    u8  entry[3];        /* far-callable init vector */
    u8  reserved[0x12];
    u16 pcir;            /* offset of the PCI data structure */
    u16 pnp;             /* offset of the PnP expansion header */
} PACKED;
SIZE_ASSERT(struct rom_header, 0x1C);

#define ROM_HEADER ((struct rom_header __seg_fs *)0)

/* Whether a ROM with a right checksum starts at `segment`. */
bool rom_present(u16 segment);

/* Whether a PCI function is a display adapter: its ROM is the VGA BIOS. post_video.c */
bool pci_is_vga(u16 bdf);

/* Call its init vector as PCI Firmware 3.0, 5.2.1.21 says: AX = bus:device:function, ES:DI = $PnP. */
void rom_call_init(u16 segment, u16 bdf);

#endif
