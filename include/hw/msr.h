/* SPDX-License-Identifier: BSD-2-Clause */
/* Model-specific registers. Intel SDM vol. 4; AMD APM vol. 2, appendix A. */
#ifndef HW_MSR_H
#define HW_MSR_H

#ifndef __ASSEMBLER__
#include "types.h"
#endif
#include "hw/cpu.h"

#define MSR_FEATURE_CONTROL         0x03A
#define FEATURE_CONTROL_LOCKED      0x1
#define FEATURE_CONTROL_VMX         0x4      /* VMXON outside SMX */
#define MSR_APIC_BASE               0x01B
#define APIC_BASE_BSP               0x100
#define MSR_SYSENTER_CS             0x174
#define MSR_SYSENTER_ESP            0x175
#define MSR_SYSENTER_EIP            0x176
#define MSR_DEBUGCTL                0x1D9

#define MSR_VMX_BASIC               0x480
#define VMX_BASIC_TRUE_CTLS         (1ull << 55)
#define MSR_VMX_PINBASED            0x481
#define MSR_VMX_PROCBASED           0x482
#define MSR_VMX_EXIT                0x483
#define MSR_VMX_ENTRY               0x484
#define MSR_VMX_CR0_FIXED0          0x486
#define MSR_VMX_CR0_FIXED1          0x487
#define MSR_VMX_CR4_FIXED0          0x488
#define MSR_VMX_CR4_FIXED1          0x489
#define MSR_VMX_PROCBASED2          0x48B
#define MSR_VMX_EPT_VPID            0x48C
#define EPT_CAP_2M                  (1ull << 16)
#define EPT_CAP_1G                  (1ull << 17)
#define EPT_CAP_INVEPT              (1ull << 20)
#define EPT_CAP_INVEPT_ALL          (1ull << 26)
#define MSR_VMX_TRUE_OFFSET         0x00C    /* 48D-490 mirror 481-484 */
#define MSR_VMX_LAST                0x491

/* What the VMX MSR bitmaps cover: this many from 0, and from here. */
#define MSR_BITMAP_RANGE            0x2000
#define MSR_BITMAP_HIGH             0xC0000000u

/* Memory types, SDM vol. 3A, 12.11 */
#define MSR_MTRR_CAP                0x0FE
#define MTRR_CAP_COUNT              0xFFu
#define MTRR_CAP_FIXED              0x100u
#define MSR_MTRR_PHYSBASE0          0x200    /* and 201h the mask of it; 202h ... */
#define MTRR_PHYSMASK_VALID         0x800u
#define MSR_MTRR_FIX64K             0x250
#define MSR_MTRR_FIX16K_80          0x258
#define MSR_MTRR_FIX16K_A0          0x259
#define MSR_MTRR_FIX4K_C0           0x268    /* to 26Fh: F8000 */
#define MSR_MTRR_DEF_TYPE           0x2FF
#define MTRR_DEF_FIXED              0x400u
#define MTRR_DEF_ENABLE             0x800u
#define MTRR_UC                     0
#define MTRR_WC                     1
#define MTRR_WT                     4
#define MTRR_WB                     6

#define MSR_FS_BASE                 0xC0000100u
#define MSR_GS_BASE                 0xC0000101u

#define MSR_VM_CR                   0xC0010114u
#define VM_CR_SVMDIS                0x10
#define MSR_VM_HSAVE_PA             0xC0010117u

#ifndef __ASSEMBLER__

static inline u64 rdmsr(u32 msr)
{
    u32 lo, hi;
    asm volatile("rdmsr" : "=a"(lo), "=d"(hi) : "c"(msr));
    return (u64)hi << 32 | lo;
}

static inline void wrmsr(u32 msr, u64 value)
{
    asm volatile("wrmsr" :: "c"(msr), "a"((u32)value), "d"((u32)(value >> 32)) : "memory");
}

#endif

#endif
