/* SPDX-License-Identifier: BSD-2-Clause */
/* What the processor steps share, and what they lay out for ap_start.S. */
#ifndef PROCESSOR_H
#define PROCESSOR_H

#define AP_START        0x8000     /* where the other processors start: a page below 1 MiB */
#define AP_VECTOR       (AP_START >> 12)
#define MSR_VALUE_SIZE  12
#define MAX_MSR_VALUES  20
#define MAX_OTHERS      256        /* as many as broadcast start-up can reach */

#ifndef __ASSEMBLER__
#include "types.h"

struct msr_value {
    u32 msr;                       /* 0 ends a list */
    u64 value;
} PACKED;
SIZE_ASSERT(struct msr_value, MSR_VALUE_SIZE);

/* Fill `list` (MAX_MSR_VALUES) with the MTRRs in the order to write them; returns the count. */
u32 mtrr_values(struct msr_value *list);

/* ap_start.S: the code to copy to AP_START, and inside it the count, the MSR list and a byte for each APIC ID. */
extern const u8 ap_start[], ap_count[], ap_msrs[], ap_ids[], ap_end[];
#endif

#endif
