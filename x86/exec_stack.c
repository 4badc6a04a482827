/* SPDX-License-Identifier: BSD-2-Clause */
/* The stack: pushes, pops, frames. SS.B says whether SP or ESP counts, the operand size what is moved. */
#include "exec.h"

void push(struct insn *i, u32 value, u8 bytes)
{
    u32 mask = stack_mask(i->cpu);
    u32 esp = (i->cpu->gpr[X86_ESP] - bytes) & mask;

    store(i, X86_SS, esp, value, bytes);
    reg_put(i->cpu, X86_ESP, mask, esp);
}

u32 peek(struct insn *i, u32 above, u8 bytes)
{
    return load(i, X86_SS, (i->cpu->gpr[X86_ESP] + above) & stack_mask(i->cpu), bytes, 0);
}

void stack_drop(struct insn *i, u32 bytes)
{
    reg_put(i->cpu, X86_ESP, stack_mask(i->cpu), i->cpu->gpr[X86_ESP] + bytes);
}

u32 pop(struct insn *i, u8 bytes)
{
    u32 value = peek(i, 0, bytes);

    stack_drop(i, bytes);
    return value;
}

void exec_push(struct insn *i)
{
    push(i, i->src, i->opsize);
}

/* The row's store comes after: POP ESP keeps what was popped. */
void exec_pop(struct insn *i)
{
    i->dst = pop(i, i->opsize);
}

void exec_push_seg(struct insn *i)
{
    push(i, i->cpu->seg[i->opcode >> 3 & 7].selector, i->opsize);
}

void exec_pop_seg(struct insn *i)
{
    u8 reg = i->opcode >> 3 & 7;
    u32 selector = peek(i, 0, i->opsize);

    /* The stack pointer is that of the old SS. */
    stack_drop(i, i->opsize);
    segment_load(i, reg, selector);
    if (reg == X86_SS)
        i->shadow |= X86_SHADOW_MOVSS;
}

void exec_pusha(struct insn *i)
{
    u32 esp = i->cpu->gpr[X86_ESP];

    for (u8 n = X86_EAX; n <= X86_EDI; n++)
        push(i, n == X86_ESP ? esp : i->cpu->gpr[n], i->opsize);
}

void exec_popa(struct insn *i)
{
    for (s8 n = X86_EDI; n >= X86_EAX; n--) {
        u32 value = pop(i, i->opsize);

        if (n != X86_ESP)
            reg_write(i->cpu, n, i->opsize, value);
    }
}

/* dst: bytes to reserve; src: nesting level, modulo 32. Faults if the final stack top could not be written. */
void exec_enter(struct insn *i)
{
    u32 *gpr = i->cpu->gpr;
    u32 mask = stack_mask(i->cpu), frame, outer = gpr[X86_EBP];
    u8 level = i->src & 31;

    push(i, gpr[X86_EBP], i->opsize);
    frame = gpr[X86_ESP];
    for (u8 n = 1; n < level; n++) {
        outer -= i->opsize;
        push(i, load(i, X86_SS, outer & mask, i->opsize, 0), i->opsize);
    }
    if (level)
        push(i, frame, i->opsize);
    reg_put(i->cpu, X86_EBP, mask, frame);
    reg_put(i->cpu, X86_ESP, mask, gpr[X86_ESP] - i->dst);
    outer = gpr[X86_ESP] & mask;
    if (!faulted(i) && segment_check(i, X86_SS, outer, i->opsize, X86_WRITE))
        probe(i, i->cpu->seg[X86_SS].base + outer, i->opsize, X86_WRITE | i->user);
}

void exec_leave(struct insn *i)
{
    u32 *gpr = i->cpu->gpr;
    u32 mask = stack_mask(i->cpu);

    reg_put(i->cpu, X86_ESP, mask, gpr[X86_EBP]);
    reg_write(i->cpu, X86_EBP, i->opsize, pop(i, i->opsize));
}
