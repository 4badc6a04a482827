/* SPDX-License-Identifier: BSD-2-Clause */
/* MSR accesses that exit: SDM vol. 3C, 26.1.3. */
#include "vmx.h"
#include "hw/msr.h"

/* These are loaded from the VMCS at each entry: the MSRs themselves are ours now. 0: not of them. */
static u32 field_of_msr(u32 msr)
{
    switch (msr) {
    case MSR_SYSENTER_CS:  return VMCS_GUEST_SYSENTER_CS;
    case MSR_SYSENTER_ESP: return VMCS_GUEST_SYSENTER_ESP;
    case MSR_SYSENTER_EIP: return VMCS_GUEST_SYSENTER_EIP;
    case MSR_FS_BASE:      return VMCS_GUEST_FS_BASE;
    case MSR_GS_BASE:      return VMCS_GUEST_GS_BASE;
    case MSR_DEBUGCTL:     return VMCS_GUEST_DEBUGCTL;
    }
    return 0;
}

/* Without MSR bitmaps every access exits; with them only those outside their ranges, which are no MSRs, and the MTRRs. */
static bool hidden_msr(u32 msr)
{
    return msr == MSR_FEATURE_CONTROL || (msr >= MSR_VMX_BASIC && msr <= MSR_VMX_LAST) ||
           (msr >= MSR_BITMAP_RANGE && (msr < MSR_BITMAP_HIGH || msr >= MSR_BITMAP_HIGH + MSR_BITMAP_RANGE));
}

bool vmx_read_msr(u32 msr, u64 *value)
{
    u32 field = field_of_msr(msr);

    if (field)
        *value = vmread(field);
    return field || (!hidden_msr(msr) && rdmsr_try(msr, value));
}

bool vmx_write_msr(u32 msr, u64 value)
{
    u32 field = field_of_msr(msr);

    if (field)
        vmwrite(field, value);
    return field || (!hidden_msr(msr) && wrmsr_try(msr, value));
}
