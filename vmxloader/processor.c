/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The processors: memory types on all of them, the local APIC of this one as a wire for the 8259
 * (virtual wire mode), and how many there are where the VMM does not say.
 * Intel SDM vol. 3, 8.4.4 and 10.4-10.6; MultiProcessor Specification 1.4, 3.6.2.2.
 */
#include "loader.h"
#include "processor.h"
#include "abi/partition.h"
#include "hw/io.h"
#include "hw/msr.h"

#define CPUID_1_EDX_APIC     0x00000200u
#define CPUID_1_EDX_MTRR     0x00001000u
#define APIC_BASE_ENABLE     0x800u
#define LAPIC_ID             0x20
#define LAPIC_SVR            0xF0
#define LAPIC_SVR_ENABLE     0x100u
#define LAPIC_ICR            0x300
#define LAPIC_ICR_INIT       0x000C4500u   /* all others, INIT */
#define LAPIC_ICR_STARTUP    0x000C4600u   /* all others, start-up; vector in bits 7:0 */
#define LAPIC_LINT0          0x350
#define LAPIC_LINT1          0x360
#define LAPIC_LVT_NMI        0x400u
#define LAPIC_LVT_EXTINT     0x700u

#define PM_TIMER_MASK        0xFFFFFFu
#define PM_TICKS_PER_MS      3580u
#define AP_WAIT_KNOWN        (100 * PM_TICKS_PER_MS)   /* until all that the VMM announced are up */
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

/* Start all other processors, wait until `expected` have counted themselves. Returns how many did. */
static u32 start_others(u32 expected, u32 ticks)
{
    volatile u32 *count = (u32 *)(AP_START + (ap_count - ap_start));
    u16 timer = platform.chipset->pm_base + PM_TIMER;
    u32 start;

    memcpy((void *)AP_START, ap_start, (usize)(ap_end - ap_start));
    memcpy((void *)(AP_START + (ap_msrs - ap_start)), values, value_count * sizeof(values[0]));
    *lapic(LAPIC_ICR) = LAPIC_ICR_INIT;
    *lapic(LAPIC_ICR) = LAPIC_ICR_STARTUP | AP_VECTOR;
    start = inl(timer);
    while (*count < expected && ((inl(timer) - start) & PM_TIMER_MASK) < ticks)
        asm volatile("pause");
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

/* The processors of a partition belong to its hypervisor; without a PM timer nothing bounds the wait. */
static void setup_others(void)
{
    struct partition p;
    u32 started;

    for (u32 i = 0; i < MAX_CPUS; i++)
        platform.apic_id[i] = (u8)i;
    if (!platform.local_apic || !platform.chipset || partition_probe(&p) || (platform.cpus_known && platform.cpus == 1))
        return;
    started = 1 + (platform.cpus_known ? start_others(platform.cpus - 1u, AP_WAIT_KNOWN) : start_others(~0u, AP_WAIT_UNKNOWN));
    if (platform.cpus_known && started != platform.cpus)
        print("vmxloader: %u of %u processors started\n", started, platform.cpus);
    platform.cpus = (u16)started;
    platform.apic_id[0] = (u8)(*lapic(LAPIC_ID) >> 24);
    number_processors();
}

void setup_processor(void)
{
    u32 eax, edx;

    cpuid(1, &eax, &edx);
    platform.local_apic = edx & CPUID_1_EDX_APIC && rdmsr(MSR_APIC_BASE) & APIC_BASE_ENABLE;
    if (platform.local_apic)
        setup_local_apic();
    if (edx & CPUID_1_EDX_MTRR)
        value_count = mtrr_values(values);
    for (u32 i = 0; i < value_count; i++)
        wrmsr(values[i].msr, values[i].value);
    setup_others();
    print("vmxloader: %u processor%s, %08x%s%s\n", platform.cpus, platform.cpus == 1 ? "" : "s", eax,
          platform.local_apic ? ", local APIC" : "", value_count ? ", MTRR" : "");
}
