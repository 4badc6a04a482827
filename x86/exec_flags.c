/* SPDX-License-Identifier: BSD-2-Clause */
/* EFLAGS: PUSHF, POPF, IF, and what CPL and IOPL let pass. SDM vol. 2 "POPF", table 4-21. */
#include "exec.h"

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

/* #GP(0): virtual-8086 mode with IOPL below 3 may not see the flags; with CR4.VME the low half of them. */
static bool flags_denied(struct insn *i)
{
    if (!vm86_restricted(i->cpu) || (i->cpu->cr4 & CR4_VME && i->opsize == 2))
        return false;
    fault_gp(i, 0);
    return true;
}

u32 vme_flags_read(const struct insn *i)
{
    return (i->flags & ~EFLAGS_IF) | EFLAGS_IOPL | (i->flags & EFLAGS_VIF ? EFLAGS_IF : 0);
}

void vme_flags_write(struct insn *i, u32 value)
{
    u32 mask = EFLAGS_ARITHMETIC | EFLAGS_DF | EFLAGS_NT;

    if (value & EFLAGS_TF || (value & EFLAGS_IF && i->flags & EFLAGS_VIP))
        fault_gp(i, 0);
    i->flags = (i->flags & ~(mask | EFLAGS_TF)) | (value & mask);
    flag_put(i, EFLAGS_VIF, value & EFLAGS_IF);
}

void exec_pushf(struct insn *i)
{
    if (!flags_denied(i))
        push(i, vm86_restricted(i->cpu) ? vme_flags_read(i) : i->cpu->eflags & ~(EFLAGS_VM | EFLAGS_RF), i->opsize);
}

void exec_popf(struct insn *i)
{
    u32 mask = flags_writable(i->cpu, i->opsize), value;

    if (flags_denied(i))
        return;
    value = pop(i, i->opsize);
    if (vm86_restricted(i->cpu)) {
        vme_flags_write(i, value);
        return;
    }
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

/* EFLAGS_IF where CLI and STI may change it; VIF in its place under VME and PVI; 0: #GP(0) noted. */
static u32 interrupt_flag(struct insn *i)
{
    const struct x86_cpu *cpu = i->cpu;

    if (cpu->cpl <= iopl(cpu))
        return EFLAGS_IF;
    if (cpu->cpl == 3 && cpu->cr4 & (cpu->eflags & EFLAGS_VM ? CR4_VME : CR4_PVI))
        return EFLAGS_VIF;
    fault_gp(i, 0);
    return 0;
}

void exec_cli(struct insn *i)
{
    i->flags &= ~interrupt_flag(i);
}

void exec_sti(struct insn *i)
{
    u32 flag = interrupt_flag(i);

    if (flag == EFLAGS_VIF && i->flags & EFLAGS_VIP)
        fault_gp(i, 0);
    if (flag == EFLAGS_IF && !(i->flags & EFLAGS_IF))
        i->shadow |= X86_SHADOW_STI;
    i->flags |= flag;
}
