/* SPDX-License-Identifier: BSD-2-Clause */
/* What the host tests of the hypervisor put in the machine's place: MSRs, and the memory that the core runs from. */
#ifndef HV_FAKE_H
#define HV_FAKE_H

#include "hw/msr.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static struct { u32 msr; u64 value; } fake_msrs[64];
static u32 fake_msr_count;

static inline void fake_msr(u32 msr, u64 value)
{
    for (u32 i = 0; i < fake_msr_count; i++)
        if (fake_msrs[i].msr == msr) {
            fake_msrs[i].value = value;
            return;
        }
    fake_msrs[fake_msr_count].msr = msr;
    fake_msrs[fake_msr_count++].value = value;
}

/* An MSR that the processor does not have must not be read: that would be #GP in the hypervisor. */
static inline u64 fake_rdmsr(u32 msr)
{
    for (u32 i = 0; i < fake_msr_count; i++)
        if (fake_msrs[i].msr == msr)
            return fake_msrs[i].value;
    fail_msg("RDMSR %x", msr);
    return 0;
}
#define rdmsr fake_rdmsr

#endif
