/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The processors: memory types on all of them, the local APIC of this one as a wire for the 8259
 * (virtual wire mode), and how many there are where the VMM does not say.
 * Intel SDM vol. 3, 8.4.4 and 10.4-10.6; MultiProcessor Specification 1.4, 3.6.2.2.
 */
#include "loader.h"
#include "processor.h"
#include "abi/partition.h"
#include "hw/cpuid.h"
#include "hw/io.h"
#include "hw/lapic.h"
#include "hw/msr.h"

#define CPUID_1_EDX_APIC     0x00000200u
#define CPUID_1_EDX_MTRR     0x00001000u
#define ICR_OTHERS           (LAPIC_ICR_OTHERS | LAPIC_ICR_ASSERT)

#define PM_TIMER_MASK        0xFFFFFFu
#define PM_TICKS_PER_MS      3580u
#define AP_WAIT_SECOND       (PM_TICKS_PER_MS / 5)     /* between the two start-up IPIs */
#define AP_WAIT_KNOWN        (4000 * PM_TICKS_PER_MS)  /* until the next that the VMM announced is up: a busy host has not run it yet */
#define AP_WAIT_UNKNOWN      (1 * PM_TICKS_PER_MS)     /* a VMM starts them at once */

static struct msr_value values[MAX_MSR_VALUES];
static u32 value_count;

static volatile u32 *lapic(u32 reg)
{
    return (volatile u32 *)(((u32)rdmsr(MSR_APIC_BASE) & ~0xFFFu) + reg);
}

static void setup_local_apic(void)
{
    *lapic(LAPIC_SVR) = LAPIC_SVR_ENABLE | 0xFF;
    *lapic(LAPIC_LINT0) = LAPIC_LVT_EXTINT;
    *lapic(LAPIC_LINT1) = LAPIC_LVT_NMI;
}

/* Until `expected` have counted themselves; gives up when none came for `ticks` of the PM timer. */
static u32 wait_for_others(u32 expected, u32 ticks)
{
    volatile u32 *count = (u32 *)(AP_START + (ap_count - ap_start));
    u16 timer = platform.chipset->pm_base + PM_TIMER;
    u32 start = inl(timer), came = *count;

    while (*count < expected && ((inl(timer) - start) & PM_TIMER_MASK) < ticks) {
        if (*count != came) {
            came = *count;
            start = inl(timer);
        }
        spin_hint();
    }
    return MIN(*count, MAX_CPUS - 1u);
}

/* The others came up in any order; a VMM numbers its processors by rising APIC ID. */
static void number_processors(void)
{
    const u8 *others = (u8 *)(AP_START + (ap_ids - ap_start));

    for (u32 i = 1; i < platform.cpus; i++) {
        u8 id = others[i - 1];
        u32 at = i;

        for (; at > 1 && platform.apic_id[at - 1] > id; at--)
            platform.apic_id[at] = platform.apic_id[at - 1];
        platform.apic_id[at] = id;
    }
}

/*
 * Start all other processors; returns how many came. The second start-up IPI is for one that the INIT met while it waited
 * for the first, in a partition (MultiProcessor Specification, B.4, has two anyway).
 */
static u32 start_others(u32 expected, u32 ticks)
{
    memcpy((void *)AP_START, ap_start, (usize)(ap_end - ap_start));
    memcpy((void *)(AP_START + (ap_msrs - ap_start)), values, value_count * sizeof(values[0]));
    *lapic(LAPIC_ICR) = ICR_OTHERS | LAPIC_ICR_INIT;
    *lapic(LAPIC_ICR) = ICR_OTHERS | LAPIC_ICR_STARTUP | AP_VECTOR;
    if (wait_for_others(expected, AP_WAIT_SECOND) < expected)
        *lapic(LAPIC_ICR) = ICR_OTHERS | LAPIC_ICR_STARTUP | AP_VECTOR;
    return wait_for_others(expected, ticks);
}

void setup_processor(void)
{
    u32 edx = cpuid(1, 0).d;

    platform.local_apic = edx & CPUID_1_EDX_APIC && rdmsr(MSR_APIC_BASE) & APIC_BASE_ENABLE;
    if (platform.local_apic)
        setup_local_apic();
    if (edx & CPUID_1_EDX_MTRR)
        value_count = mtrr_values(values);
    for (u32 i = 0; i < value_count; i++)
        wrmsr(values[i].msr, values[i].value);
}

/* How many others the VMM or the hypervisor announces; ~0: neither says. */
static u32 others_announced(void)
{
    struct partition p;

    if (partition_probe(&p))
        return p.processors - 1;
    return platform.cpus_known ? platform.cpus - 1u : ~0u;
}

/* In a partition they start as the guest's: in real mode, or in vmxassist, which must be in place. */
void setup_other_processors(void)
{
    u32 others = others_announced(), started;

    for (u32 i = 0; i < MAX_CPUS; i++)
        platform.apic_id[i] = (u8)i;
    if (platform.local_apic && platform.chipset && others) {    /* without a PM timer nothing bounds the wait */
        started = 1 + start_others(others, others == ~0u ? AP_WAIT_UNKNOWN : AP_WAIT_KNOWN);
        if (others != ~0u && started != 1 + others)
            print("vmxloader: %u of %u processors started\n", started, 1 + others);
        platform.cpus = (u16)started;
        platform.apic_id[0] = (u8)(*lapic(LAPIC_ID) >> 24);
        number_processors();
    } else if (others == 0) {
        platform.cpus = 1;
    }
    print("vmxloader: %u processor%s, %08x%s%s\n", platform.cpus, platform.cpus == 1 ? "" : "s", cpuid(1, 0).a,
          platform.local_apic ? ", local APIC" : "", value_count ? ", MTRR" : "");
}
