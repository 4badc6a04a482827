/* SPDX-License-Identifier: BSD-2-Clause */
/* Integer arithmetic and logic. */
#include "exec.h"

void exec_ud(struct insn *i)
{
    fault_ud(i);
}

/* 00-3D by the opcode, 80-83 by ModRM. */
void exec_alu(struct insn *i)
{
    u8 op = i->opcode & 0x80 ? modrm_reg(i) : i->opcode >> 3 & 7;

    i->dst = alu(i, op, i->dst, i->src, i->size);
}

/* CF stays. */
static void step_by_one(struct insn *i, u8 op)
{
    u32 carry = i->flags & EFLAGS_CF;

    i->dst = alu(i, op, i->dst, 1, i->size);
    i->flags = (i->flags & ~EFLAGS_CF) | carry;
}

void exec_inc(struct insn *i)
{
    step_by_one(i, ALU_ADD);
}

void exec_dec(struct insn *i)
{
    step_by_one(i, ALU_SUB);
}

void exec_not(struct insn *i)
{
    i->dst = ~i->dst;
}

void exec_neg(struct insn *i)
{
    i->dst = alu(i, ALU_SUB, 0, i->dst, i->size);
}

void exec_test(struct insn *i)
{
    alu(i, ALU_AND, i->dst, i->src, i->size);
}

/* The register gets the old destination even if it is the destination: the sum wins. */
void exec_xadd(struct insn *i)
{
    u32 old = i->dst;

    i->dst = alu(i, ALU_ADD, i->dst, i->src, i->size);
    reg_write(i->cpu, modrm_reg(i), i->size, old);
}

void exec_cmpxchg(struct insn *i)
{
    alu(i, ALU_CMP, reg_read(i->cpu, X86_EAX, i->size), i->dst, i->size);
    if (i->flags & EFLAGS_ZF)
        i->dst = i->src;
    else
        reg_write(i->cpu, X86_EAX, i->size, i->dst);
}

/* ADCX (66h) carries through CF, ADOX (F3h) through OF; the other flags stay. */
void exec_adx(struct insn *i)
{
    u32 flag = i->rep == REP_E ? EFLAGS_OF : EFLAGS_CF;
    bool has_66 = i->opsize != (i->cpu->seg[X86_CS].access & SEG_DB ? 4 : 2);
    u64 sum;

    if (!(i->cpu->features & X86_HAS_ADX) || i->rep == REP_NE || (i->rep == REP_E) == has_66) {
        fault_ud(i);
        return;
    }
    i->size = 4;
    sum = (u64)i->cpu->gpr[modrm_reg(i)] + rm_read(i, 0) + !!(i->flags & flag);
    flag_put(i, flag, sum >> 32);
    if (!faulted(i))
        i->cpu->gpr[modrm_reg(i)] = (u32)sum;
}

void exec_cmpxchg8b(struct insn *i)
{
    u32 *gpr = i->cpu->gpr;
    u64 found, expected = (u64)gpr[X86_EDX] << 32 | gpr[X86_EAX];
    bool equal;

    found = exchange8(i, expected, (u64)gpr[X86_ECX] << 32 | gpr[X86_EBX]);
    if (faulted(i))
        return;
    equal = found == expected;
    flag_put(i, EFLAGS_ZF, equal);
    if (!equal) {
        gpr[X86_EAX] = (u32)found;
        gpr[X86_EDX] = (u32)(found >> 32);
    }
}

/* ---- multiplication and division ------------------------------------------------------------ */

/* CF and OF say whether the upper half carries anything; the rest is undefined, and here that of the result. */
static void flags_product(struct insn *i, u32 low, bool significant)
{
    flags_result(i, low, i->size);
    flag_put(i, EFLAGS_CF | EFLAGS_OF, significant);
    flag_put(i, EFLAGS_AF, false);
}

/* AX, DX:AX, EDX:EAX */
static void put_wide(struct insn *i, u32 low, u32 high)
{
    reg_write(i->cpu, X86_EAX, i->size, low);
    reg_write(i->cpu, i->size == 1 ? 4 /* AH */ : X86_EDX, i->size, high);
}

void exec_mul(struct insn *i)
{
    u64 product = (u64)reg_read(i->cpu, X86_EAX, i->size) * i->dst;
    u32 high = product >> 8 * i->size;

    put_wide(i, (u32)product, high);
    flags_product(i, (u32)product, high);
}

static s64 signed_product(struct insn *i, u32 a, u32 b, bool *significant)
{
    s64 product = (s64)(s32)sign_extend(a, i->size) * (s32)sign_extend(b, i->size);

    *significant = product != (s32)sign_extend((u32)product, i->size);
    return product;
}

void exec_imul1(struct insn *i)
{
    bool significant;
    s64 product = signed_product(i, reg_read(i->cpu, X86_EAX, i->size), i->dst, &significant);

    put_wide(i, (u32)product, (u32)((u64)product >> 8 * i->size));
    flags_product(i, (u32)product, significant);
}

void exec_imul2(struct insn *i)
{
    bool significant;

    i->dst = (u32)signed_product(i, i->dst, i->src, &significant);
    flags_product(i, i->dst, significant);
}

void exec_imul3(struct insn *i)
{
    i->dst = i->imm;
    exec_imul2(i);
}

/* false: the quotient does not fit 32 bits. No 64-bit division: its helper is not in a freestanding room. */
static bool divide(u64 dividend, u32 divisor, u32 *quotient, u32 *rest)
{
    u32 high = dividend >> 32;

    if (high >= divisor)
        return false;
    asm("divl %4" : "=a"(*quotient), "=d"(*rest) : "a"((u32)dividend), "d"(high), "rm"(divisor) : "cc");
    return true;
}

static u64 wide_dividend(const struct insn *i)
{
    u32 low = reg_read(i->cpu, X86_EAX, i->size);
    u32 high = reg_read(i->cpu, i->size == 1 ? 4 : X86_EDX, i->size);

    return (u64)high << 8 * i->size | low;
}

void exec_div(struct insn *i)
{
    u32 quotient, rest;

    if (divide(wide_dividend(i), i->dst, &quotient, &rest) && quotient <= size_mask(i->size))
        put_wide(i, quotient, rest);
    else
        fault(i, VECTOR_DE, 0);
}

void exec_idiv(struct insn *i)
{
    u32 top = 1u << (8 * i->size - 1);
    u8 unused = 64 - 16 * i->size;
    s64 dividend = (s64)(wide_dividend(i) << unused) >> unused;
    s32 divisor = (s32)sign_extend(i->dst, i->size);
    bool negative = (dividend < 0) != (divisor < 0);
    u32 quotient, rest;

    if (!divide(dividend < 0 ? -(u64)dividend : (u64)dividend, divisor < 0 ? -(u32)divisor : (u32)divisor, &quotient, &rest) ||
        quotient > top - !negative) {
        fault(i, VECTOR_DE, 0);
        return;
    }
    put_wide(i, negative ? -quotient : quotient, dividend < 0 ? -rest : rest);
}
