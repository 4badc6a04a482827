/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory types: RAM write-back; A0000-BFFFF, the device window below 4 GiB, and where the BIOS looks at an NVMe controller, uncached.
 * Intel SDM vol. 3, 11.11.
 */
#include "loader.h"
#include "processor.h"
#include "hw/cpuid.h"
#include "hw/msr.h"
#include "hw/nvme.h"

#define CPUID_MAX_EXTENDED  0x80000000u
#define CPUID_ADDRESS_SIZE  0x80000008u

#define MTRR_ENABLE_ALL     (MTRR_DEF_ENABLE | MTRR_DEF_FIXED)
#define WINDOW_FIX4K        ((WINDOW_SEGMENT - 0xC000) / 0x800)    /* 32 KiB a register */
#define MTRR_WB_BYTES       0x0606060606060606ull

static u64 physical_mask(void)
{
    u32 bits = 36;

    if (cpuid(CPUID_MAX_EXTENDED, 0).a >= CPUID_ADDRESS_SIZE)
        bits = cpuid(CPUID_ADDRESS_SIZE, 0).a & 0xFF;
    return (1ull << bits) - 1;
}

static struct msr_value *add(struct msr_value *at, u32 msr, u64 value)
{
    *at = (struct msr_value){ msr, value };
    return at + 1;
}

u32 mtrr_values(struct msr_value *list)
{
    u64 cap = rdmsr(MSR_MTRR_CAP);
    u32 base = platform.device_window;
    struct msr_value *at = add(list, MSR_MTRR_DEF_TYPE, 0);

    if (cap & MTRR_CAP_FIXED) {
        at = add(at, MSR_MTRR_FIX64K, MTRR_WB_BYTES);
        at = add(at, MSR_MTRR_FIX16K_80, MTRR_WB_BYTES);
        at = add(at, MSR_MTRR_FIX16K_A0, 0);
        for (u32 i = 0; i < 8; i++)
            at = add(at, MSR_MTRR_FIX4K_C0 + i, i == WINDOW_FIX4K && pci_find_class(PCI_CLASS_NVME) ? 0 : MTRR_WB_BYTES);
    }
    while (base && base < ram_low_top)   /* a mask covers powers of two only: halve the window */
        base += (u32)-base / 2;
    if (cap & MTRR_CAP_COUNT) {
        at = add(at, MSR_MTRR_PHYSBASE0, base | MTRR_UC);
        at = add(at, MSR_MTRR_PHYSBASE0 + 1, (physical_mask() & ~(u64)(u32)(-base - 1)) | MTRR_PHYSMASK_VALID);
    }
    at = add(at, MSR_MTRR_DEF_TYPE, MTRR_ENABLE_ALL | MTRR_WB);
    return (u32)(at - list);
}
