/* SPDX-License-Identifier: BSD-2-Clause */
/* The memory type range registers, as numbers. Intel SDM vol. 3A, 12.11. */
#ifndef MTRR_H
#define MTRR_H

#include "types.h"

#define MTRR_FIXED_RANGES  88         /* 8 of 64 KiB, 16 of 16 KiB, 64 of 4 KiB */
#define MTRR_MAX_VARIABLE  32
#define MTRR_MIXED         0xFF

struct mtrr {
    bool enabled, fixed_enabled;
    u8 default_type;
    u8 fixed[MTRR_FIXED_RANGES];
    u32 count;
    struct { u64 base, end; u8 type; } variable[MTRR_MAX_VARIABLE];   /* the valid ones; end is the first byte behind */
};

/* From this processor's MSRs. */
void mtrr_read(struct mtrr *m);

/* Type of [at, at + size), a naturally aligned power of two; MTRR_MIXED if its parts differ, or might. */
u8 mtrr_type(const struct mtrr *m, u64 at, u64 size);

/* Is `msr` one of them. */
bool mtrr_is(u32 msr);

#endif
