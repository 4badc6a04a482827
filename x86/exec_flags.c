/* SPDX-License-Identifier: BSD-2-Clause */
/* EFLAGS: PUSHF, POPF, IF, and what CPL and IOPL let pass. SDM vol. 2 "POPF", table 4-21. */
#include "exec.h"

/* #GP(0): virtual-8086 mode with IOPL below 3 may not see the flags. */
static bool flags_denied(struct insn *i)
{
    if (!(i->cpu->eflags & EFLAGS_VM) || iopl(i->cpu) == 3)
        return false;
    fault_gp(i, 0);
    return true;
}

u32 flags_writable(const struct x86_cpu *cpu, u8 opsize)
{
    u32 mask = EFLAGS_ARITHMETIC | EFLAGS_TF | EFLAGS_DF | EFLAGS_NT;

    if (opsize == 4)
        mask |= EFLAGS_AC | EFLAGS_ID;
    if (cpu->cpl <= iopl(cpu))
        mask |= EFLAGS_IF;
    if (cpu->cpl == 0)
        mask |= EFLAGS_IOPL;
    return mask;
}

void exec_pushf(struct insn *i)
{
    if (!flags_denied(i))
        push(i, i->cpu->eflags & ~(EFLAGS_VM | EFLAGS_RF), i->opsize);
}

void exec_popf(struct insn *i)
{
    u32 mask = flags_writable(i->cpu, i->opsize), value;

    if (flags_denied(i))
        return;
    value = pop(i, i->opsize);
    i->flags = (i->flags & ~mask) | (value & mask);
    if (i->opsize == 4 && i->cpu->cpl == 0)
        i->flags &= ~(EFLAGS_VIF | EFLAGS_VIP);
}

void exec_sahf(struct insn *i)
{
    u32 mask = EFLAGS_ARITHMETIC & ~EFLAGS_OF;

    i->flags = (i->flags & ~mask) | (reg_read(i->cpu, 4, 1) & mask);
}

void exec_lahf(struct insn *i)
{
    reg_write(i->cpu, 4, 1, (i->flags & EFLAGS_ARITHMETIC & ~EFLAGS_OF) | EFLAGS_ONE);
}

/* CMC CLC STC CLD STD: F5, F8, F9, FC, FD. */
void exec_flag(struct insn *i)
{
    if (i->opcode == 0xF5)
        i->flags ^= EFLAGS_CF;
    else
        flag_put(i, i->opcode & 4 ? EFLAGS_DF : EFLAGS_CF, i->opcode & 1);
}

void exec_cli(struct insn *i)
{
    if (i->cpu->cpl > iopl(i->cpu))
        fault_gp(i, 0);
    i->flags &= ~EFLAGS_IF;
}

void exec_sti(struct insn *i)
{
    if (i->cpu->cpl > iopl(i->cpu))
        fault_gp(i, 0);
    if (!(i->flags & EFLAGS_IF))
        i->shadow |= X86_SHADOW_STI;
    i->flags |= EFLAGS_IF;
}
