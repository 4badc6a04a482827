/* SPDX-License-Identifier: BSD-2-Clause */
/* The guest's local APIC where its start-up IPIs must be led to us (SVM). */
#ifndef APIC_H
#define APIC_H

#include "hypervisor.h"
#include "hw/lapic.h"

static inline volatile u32 *lapic(u32 offset)
{
    return (volatile u32 *)(u64)(LAPIC_BASE + offset);
}

/* Where there are several processors: from now on the guest's writes to its local APIC exit. */
void apic_intercept(void);
bool apic_intercepted(paddr written);
/* The guest writes the x2APIC's interrupt command register; false: #GP. */
bool apic_write_icr(u64 value);

#endif
