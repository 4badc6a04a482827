/* SPDX-License-Identifier: BSD-2-Clause */
/* The flags of additions, subtractions and logic: SDM vol. 1, 3.4.3.1 "Status Flags". */
#include "insn.h"

void flag_put(struct insn *i, u32 flag, bool value)
{
    i->flags = value ? i->flags | flag : i->flags & ~flag;
}

/* SF, ZF and PF of `result`. Parity of the low byte, folded to a nibble, indexes a word of sixteen answers. */
static u32 result_flags(u32 result, u8 size)
{
    u32 top = result << (32 - 8 * size);

    return (top >> 31 ? EFLAGS_SF : 0) | (top ? 0 : EFLAGS_ZF) | (0x9669 >> ((result ^ result >> 4) & 15) & 1) * EFLAGS_PF;
}

void flags_result(struct insn *i, u32 result, u8 size)
{
    i->flags = (i->flags & ~(EFLAGS_SF | EFLAGS_ZF | EFLAGS_PF)) | result_flags(result, size);
}

/* CF, AF and OF of an addition or subtraction; `carries`: the carry or borrow out of each bit. */
static u32 carry_flags(u32 carries, u8 size)
{
    u32 top = carries << (32 - 8 * size);

    return top >> 31 | (carries & 8) * (EFLAGS_AF / 8) | ((top ^ top << 1) >> 31) * EFLAGS_OF;
}

u32 alu(struct insn *i, u8 op, u32 a, u32 b, u8 size)
{
    u32 carry = (op == ALU_ADC || op == ALU_SBB) && i->flags & EFLAGS_CF;
    u32 r, carries = 0;

    switch (op) {
    case ALU_ADD:
    case ALU_ADC:
        r = a + b + carry;
        carries = (a & b) | ((a | b) & ~r);
        break;
    case ALU_OR:
        r = a | b;
        break;
    case ALU_AND:
        r = a & b;
        break;
    case ALU_XOR:
        r = a ^ b;
        break;
    default:
        r = a - b - carry;
        carries = (~a & b) | (~(a ^ b) & r);
        break;
    }
    i->flags = (i->flags & ~EFLAGS_ARITHMETIC) | result_flags(r, size) | carry_flags(carries, size);
    return r & size_mask(size);
}

bool condition(u32 flags, u8 code)
{
    bool less = !(flags & EFLAGS_SF) != !(flags & EFLAGS_OF);
    bool yes;

    switch (code >> 1) {
    case 0:
        yes = flags & EFLAGS_OF;
        break;
    case 1:
        yes = flags & EFLAGS_CF;
        break;
    case 2:
        yes = flags & EFLAGS_ZF;
        break;
    case 3:
        yes = flags & (EFLAGS_CF | EFLAGS_ZF);
        break;
    case 4:
        yes = flags & EFLAGS_SF;
        break;
    case 5:
        yes = flags & EFLAGS_PF;
        break;
    case 6:
        yes = less;
        break;
    default:
        yes = less || flags & EFLAGS_ZF;
        break;
    }
    return yes != (code & 1);
}
