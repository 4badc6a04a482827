/* SPDX-License-Identifier: BSD-2-Clause */
/* Ports. SDM vol. 1, 19.5 "Protected-Mode I/O". */
#include "exec.h"

bool port_allowed(struct insn *i, u16 port, u8 bytes)
{
    const struct x86_cpu *cpu = i->cpu;
    const struct x86_segment *tr = &cpu->seg[X86_TR];
    u32 at, bits;

    if (cpu->cr4 & CR4_DE)
        breakpoint(i, BREAK_IO, port, bytes);
    if (!(cpu->cr0 & CR0_PE) || (!(cpu->eflags & EFLAGS_VM) && cpu->cpl <= iopl(cpu)))
        return true;
    if (tr->access & SEG_UNUSABLE || !(tr->access & 8) || tr->limit < TSS32_IO_MAP + 1) {
        fault_gp(i, 0);
        return false;
    }
    /* Two bytes are always read: the map ends with a byte of ones. */
    at = load_system(i, tr->base + TSS32_IO_MAP, 2) + port / 8;
    if (at + 1 > tr->limit) {
        fault_gp(i, 0);
        return false;
    }
    bits = load_system(i, tr->base + at, 2) >> (port & 7);
    if (bits & ((1u << bytes) - 1))
        fault_gp(i, 0);
    return !faulted(i);
}

/* E4-E7: the port is the immediate; EC-EF: DX. */
static u16 port_of(const struct insn *i)
{
    return i->opcode & 8 ? i->cpu->gpr[X86_EDX] : i->src & 0xFF;
}

void exec_in(struct insn *i)
{
    u16 port = port_of(i);

    if (port_allowed(i, port, i->size))
        reg_write(i->cpu, X86_EAX, i->size, i->ops->in(i->cpu, port, i->size));
}

void exec_out(struct insn *i)
{
    u16 port = port_of(i);

    if (port_allowed(i, port, i->size))
        i->ops->out(i->cpu, port, reg_read(i->cpu, X86_EAX, i->size), i->size);
}
