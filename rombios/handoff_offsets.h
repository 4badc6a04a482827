/* SPDX-License-Identifier: BSD-2-Clause */
/* Offsets into struct handoff for assembly; int15_memory.c asserts them. */
#ifndef HANDOFF_OFFSETS_H
#define HANDOFF_OFFSETS_H

#define HANDOFF_DEBUG_PORT  0x0E
#define HANDOFF_PAM_REG     0x12
#define HANDOFF_PCI_LAST_BUS   0x13
#define HANDOFF_PM1A_CNT_PORT  0x16
#define HANDOFF_SLP_TYP_S5     0x18
#define HANDOFF_PCI_MECHANISM  0x19
#define HANDOFF_E820_MAX    48
#define HANDOFF_E820_COUNT  0x34
#define HANDOFF_E820        0x38
#define E820_SMAP           0x534D4150
#define E820_ENTRY_SIZE     20

#ifdef __ASSEMBLER__
#define TABLES_OFFSET       0x0600   /* abi/handoff.h */
#define TABLES_SIZE         0x0C00
#endif

#endif
