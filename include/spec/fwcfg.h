/* SPDX-License-Identifier: BSD-2-Clause */
/* QEMU firmware configuration device: QEMU docs/specs/fw_cfg. Multi-byte fields of the directory are big-endian. */
#ifndef SPEC_FWCFG_H
#define SPEC_FWCFG_H

#include "types.h"

#define FWCFG_PORT_SELECTOR    0x510   /* u16 */
#define FWCFG_PORT_DATA        0x511   /* u8 */
#define FWCFG_PORT_DMA         0x514   /* address of struct fwcfg_dma: high half, then low half, big-endian */

#define FWCFG_KEY_SIGNATURE    0x0000  /* "QEMU" */
#define FWCFG_KEY_ID           0x0001
#define FWCFG_ID_DMA           0x0002
#define FWCFG_KEY_NB_CPUS      0x0005
#define FWCFG_KEY_BOOT_MENU    0x000E
#define FWCFG_KEY_DIRECTORY    0x0019

#define FWCFG_DMA_ERROR        0x01
#define FWCFG_DMA_READ         0x02
#define FWCFG_DMA_SELECT       0x08
#define FWCFG_DMA_WRITE        0x10

struct fwcfg_dma {
    u32 control;          /* key in bits 31:16 with FWCFG_DMA_SELECT */
    u32 length;
    u64 address;
} PACKED;

struct fwcfg_entry {
    u32 size;
    u16 key;
    u16 reserved;
    char name[56];
} PACKED;
SIZE_ASSERT(struct fwcfg_entry, 64);

#endif
