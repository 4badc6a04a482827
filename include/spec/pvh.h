/* SPDX-License-Identifier: BSD-2-Clause */
/* PVH direct boot: Xen docs/misc/pvh.pandoc and public/arch-x86/hvm/start_info.h. Constants are for assembly too. */
#ifndef SPEC_PVH_H
#define SPEC_PVH_H

#define XEN_ELFNOTE_FEATURES      10        /* names with | between them; ! in front: required */
#define XEN_ELFNOTE_PHYS32_ENTRY  18
#define PVH_START_MAGIC           0x336EC578

#ifndef __ASSEMBLER__
#include "types.h"

struct hvm_start_info {
    u32 magic;            /* PVH_START_MAGIC */
    u32 version;          /* memmap fields exist from 1 on */
    u32 flags;
    u32 nr_modules;
    u64 modlist;          /* struct hvm_modlist_entry[] */
    u64 cmdline;          /* C string */
    u64 rsdp;
    u64 memmap;           /* struct hvm_memmap_entry[] */
    u32 memmap_entries;
    u32 reserved;
} PACKED;
SIZE_ASSERT(struct hvm_start_info, 56);

struct hvm_modlist_entry {
    u64 paddr, size, cmdline, reserved;
} PACKED;

struct hvm_memmap_entry {
    u64 addr, size;
    u32 type;             /* as E820 */
    u32 reserved;
} PACKED;
SIZE_ASSERT(struct hvm_memmap_entry, 24);

#endif
#endif
