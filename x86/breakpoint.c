/* SPDX-License-Identifier: BSD-2-Clause */
/* The breakpoints of DR0-DR3: SDM vol. 3, 18.2 "Debug Registers". */
#include "insn.h"

/* Bits of DR6 for the breakpoints that `kind` of access to at..at + bytes - 1 meets. */
static u32 met(const struct x86_cpu *cpu, enum breakpoint kind, u32 at, u32 bytes)
{
    static const u8 size_of[] = { 1, 2, 8, 4 };
    u32 control = cpu->dr[7], hit = 0;

    for (u8 n = 0; n < 4; n++) {
        u8 type = control >> (16 + 4 * n) & 3, size = size_of[control >> (18 + 4 * n) & 3];
        u32 start = cpu->dr[n] & ~(size - 1u);

        if (control >> 2 * n & 3 && (type == kind || (type == BREAK_ACCESS && kind == BREAK_WRITE)) &&
            (at - start < size || start - at < bytes))
            hit |= 1u << n;
    }
    return hit;
}

void breakpoint(struct insn *i, enum breakpoint kind, u32 at, u32 bytes)
{
    if (i->cpu->dr[7] & DR7_ENABLED && !faulted(i))
        i->debug |= met(i->cpu, kind, at, bytes);
}

void breakpoint_at_start(struct insn *i)
{
    struct x86_cpu *cpu = i->cpu;
    u32 hit = 0;

    if (cpu->dr[7] & DR7_ENABLED && !(cpu->eflags & EFLAGS_RF) && !(cpu->shadow & X86_SHADOW_MOVSS))
        hit = met(cpu, BREAK_FETCH, cpu->seg[X86_CS].base + i->eip, 1);
    if (!hit)
        return;
    cpu->dr[6] |= hit;
    fault(i, VECTOR_DB, 0);
}
