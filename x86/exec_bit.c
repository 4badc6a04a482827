/* SPDX-License-Identifier: BSD-2-Clause */
/* Bits: BT and its kind, bit scans, counts, BSWAP. */
#include "exec.h"

enum { BT, BTS, BTR, BTC };

static u32 bit_change(u8 op, u32 value, u32 bit)
{
    switch (op) {
    case BTS:
        return value | bit;
    case BTR:
        return value & ~bit;
    case BTC:
        return value ^ bit;
    }
    return value;
}

/*
 * With a register as bit number the memory operand is a string of bits: the number, signed, reaches as far as it says.
 * The row loads nothing for that reason.
 */
void exec_bt(struct insn *i)
{
    bool immediate = i->opcode == 0xBA;
    u8 op = (immediate ? modrm_reg(i) : i->opcode >> 3) & 3;
    u8 bits = 8 * i->size;
    u32 bit = 1u << (i->src & (bits - 1));
    u8 access = op == BT ? 0 : X86_WRITE;

    if (modrm_mod(i) == 3) {
        i->dst = reg_read(i->cpu, modrm_rm(i), i->size);
        flag_put(i, EFLAGS_CF, i->dst & bit);
        reg_write(i->cpu, modrm_rm(i), i->size, bit_change(op, i->dst, bit));
        return;
    }
    if (!immediate)
        i->ea += (u32)((s32)sign_extend(i->src, i->size) >> (i->size == 2 ? 4 : 5)) * i->size;
    i->ea &= size_mask(i->adsize);
    i->dst = i->old = load(i, i->ea_segment, i->ea, i->size, access);
    flag_put(i, EFLAGS_CF, i->dst & bit);
    i->dst = bit_change(op, i->dst, bit);
    if (i->lock)
        store_locked(i, i->ea_segment, i->ea, i->dst, i->size);
    else if (op != BT)
        store(i, i->ea_segment, i->ea, i->dst, i->size);
}

/* F3 makes BSF and BSR into TZCNT and LZCNT where the processor has them, and nothing where it has not. */
static bool counts_zeros(const struct insn *i, u32 feature)
{
    return i->rep == REP_E && i->cpu->features & feature;
}

/* `count` of zeros; CF says that there was nothing else. */
static void zero_count(struct insn *i, u32 count)
{
    flag_put(i, EFLAGS_CF, !i->src);
    flag_put(i, EFLAGS_ZF, !count);
    i->dst = count;
}

/* Of a zero source the destination stays, as all processors do and one manual says. */
static void bit_scan(struct insn *i, u32 index)
{
    flag_put(i, EFLAGS_ZF, !i->src);
    if (i->src)
        i->dst = index;
}

void exec_bsf(struct insn *i)
{
    u32 index = i->src ? __builtin_ctz(i->src) : 0;

    if (counts_zeros(i, X86_HAS_BMI1))
        zero_count(i, i->src ? index : 8u * i->size);
    else
        bit_scan(i, index);
}

void exec_bsr(struct insn *i)
{
    u32 index = i->src ? 31 - __builtin_clz(i->src) : 0;

    if (counts_zeros(i, X86_HAS_LZCNT))
        zero_count(i, i->src ? 8u * i->size - 1 - index : 8u * i->size);
    else
        bit_scan(i, index);
}

void exec_popcnt(struct insn *i)
{
    u32 n = i->src;

    if (i->rep != REP_E) {
        fault_ud(i);
        return;
    }
    for (i->dst = 0; n; n &= n - 1)
        i->dst++;
    i->flags &= ~EFLAGS_ARITHMETIC;
    flag_put(i, EFLAGS_ZF, !i->src);
}

/* A word operand is undefined by the manual; processors give zero. */
void exec_bswap(struct insn *i)
{
    i->dst = i->size == 4 ? __builtin_bswap32(i->dst) : 0;
}
