/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the 32-bit part share. */
#ifndef START_H
#define START_H

#include "hypervisor.h"

void enter_core(u32 page_tables, const struct hv_start *start) NORETURN;     /* start.S */
void enter_guest(u32 eax, u32 ebx, u32 entry) NORETURN;

/* Fill start->svm; NULL, or why this processor cannot carry a partition. */
const char *find_vendor(struct hv_start *start);

/* Load the ELF32 image in [at, end) to its addresses and return its entry, 0 if it is none. */
u32 load_elf(u32 at, u32 end);

/* The top of RAM, and our part of it. False if there is too little. */
bool take_memory(struct hv_start *start);

/* Put the core into its memory and make its first page tables: their physical address. */
u32 place_core(const struct hv_start *start);

#endif
