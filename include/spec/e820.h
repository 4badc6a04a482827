/* SPDX-License-Identifier: BSD-2-Clause */
/* System address map. ACPI 6.4, section 15.1 "INT 15H, E820H - Query System Address Map". */
#ifndef SPEC_E820_H
#define SPEC_E820_H

#include "types.h"

enum e820_type {
    E820_RAM      = 1,
    E820_RESERVED = 2,
    E820_ACPI     = 3,   /* reclaimable once the OS has read the tables */
    E820_NVS      = 4,
    E820_UNUSABLE = 5,
};

struct e820_entry {
    u64 base;
    u64 length;
    u32 type;
} PACKED;
SIZE_ASSERT(struct e820_entry, 20);

#endif
