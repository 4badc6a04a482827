/* SPDX-License-Identifier: BSD-2-Clause */
/* The life of an instruction: its start, its fault and what that undoes; registers by number. */
#include "insn.h"

bool vector_has_error(u8 vector)
{
    return vector == VECTOR_DF || vector == VECTOR_AC || (vector >= VECTOR_TS && vector <= VECTOR_PF);
}

void fault(struct insn *i, u8 vector, u32 error)
{
    if (faulted(i))
        return;
    i->fault = vector;
    i->error = vector >= VECTOR_TS && vector <= VECTOR_GP ? error | i->ext : error;
}

void insn_start(struct insn *i, struct x86_cpu *cpu, const struct x86_ops *ops)
{
    u32 flags = cpu->eflags;

    i->cpu = cpu;
    i->ops = ops;
    i->eip = i->next = cpu->eip;
    i->flags = flags & ~EFLAGS_RF;
    i->debug = flags & EFLAGS_TF ? DR6_BS : 0;
    i->slow = (cpu->cr0 & (CR0_PE | CR0_PG) || cpu->dr[7] & DR7_ENABLED) != 0;
    i->user = (cpu->cpl + 1) & X86_USER;    /* CPL 3 alone */
    i->fault = NO_FAULT;
    i->result = X86_DONE;
    i->shadow = i->ext = i->ss_error = 0;
    i->switched = false;
    __builtin_memcpy(i->saved, cpu->gpr, sizeof(i->saved));
}

void insn_undo(struct insn *i)
{
    struct x86_event *event = &i->cpu->event;

    __builtin_memcpy(i->cpu->gpr, i->saved, sizeof(i->saved));
    if (i->switched) {
        i->cpu->seg[X86_SS] = i->old_ss;
        i->cpu->cpl = i->old_cpl;
    }
    event->vector = i->fault;
    event->kind = X86_FAULT;
    event->has_error = vector_has_error(i->fault);
    event->error = i->error;
}

enum x86_result insn_trap(struct x86_cpu *cpu)
{
    cpu->dr[6] |= cpu->held;
    cpu->held = 0;
    cpu->event = (struct x86_event){ VECTOR_DB, X86_FAULT, false, 0 };
    return X86_EXCEPTION;
}

u32 reg_read(const struct x86_cpu *cpu, u8 number, u8 size)
{
    if (size == 1)
        return cpu->gpr[number & 3] >> (number & 4 ? 8 : 0) & 0xFF;
    return cpu->gpr[number] & size_mask(size);
}

void reg_write(struct x86_cpu *cpu, u8 number, u8 size, u32 value)
{
    if (size == 1 && number & 4)
        reg_put(cpu, number & 3, 0xFF00, value << 8);
    else
        reg_put(cpu, number, size_mask(size), value);
}
