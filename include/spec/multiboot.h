/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How a boot loader hands over: Multiboot Specification 0.6.96 (section 3.3) and Multiboot2
 * Specification 2.0 (section 3.6). Constants are for assembly too.
 */
#ifndef SPEC_MULTIBOOT_H
#define SPEC_MULTIBOOT_H

#define MULTIBOOT_HEADER_MAGIC   0x1BADB002
#define MULTIBOOT_HEADER_FLAGS   0x00000003   /* page-align modules, give the memory map */
#define MULTIBOOT_BOOT_MAGIC     0x2BADB002   /* EAX at entry */
#define MULTIBOOT2_HEADER_MAGIC  0xE85250D6
#define MULTIBOOT2_BOOT_MAGIC    0x36D76289   /* EAX at entry */

#ifndef __ASSEMBLER__
#include "types.h"

#define MULTIBOOT_INFO_CMDLINE   0x0004
#define MULTIBOOT_INFO_MODULES   0x0008
#define MULTIBOOT_INFO_MMAP      0x0040

struct multiboot_info {
    u32 flags;            /* MULTIBOOT_INFO_... */
    u32 mem_lower, mem_upper;
    u32 boot_device;
    u32 cmdline;          /* physical address of a C string */
    u32 mods_count;
    u32 mods_addr;        /* struct multiboot_module[] */
    u32 syms[4];
    u32 mmap_length;      /* bytes */
    u32 mmap_addr;        /* struct multiboot_mmap, each `size` + 4 bytes long */
} PACKED;

struct multiboot_module {
    u32 start, end;       /* end: first byte behind */
    u32 cmdline;
    u32 reserved;
} PACKED;

struct multiboot_mmap {
    u32 size;             /* of the rest */
    u64 base, length;
    u32 type;             /* as E820 */
} PACKED;

#define MULTIBOOT2_TAG_END      0
#define MULTIBOOT2_TAG_CMDLINE  1
#define MULTIBOOT2_TAG_MODULE   3
#define MULTIBOOT2_TAG_MMAP     6

struct multiboot2_info {
    u32 total_size, reserved;
} PACKED;

struct multiboot2_tag {   /* tags are 8-byte aligned */
    u32 type, size;
} PACKED;

struct multiboot2_module {
    struct multiboot2_tag tag;
    u32 start, end;
} PACKED;

struct multiboot2_mmap {
    struct multiboot2_tag tag;
    u32 entry_size, entry_version;
} PACKED;

struct multiboot2_mmap_entry {
    u64 base, length;
    u32 type, reserved;
} PACKED;

#endif
#endif
