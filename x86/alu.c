/* SPDX-License-Identifier: BSD-2-Clause */
/* The flags of additions, subtractions and logic: SDM vol. 1, 3.4.3.1 "Status Flags". */
#include "insn.h"

void flag_put(struct insn *i, u32 flag, bool value)
{
    i->flags = value ? i->flags | flag : i->flags & ~flag;
}

void flags_result(struct insn *i, u32 result, u8 size)
{
    u32 top = 1u << (8 * size - 1);

    flag_put(i, EFLAGS_ZF, !(result & size_mask(size)));
    flag_put(i, EFLAGS_SF, result & top);
    /* Even parity of the low byte, folded to a nibble that indexes a word of sixteen answers. */
    flag_put(i, EFLAGS_PF, 0x9669 >> ((result ^ result >> 4) & 15) & 1);
}

/* `carries`: the carry or borrow out of each bit. */
static void flags_carries(struct insn *i, u32 carries, u8 size)
{
    u8 top = 8 * size - 1;

    flag_put(i, EFLAGS_CF, carries >> top & 1);
    flag_put(i, EFLAGS_OF, (carries >> top ^ carries >> (top - 1)) & 1);
    flag_put(i, EFLAGS_AF, carries >> 3 & 1);
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
    flags_carries(i, carries, size);
    flags_result(i, r, size);
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
