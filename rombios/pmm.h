/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory for POST and for option ROMs, while POST runs. */
#ifndef PMM_H
#define PMM_H

#include "bios.h"

/*
 * Bytes by PMM flags (spec/pmm.h); physical address, 0 = none. Size 0: the largest free piece.
 * High blocks stay valid when POST is over.
 */
u32 pmm_allocate(u32 size, u32 handle, u16 flags);

void pmm_open(void);
void pmm_close(void);

#endif
