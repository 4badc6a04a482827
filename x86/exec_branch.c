/* SPDX-License-Identifier: BSD-2-Clause */
/* Near transfers. A 16-bit operand size cuts EIP to IP. */
#include "exec.h"

void branch(struct insn *i, u32 target)
{
    target &= size_mask(i->opsize);
    if (target > i->cpu->seg[X86_CS].limit)
        fault_gp(i, 0);
    i->next = target;
}

void exec_jmp(struct insn *i)
{
    branch(i, i->next + i->src);
}

void exec_jmp_rm(struct insn *i)
{
    branch(i, i->dst);
}

void exec_jcc(struct insn *i)
{
    if (condition(i->flags, i->opcode & 15))
        branch(i, i->next + i->src);
}

/* LOOPNE, LOOPE, LOOP: E0, E1, E2. */
void exec_loop(struct insn *i)
{
    u32 mask = size_mask(i->adsize);
    u32 count = (i->cpu->gpr[X86_ECX] - 1) & mask;
    bool zero = i->flags & EFLAGS_ZF;

    reg_put(i->cpu, X86_ECX, mask, count);
    if (count && (i->opcode == 0xE2 || zero == (i->opcode & 1)))
        branch(i, i->next + i->src);
}

void exec_jcxz(struct insn *i)
{
    if (!(i->cpu->gpr[X86_ECX] & size_mask(i->adsize)))
        branch(i, i->next + i->src);
}

static void call_to(struct insn *i, u32 target)
{
    push(i, i->next, i->opsize);
    branch(i, target);
}

void exec_call(struct insn *i)
{
    call_to(i, i->next + i->src);
}

void exec_call_rm(struct insn *i)
{
    call_to(i, i->dst);
}

/* C2 drops parameters, C3 has none. */
void exec_ret(struct insn *i)
{
    branch(i, pop(i, i->opsize));
    if (!(i->opcode & 1))
        stack_drop(i, i->src);
}

void exec_bound(struct insn *i)
{
    s32 index = (s32)sign_extend(i->src, i->size);
    s32 low = (s32)sign_extend(load(i, i->ea_segment, i->ea, i->size, 0), i->size);
    s32 high = (s32)sign_extend(load(i, i->ea_segment, ea_after(i, i->size), i->size, 0), i->size);

    if (index < low || index > high)
        fault(i, VECTOR_BR, 0);
}
