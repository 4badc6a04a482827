/* SPDX-License-Identifier: BSD-2-Clause */
/* Offsets into struct handoff for assembly; int15_memory.c asserts them. */
#ifndef HANDOFF_OFFSETS_H
#define HANDOFF_OFFSETS_H

#define HANDOFF_PAM_REG     0x12
#define HANDOFF_E820_MAX    48
#define HANDOFF_E820_COUNT  0x30
#define HANDOFF_E820        0x34
#define E820_SMAP           0x534D4150
#define E820_ENTRY_SIZE     20

#endif
