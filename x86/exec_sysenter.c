/* SPDX-License-Identifier: BSD-2-Clause */
/* SYSENTER and SYSEXIT: flat segments beside the one that IA32_SYSENTER_CS names. SDM vol. 2. */
#include "exec.h"

#define MSR_SYSENTER_CS   0x174
#define MSR_SYSENTER_ESP  0x175
#define MSR_SYSENTER_EIP  0x176

static u32 msr(struct insn *i, u32 index)
{
    u64 value = 0;

    return i->ops->rdmsr && i->ops->rdmsr(i->cpu, index, &value) ? (u32)value : 0;
}

static struct x86_segment flat(u32 selector, u32 type)
{
    return (struct x86_segment){ selector, 0xFFFFFFFFu, 0,
        SEG_G | SEG_DB | SEG_P | SEG_S | (selector & 3) << SEG_DPL_SHIFT | SEG_ACCESSED | type };
}

/* `cs` with its RPL; SS is the next descriptor. */
static void enter_flat(struct insn *i, u32 cs, u32 eip)
{
    struct x86_segment code = flat(cs, SEG_CODE | SEG_READABLE);

    i->cpu->seg[X86_SS] = flat(cs + 8, SEG_WRITABLE);
    far_commit(i, &code, eip, cs & 3);
}

static u32 sysenter_cs(struct insn *i)
{
    u32 cs = protected_mode(i->cpu) || i->cpu->eflags & EFLAGS_VM ? msr(i, MSR_SYSENTER_CS) & 0xFFFC : 0;

    if (!cs)
        fault_gp(i, 0);
    return cs;
}

void exec_sysenter(struct insn *i)
{
    u32 cs = sysenter_cs(i);

    if (faulted(i))
        return;
    i->cpu->gpr[X86_ESP] = msr(i, MSR_SYSENTER_ESP);
    i->flags &= ~(EFLAGS_VM | EFLAGS_IF | EFLAGS_RF);
    enter_flat(i, cs, msr(i, MSR_SYSENTER_EIP));
}

void exec_sysexit(struct insn *i)
{
    u32 cs = sysenter_cs(i);

    if (faulted(i))
        return;
    i->cpu->gpr[X86_ESP] = i->cpu->gpr[X86_ECX];
    enter_flat(i, (cs + 16) | 3, i->cpu->gpr[X86_EDX]);
}
