/* SPDX-License-Identifier: BSD-2-Clause */
/* Shifts and rotates. Flags that the manual leaves undefined (OF of counts above 1) follow the one-bit rule. */
#include "exec.h"

enum { ROL, ROR, RCL, RCR, SHL, SHR, SAL, SAR };

static void rotate(struct insn *i, u8 op, u8 count)
{
    u8 bits = 8 * i->size;
    u32 a = i->dst, r;

    count &= bits - 1;
    if (op == ROR)
        count = (bits - count) & (bits - 1);
    r = count ? (a << count | a >> (bits - count)) & size_mask(i->size) : a;
    if (op == ROL) {
        flag_put(i, EFLAGS_CF, r & 1);
        flag_put(i, EFLAGS_OF, (r ^ r >> (bits - 1)) & 1);
    } else {
        flag_put(i, EFLAGS_CF, r >> (bits - 1) & 1);
        flag_put(i, EFLAGS_OF, (r >> (bits - 1) ^ r >> (bits - 2)) & 1);
    }
    i->dst = r;
}

/* Through the carry: a rotation of bits + 1. */
static void rotate_carry(struct insn *i, u8 op, u8 count)
{
    u8 bits = 8 * i->size;
    u64 wide = (u64)(i->flags & EFLAGS_CF) << bits | i->dst;

    count %= bits + 1;
    if (op == RCR)
        count = bits + 1 - count;
    wide = wide << count | wide >> (bits + 1 - count);
    i->dst = (u32)wide & size_mask(i->size);
    flag_put(i, EFLAGS_CF, wide >> bits & 1);
    if (op == RCL)
        flag_put(i, EFLAGS_OF, (wide >> bits ^ wide >> (bits - 1)) & 1);
    else
        flag_put(i, EFLAGS_OF, (wide >> (bits - 1) ^ wide >> (bits - 2)) & 1);
}

static void shift(struct insn *i, u8 op, u8 count)
{
    u8 bits = 8 * i->size;
    u32 a = i->dst, r;
    u64 wide;
    bool overflow;

    if (op == SHL || op == SAL) {
        wide = (u64)a << count;
        r = (u32)wide;
        flag_put(i, EFLAGS_CF, wide >> bits & 1);
        overflow = (wide >> bits ^ wide >> (bits - 1)) & 1;
    } else {
        if (op == SAR)
            a = sign_extend(a, i->size);
        wide = op == SAR ? (u64)(s64)(s32)a : a;
        r = (u32)((s64)wide >> count);
        flag_put(i, EFLAGS_CF, (s64)wide >> (count - 1) & 1);
        overflow = op == SHR && a >> (bits - 1) & 1;
    }
    i->dst = r & size_mask(i->size);
    flag_put(i, EFLAGS_OF, overflow);
    flag_put(i, EFLAGS_AF, false);
    flags_result(i, r, i->size);
}

void exec_shift(struct insn *i)
{
    u8 count = i->src & 31;
    u8 op = modrm_reg(i);

    if (!count)
        return;
    if (op >= SHL)
        shift(i, op, count);
    else if (op >= RCL)
        rotate_carry(i, op, count);
    else
        rotate(i, op, count);
}

/* 0F A4, AC: the count is the immediate; A5, AD: CL. */
static u8 double_count(const struct insn *i)
{
    return (i->opcode & 1 ? i->cpu->gpr[X86_ECX] : i->imm) & 31;
}

static void double_result(struct insn *i, u32 r, bool carry)
{
    flag_put(i, EFLAGS_CF, carry);
    flag_put(i, EFLAGS_OF, (r ^ i->dst) >> (8 * i->size - 1) & 1);
    flag_put(i, EFLAGS_AF, false);
    flags_result(i, r, i->size);
    i->dst = r & size_mask(i->size);
}

/* A word shifted by more than 16 takes its own bits again: dst:src:dst. */
void exec_shld(struct insn *i)
{
    u8 count = double_count(i);
    u64 wide = (u64)i->dst << 32 | i->src;

    if (!count)
        return;
    if (i->size == 2)
        wide = (u64)i->dst << 48 | (u64)i->src << 32 | i->dst << 16;
    wide <<= count - 1;
    double_result(i, (u32)(wide << 1 >> (64 - 8 * i->size)), wide >> 63);
}

void exec_shrd(struct insn *i)
{
    u8 count = double_count(i);
    u64 wide = (u64)i->src << 32 | i->dst;

    if (!count)
        return;
    if (i->size == 2)
        wide = (u64)i->dst << 32 | i->src << 16 | i->dst;
    wide >>= count - 1;
    double_result(i, (u32)(wide >> 1), wide & 1);
}
