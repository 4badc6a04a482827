/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The processor: memory types, and the local APIC as a wire for the 8259 (virtual wire mode).
 * Intel SDM vol. 3, 10.4-10.5 and 11.11; MultiProcessor Specification 1.4, 3.6.2.2.
 */
#include "loader.h"
#include "hw/msr.h"

#define CPUID_1_EDX_APIC    0x00000200u
#define CPUID_1_EDX_MTRR    0x00001000u
#define CPUID_MAX_EXTENDED  0x80000000u
#define CPUID_ADDRESS_SIZE  0x80000008u

#define APIC_BASE_ENABLE    0x800u
#define LAPIC_SVR           0xF0
#define LAPIC_SVR_ENABLE    0x100u
#define LAPIC_LINT0         0x350
#define LAPIC_LINT1         0x360
#define LAPIC_LVT_NMI       0x400u
#define LAPIC_LVT_EXTINT    0x700u

#define MSR_MTRR_CAP        0xFEu
#define MTRR_CAP_FIXED      0x100u
#define MSR_MTRR_PHYSBASE0  0x200u
#define MSR_MTRR_PHYSMASK0  0x201u
#define MTRR_PHYSMASK_VALID 0x800u
#define MSR_MTRR_FIX64K     0x250u
#define MSR_MTRR_FIX16K_80  0x258u
#define MSR_MTRR_FIX16K_A0  0x259u
#define MSR_MTRR_FIX4K_C0   0x268u    /* to 26Fh: F8000 */
#define MSR_MTRR_DEF_TYPE   0x2FFu
#define MTRR_DEF_ENABLE     0xC00u    /* variable and fixed ranges */
#define MTRR_UC             0x00
#define MTRR_WB             0x06
#define MTRR_WB_BYTES       0x0606060606060606ull
#define DEVICE_WINDOW       0xC0000000u   /* uncached from here to 4 GiB, or from the top of RAM */

static void cpuid(u32 leaf, u32 *eax, u32 *edx)
{
    u32 ebx, ecx = 0;

    asm volatile("cpuid" : "=a"(*eax), "=b"(ebx), "+c"(ecx), "=d"(*edx) : "0"(leaf));
}

static u64 physical_mask(void)
{
    u32 eax, edx, bits = 36;

    cpuid(CPUID_MAX_EXTENDED, &eax, &edx);
    if (eax >= CPUID_ADDRESS_SIZE) {
        cpuid(CPUID_ADDRESS_SIZE, &eax, &edx);
        bits = eax & 0xFF;
    }
    return (1ull << bits) - 1;
}

/* RAM is write-back, A0000-BFFFF and the device window below 4 GiB are uncached. */
static void setup_mtrr(void)
{
    u32 base = DEVICE_WINDOW;
    u64 cap = rdmsr(MSR_MTRR_CAP);

    wrmsr(MSR_MTRR_DEF_TYPE, 0);
    if (cap & MTRR_CAP_FIXED) {
        wrmsr(MSR_MTRR_FIX64K, MTRR_WB_BYTES);
        wrmsr(MSR_MTRR_FIX16K_80, MTRR_WB_BYTES);
        wrmsr(MSR_MTRR_FIX16K_A0, 0);
        for (u32 i = 0; i < 8; i++)
            wrmsr(MSR_MTRR_FIX4K_C0 + i, MTRR_WB_BYTES);
    }
    while (base && base < ram_low_top)   /* a mask covers powers of two only: halve the window */
        base += (u32)-base / 2;
    if ((u8)cap) {
        wrmsr(MSR_MTRR_PHYSBASE0, base | MTRR_UC);
        wrmsr(MSR_MTRR_PHYSMASK0, (physical_mask() & ~(u64)(u32)(-base - 1)) | MTRR_PHYSMASK_VALID);
    }
    wrmsr(MSR_MTRR_DEF_TYPE, MTRR_DEF_ENABLE | MTRR_WB);
}

static void setup_local_apic(void)
{
    u64 base = rdmsr(MSR_APIC_BASE);
    volatile u8 *apic = (volatile u8 *)((u32)base & ~0xFFFu);

    if (!(base & APIC_BASE_ENABLE))
        return;
    *(volatile u32 *)(apic + LAPIC_SVR) = LAPIC_SVR_ENABLE | 0xFF;
    *(volatile u32 *)(apic + LAPIC_LINT0) = LAPIC_LVT_EXTINT;
    *(volatile u32 *)(apic + LAPIC_LINT1) = LAPIC_LVT_NMI;
}

void setup_processor(void)
{
    u32 eax, edx;

    cpuid(1, &eax, &edx);
    platform.local_apic = edx & CPUID_1_EDX_APIC;
    if (platform.local_apic)
        setup_local_apic();
    if (edx & CPUID_1_EDX_MTRR)
        setup_mtrr();
    print("vmxloader: processor %08x%s%s\n", eax, edx & CPUID_1_EDX_APIC ? ", local APIC" : "",
          edx & CPUID_1_EDX_MTRR ? ", MTRR" : "");
}
