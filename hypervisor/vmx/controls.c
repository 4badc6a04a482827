/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which VM-execution, exit and entry controls to set. Intel SDM vol. 3C, 25.6-25.8 and appendix A.3-A.5.
 * No external-interrupt exits and no I/O exits: devices are the guest's.
 */
#include "vmx.h"
#include "hw/msr.h"

struct vmx_controls vmx_controls;

/* Low half: must be 1; high half: may be 1. */
static u32 adjust(u32 msr, u32 wanted)
{
    u64 capability = rdmsr(msr);

    return (wanted | (u32)capability) & (u32)(capability >> 32);
}

/*
 * Secondary controls that only make an instruction of the processor's work in a guest: set all there are, and hide
 * the CPUID bits of the others. Without them Linux's patched-in RDTSCP and INVPCID are #UD.
 */
static void choose_gated(void)
{
    gated.rdtscp = vmx_controls.cpu2 & CPU2_RDTSCP;
    gated.invpcid = vmx_controls.cpu2 & CPU2_INVPCID;
    gated.xsaves = vmx_controls.cpu2 & CPU2_XSAVES;
    gated.waitpkg = vmx_controls.cpu2 & CPU2_WAITPKG;
}

void vmx_choose_controls(void)
{
    u32 offset = rdmsr(MSR_VMX_BASIC) & VMX_BASIC_TRUE_CTLS ? MSR_VMX_TRUE_OFFSET : 0;
    u32 wanted2 = CPU2_EPT | CPU2_RDTSCP | CPU2_INVPCID | CPU2_XSAVES | CPU2_WAITPKG | (hv.strict ? 0 : CPU2_UNRESTRICTED);
    struct vmx_controls *c = &vmx_controls;

    c->pin = adjust(MSR_VMX_PINBASED + offset, 0);
    c->cpu = adjust(MSR_VMX_PROCBASED + offset, CPU_MSR_BITMAPS | CPU_SECONDARY);
    c->exit = adjust(MSR_VMX_EXIT + offset, EXIT_HOST_64 | EXIT_SAVE_DEBUG);
    c->entry = adjust(MSR_VMX_ENTRY + offset, ENTRY_LOAD_DEBUG);
    c->cpu2 = c->cpu & CPU_SECONDARY ? adjust(MSR_VMX_PROCBASED2, wanted2) : 0;
    c->unrestricted = c->cpu2 & CPU2_UNRESTRICTED;
    /* We want to see PG in any case: long mode's bit in the entry controls follows it. */
    c->cr0_mask = CR0_NE | CR0_PG | (c->unrestricted ? 0 : CR0_PE);
    if (c->cpu2 & CPU2_EPT)
        c->ept_1g = rdmsr(MSR_VMX_EPT_VPID) & EPT_CAP_1G;
    choose_gated();
}
