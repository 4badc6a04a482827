/* SPDX-License-Identifier: BSD-2-Clause */
/* Decimal adjustment. */
#include "exec.h"

static void decimal_adjust(struct insn *i, u8 op)
{
    u8 al = reg_read(i->cpu, X86_EAX, 1);
    u8 adjust = 0;
    bool auxiliary = (al & 15) > 9 || i->flags & EFLAGS_AF;
    bool carry = al > 0x99 || i->flags & EFLAGS_CF;

    if (auxiliary)
        adjust += 0x06;
    if (carry)
        adjust += 0x60;
    /* A borrow out of the low digit alone also sets CF in DAS. */
    if (op == ALU_SUB && auxiliary && al < 6)
        carry = true;
    al = alu(i, op, al, adjust, 1);
    flag_put(i, EFLAGS_AF, auxiliary);
    flag_put(i, EFLAGS_CF, carry);
    reg_write(i->cpu, X86_EAX, 1, al);
}

void exec_daa(struct insn *i)
{
    decimal_adjust(i, ALU_ADD);
}

void exec_das(struct insn *i)
{
    decimal_adjust(i, ALU_SUB);
}

/* The adjustment carries from AL into AH, as the 286 and later have it: AX changes by 106h. */
static void ascii_adjust(struct insn *i, u8 op)
{
    u32 ax = reg_read(i->cpu, X86_EAX, 2);
    bool adjust = (ax & 15) > 9 || i->flags & EFLAGS_AF;

    alu(i, op, ax, adjust ? 6 : 0, 1);
    if (adjust)
        ax = op == ALU_ADD ? ax + 0x106 : ax - 0x106;
    flag_put(i, EFLAGS_AF | EFLAGS_CF, adjust);
    reg_write(i->cpu, X86_EAX, 2, ax & 0xFF0F);
}

void exec_aaa(struct insn *i)
{
    ascii_adjust(i, ALU_ADD);
}

void exec_aas(struct insn *i)
{
    ascii_adjust(i, ALU_SUB);
}

void exec_aam(struct insn *i)
{
    u8 al = reg_read(i->cpu, X86_EAX, 1);
    u8 base = i->src;

    if (!base) {
        fault(i, VECTOR_DE, 0);
        return;
    }
    alu(i, ALU_OR, al % base, 0, 1);
    reg_write(i->cpu, X86_EAX, 2, (u32)(al / base) << 8 | al % base);
}

void exec_aad(struct insn *i)
{
    u32 ax = reg_read(i->cpu, X86_EAX, 2);

    reg_write(i->cpu, X86_EAX, 2, alu(i, ALU_ADD, ax & 0xFF, (ax >> 8) * (i->src & 0xFF), 1));
}
