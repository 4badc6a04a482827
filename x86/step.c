/* SPDX-License-Identifier: BSD-2-Clause */
/* One instruction: decode, read operands, execute, write the destination, commit. */
#include "exec.h"

u32 rm_read(struct insn *i, u8 access)
{
    if (modrm_mod(i) == 3)
        return reg_read(i->cpu, modrm_rm(i), i->size);
    return load(i, i->ea_segment, i->ea, i->size, access);
}

static u32 operand_read(struct insn *i, u8 kind, u32 value, u8 access)
{
    switch (kind) {
    case OP_E:
        return rm_read(i, access);
    case OP_O:
        return load(i, i->ea_segment, i->ea, i->size, access);
    case OP_X:
        return i->cpu->gpr[modrm_rm(i)];
    case OP_G:
        return reg_read(i->cpu, modrm_reg(i), i->size);
    case OP_A:
        return reg_read(i->cpu, X86_EAX, i->size);
    case OP_R:
        return reg_read(i->cpu, i->opcode & 7, i->size);
    case OP_S:
        return i->cpu->seg[modrm_reg(i)].selector;
    case OP_CL:
        return i->cpu->gpr[X86_ECX] & 0xFF;
    case OP_1:
        return 1;
    }
    return value;   /* immediates: decode() has put them there */
}

static void memory_write(struct insn *i)
{
    if (i->lock)
        store_locked(i, i->ea_segment, i->ea, i->dst, i->size);
    else
        store(i, i->ea_segment, i->ea, i->dst, i->size);
}

void rm_write(struct insn *i)
{
    if (modrm_mod(i) == 3)
        reg_write(i->cpu, modrm_rm(i), i->size, i->dst);
    else
        memory_write(i);
}

static void operand_write(struct insn *i, u8 kind)
{
    switch (kind) {
    case OP_E:
        rm_write(i);
        break;
    case OP_O:
        memory_write(i);
        break;
    case OP_G:
        reg_write(i->cpu, modrm_reg(i), i->size, i->dst);
        break;
    case OP_A:
        reg_write(i->cpu, X86_EAX, i->size, i->dst);
        break;
    case OP_R:
        reg_write(i->cpu, i->opcode & 7, i->size, i->dst);
        break;
    }
}

static void run(struct insn *i)
{
    const struct row *row = i->row;

    if (row->flags & ROW_LOAD)
        i->dst = i->old = operand_read(i, row->operands >> 4, i->dst, row->flags & ROW_STORE ? X86_WRITE : 0);
    if (row->operands & 15)
        i->src = operand_read(i, row->operands & 15, i->src, 0);
    if (faulted(i))
        return;
    exec_functions[row->exec](i);
    if (row->flags & ROW_STORE && !faulted(i))
        operand_write(i, row->operands >> 4);
}

enum x86_result x86_step(struct x86_cpu *cpu, const struct x86_ops *ops)
{
    struct insn i;

    if ((u32)cpu->efer & EFER_LMA)
        return X86_UNHANDLED;
    for (;;) {
        insn_start(&i, cpu, ops);
        if (i.slow)
            breakpoint_at_start(&i);
        decode(&i);
        if (!faulted(&i))
            run(&i);
        if (!faulted(&i))
            break;
        insn_undo(&i);
        if (i.fault != FAULT_RETRY)
            return X86_EXCEPTION;
    }
    cpu->eip = i.next;
    cpu->eflags = i.flags;
    cpu->shadow = (cpu->shadow & X86_SHADOW_NMI) | i.shadow;
    if (!(i.debug | cpu->held))
        return i.result;
    cpu->held |= i.debug;
    if (!(i.shadow & X86_SHADOW_MOVSS))
        return insn_trap(cpu);
    cpu->held &= DR6_B;
    return i.result;
}

enum x86_result x86_execute(struct x86_cpu *cpu, const struct x86_ops *ops)
{
    enum x86_result result = x86_step(cpu, ops);
    struct x86_event event;

    if (result != X86_EXCEPTION)
        return result;
    event = cpu->event;
    return x86_interrupt(cpu, ops, &event);
}
