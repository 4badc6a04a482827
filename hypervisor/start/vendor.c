/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does this processor have VMX (Intel SDM vol. 3C, 24.6 "Discovering Support for VMX") or SVM (AMD APM vol. 2, 15.4),
 * with firmware's consent, and long mode?
 */
#include "start.h"
#include "hw/cpuid.h"
#include "hw/msr.h"

static const char *vmx_locked(void)
{
    u64 control = rdmsr(MSR_FEATURE_CONTROL);

    if (!(control & FEATURE_CONTROL_LOCKED))
        wrmsr(MSR_FEATURE_CONTROL, control | FEATURE_CONTROL_LOCKED | FEATURE_CONTROL_VMX);
    else if (!(control & FEATURE_CONTROL_VMX))
        return "firmware has locked VMX off";
    return NULL;
}

const char *find_vendor(struct hv_start *start)
{
    struct cpuid extended = { 0 };

    if (cpuid(0x80000000, 0).a >= 0x80000001)
        extended = cpuid(0x80000001, 0);
    if (!(extended.d & CPUID_81_EDX_LONG_MODE))
        return "this processor has no 64-bit mode";
    if (extended.c & CPUID_81_ECX_SVM) {
        start->svm = true;
        return rdmsr(MSR_VM_CR) & VM_CR_SVMDIS ? "firmware has locked SVM off" : NULL;
    }
    if (!(cpuid(1, 0).c & CPUID_1_ECX_VMX))
        return "this processor has neither VMX nor SVM";
    return vmx_locked();
}
