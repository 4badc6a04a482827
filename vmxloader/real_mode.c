/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The BIOS runs in real mode by the processor, or, in a partition that has none, by vmxassist at D0000
 * (include/abi/partition.h, include/abi/vmx_assist.h).
 */
#include "loader.h"
#include "abi/partition.h"
#include "abi/vmx_assist.h"

bool vmxassist_needed(void)
{
    struct partition p;

    return partition_probe(&p) && (p.flags & PARTITION_NO_REAL_MODE);
}

void setup_real_mode(void)
{
    struct vmx_assist_header *header = (void *)VMX_ASSIST_BASE;

    if (!vmxassist_needed())
        return;
    install("vmxassist", VMX_ASSIST_BASE, VMX_ASSIST_LIMIT - VMX_ASSIST_BASE);
    if (options.interpret)
        header->options |= VMX_ASSIST_OPTION_INTERPRET;
    header->options |= options.trace_assist;
}

void enter_bios(void)
{
    if (!vmxassist_needed())
        enter_real_mode();
    asm volatile("jmp *%0" :: "r"(VMX_ASSIST_BASE), "d"(0));
    __builtin_unreachable();
}
