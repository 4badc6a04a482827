/* SPDX-License-Identifier: BSD-2-Clause */
/* MMX and SSE: what may run, how long its memory operand is. SDM vol. 2, appendix A; vol. 3, 13.1. */
#include "exec.h"
#include "native.h"

/* What may run natively: nothing with an implicit memory operand, nothing that is not arithmetic (INVEPT, ENQCMD). */
static bool is_known(const struct insn *i)
{
    u8 op = i->opcode;

    if (i->map == MAP_0F)
        return true;
    if (op < 0x50 || (op >= 0xC8 && op < 0xE0))
        return true;
    return i->map == MAP_0F38 ? (op & 0xFE) == 0xF0 : op >= 0x60 && op < 0x64;
}

/* 0F 38 and 0F 3A: operands shorter than a register. */
static u32 map3_bytes(const struct insn *i)
{
    static const u8 extend[6] = { 8, 4, 2, 8, 4, 8 };                 /* PMOVSX, PMOVZX */
    static const u8 insert[] = { 1, 2, 4, 4 };                        /* PEXTRB, W, D, EXTRACTPS */
    u8 op = i->opcode;

    if (i->map == MAP_0F38) {
        if (i->rep == REP_NE)
            return op & 1 ? i->opsize : 1;                            /* CRC32 */
        return (op & 0xE8) == 0x20 && (op & 7) < 6 ? extend[op & 7] : 16;
    }
    if (op >= 0x14 && op < 0x18)
        return insert[op & 3];
    if (op >= 0x20 && op < 0x23)
        return op == 0x20 ? 1 : 4;
    return op == 0x0A ? 4 : op == 0x0B ? 8 : 16;
}

/* Instructions on MMX registers alone: no prefix, 60-7F, C4, C5, D1-FE and the first part of 0F 38. */
static bool is_mmx(const struct insn *i)
{
    u8 op = i->opcode;

    if (simd_prefix(i) != SIMD_NONE || i->vex)
        return false;
    if (i->map != MAP_0F)
        return true;
    return (op >= 0x60 && op < 0x80) || op == 0xC4 || op == 0xC5 || op >= 0xD0;
}

u32 sse_bytes(const struct insn *i)
{
    static const u8 by_prefix[] = { 16, 16, 4, 8 };
    u8 op = i->opcode, prefix = simd_prefix(i);

    if (i->map != MAP_0F)
        return is_mmx(i) ? 8 : map3_bytes(i);
    switch (op) {
    case 0x12: case 0x16:
        return prefix == SIMD_F3 ? 16 : 8;
    case 0x13: case 0x17: case 0xD6:
        return 8;
    case 0x14: case 0x15: case 0x28: case 0x29: case 0xC6: case 0x5B: case 0xE6:
        return op == 0xE6 && prefix == SIMD_F3 ? 8 : 16;
    case 0x2A:
        return prefix == SIMD_NONE || prefix == SIMD_66 ? 8 : 4;
    case 0x2C: case 0x2D:
        return prefix == SIMD_66 ? 16 : prefix == SIMD_F3 ? 4 : 8;
    case 0x2E: case 0x2F:
        return prefix == SIMD_66 ? 8 : 4;
    case 0x5A:
        return prefix == SIMD_66 ? 16 : prefix == SIMD_F3 ? 4 : 8;
    case 0x60: case 0x61: case 0x62:
        return prefix == SIMD_66 ? 16 : 4;
    case 0x6E:
        return 4;
    case 0x7E:
        return prefix == SIMD_F3 ? 8 : 4;
    case 0xC4:
        return 2;
    case 0xAE:
        return 4;
    }
    if (op == 0x10 || op == 0x11 || op == 0x2B || (op >= 0x50 && op < 0x60) || op == 0xC2)
        return by_prefix[prefix];
    return is_mmx(i) ? 8 : 16;
}

bool sse_writes(const struct insn *i)
{
    u8 op = i->opcode;

    if (i->map != MAP_0F)
        return i->map == MAP_0F3A && op >= 0x14 && op <= 0x17;
    if (op == 0xAE)
        return modrm_reg(i) == 3;
    return op == 0x11 || op == 0x13 || op == 0x17 || op == 0x29 || op == 0x2B || (op == 0x7E && i->rep != REP_E) ||
           op == 0x7F || op == 0xD6 || op == 0xE7;
}

bool simd_denied(struct insn *i, bool xmm)
{
    const struct x86_cpu *cpu = i->cpu;

    if (cpu->cr0 & CR0_EM || (xmm && !(cpu->cr4 & CR4_OSFXSR)))
        fault_ud(i);
    else if (cpu->cr0 & CR0_TS)
        fault(i, VECTOR_NM, 0);
    return faulted(i);
}

/* CRC32 works on general registers: no control bit forbids it. */
static bool is_crc32(const struct insn *i)
{
    return i->map == MAP_0F38 && i->opcode >= 0xF0;
}

void exec_sse(struct insn *i)
{
    if (!is_known(i))
        fault_ud(i);
    if (!faulted(i) && (is_crc32(i) || !simd_denied(i, !is_mmx(i))))
        native(i, sse_bytes(i), sse_writes(i) ? X86_WRITE : 0);
}

void exec_emms(struct insn *i)
{
    if (!simd_denied(i, false))
        native_plain(i, 0x0F, 0x77, 0, 2);
}

/* MASKMOVQ, MASKMOVDQU: those bytes of the register whose mask byte has its top bit set go to DS:EDI. */
void exec_maskmov(struct insn *i)
{
    bool xmm = simd_prefix(i) == SIMD_66;
    u8 bytes = xmm ? 16 : 8, prefix = xmm ? REP_E : 0, segment = i->segment == NO_SEGMENT ? X86_DS : i->segment;
    u8 value[16] = { 0 }, mask[16] = { 0 };
    u32 at = i->cpu->gpr[X86_EDI] & size_mask(i->adsize);

    if (i->rep)
        fault_ud(i);
    if (faulted(i) || simd_denied(i, xmm) || !segment_check(i, segment, at, bytes, X86_WRITE) ||
        !probe(i, i->cpu->seg[segment].base + at, bytes, X86_WRITE | i->user))
        return;
    native_read(i, prefix, 0x7F, modrm_reg(i), value);
    native_read(i, prefix, 0x7F, modrm_rm(i), mask);
    for (u8 n = 0; n < bytes; n++)
        if (mask[n] & 0x80)
            store(i, segment, at + n, value[n], 1);
}

/* A doubleword whatever the operand size; with a prefix it is no instruction. */
void exec_movnti(struct insn *i)
{
    if (simd_prefix(i) != SIMD_NONE)
        fault_ud(i);
    else
        store(i, i->ea_segment, i->ea, i->cpu->gpr[modrm_reg(i)], 4);
}
