/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which VM-execution, exit and entry controls to set. Intel SDM vol. 3C, 25.6-25.8 and appendix A.3-A.5.
 * No external-interrupt exits and no I/O exits: devices are the guest's.
 */
#include "vmx.h"
#include "hw/msr.h"

struct vmx_controls vmx_controls;

/* What is in the VMX capability MSRs, but for an early processor: no TRUE capabilities, no secondary controls, no MSR bitmaps. */
void vmx_read_capabilities(struct vmx_capabilities *c, bool early)
{
    u32 offset = !early && rdmsr(MSR_VMX_BASIC) & VMX_BASIC_TRUE_CTLS ? MSR_VMX_TRUE_OFFSET : 0;

    *c = (struct vmx_capabilities){
        .pin = rdmsr(MSR_VMX_PINBASED + offset),
        .cpu = rdmsr(MSR_VMX_PROCBASED + offset),
        .exit = rdmsr(MSR_VMX_EXIT + offset),
        .entry = rdmsr(MSR_VMX_ENTRY + offset),
    };
    if (early)
        c->cpu &= ~((u64)(CPU_MSR_BITMAPS | CPU_SECONDARY) << 32);
    if (c->cpu >> 32 & CPU_SECONDARY)
        c->cpu2 = rdmsr(MSR_VMX_PROCBASED2);
    if (c->cpu2 >> 32 & CPU2_EPT)
        c->ept_vpid = rdmsr(MSR_VMX_EPT_VPID);
}

/* Low half of a capability: must be 1; high half: may be 1. */
static u32 adjust(u64 capability, u32 wanted)
{
    return (wanted | (u32)capability) & (u32)(capability >> 32);
}

const char *vmx_choose_controls(const struct vmx_capabilities *capable, bool strict, struct vmx_controls *c)
{
    u32 wanted2 = CPU2_EPT | CPU2_RDTSCP | CPU2_INVPCID | CPU2_XSAVES | CPU2_WAITPKG | (strict ? 0 : CPU2_UNRESTRICTED);

    c->pin = adjust(capable->pin, 0);
    c->cpu = adjust(capable->cpu, CPU_MSR_BITMAPS | CPU_SECONDARY);
    c->exit = adjust(capable->exit, EXIT_HOST_64 | EXIT_SAVE_DEBUG);
    c->entry = adjust(capable->entry, ENTRY_LOAD_DEBUG);
    c->cpu2 = c->cpu & CPU_SECONDARY ? adjust(capable->cpu2, wanted2) : 0;
    if (!(c->cpu2 & CPU2_EPT))
        c->cpu2 &= ~CPU2_UNRESTRICTED;
    c->unrestricted = c->cpu2 & CPU2_UNRESTRICTED;
    /* We want to see PG in any case: long mode's bit in the entry controls follows it. */
    c->cr0_mask = CR0_NE | CR0_PG | (c->unrestricted ? 0 : CR0_PE);
    c->ept_1g = capable->ept_vpid & EPT_CAP_1G;
    c->invept = capable->ept_vpid & EPT_CAP_INVEPT && capable->ept_vpid & EPT_CAP_INVEPT_ALL;
    return c->exit & EXIT_HOST_64 ? NULL : "this processor's VMX has no 64-bit host";
}

/*
 * Secondary controls that only make an instruction of the processor's work in a guest: set all there are, and hide
 * the CPUID bits of the others. Without them Linux's patched-in RDTSCP and INVPCID are #UD.
 */
struct gated vmx_gated(const struct vmx_controls *c)
{
    return (struct gated){
        .rdtscp = c->cpu2 & CPU2_RDTSCP, .invpcid = c->cpu2 & CPU2_INVPCID,
        .xsaves = c->cpu2 & CPU2_XSAVES, .waitpkg = c->cpu2 & CPU2_WAITPKG,
    };
}
