/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * x87, MMX and SSE: checked and re-encoded here, run by the caller's own processor (ops->native).
 * SDM vol. 3, 2.5 (EM, TS, MP), 8.1 of vol. 1; operand sizes from vol. 2.
 */
#include "exec.h"

/* native32.S and native64.S know these. */
_Static_assert(offsetof(struct x86_cpu, gpr) == 0 && offsetof(struct x86_cpu, eflags) == 36, "offsets in native*.S");
_Static_assert(offsetof(struct x86_native, code) == 0 && offsetof(struct x86_native, length) == 16 &&
               offsetof(struct x86_native, base) == 17, "offsets in native*.S");
_Static_assert(offsetof(struct x86_native, operand) == (sizeof(void *) == 8 ? 24 : 20), "offsets in native*.S");

#define OPERAND_MAX 512   /* FXSAVE */

/* A memory operand that is a copy: it straddles pages, or is no memory. */
struct copy {
    u8 bytes[OPERAND_MAX] ALIGNED(64);
};

/* ---- encoding --------------------------------------------------------------------------------- */

static void emit(struct x86_native *n, u8 byte)
{
    n->code[n->length++] = byte;
}

/* 66h was given. */
static bool has_66(const struct insn *i)
{
    return i->opsize != (i->cpu->seg[X86_CS].access & SEG_DB ? 4 : 2);
}

/*
 * Prefixes that mean something to the instruction; then opcode, ModRM as [base], immediate. 66h is a part of an SSE
 * opcode, but to x87 it is the 16-bit format, for which the code is run in 32-bit or 64-bit mode.
 */
static void encode(struct insn *i, struct x86_native *n)
{
    bool memory = modrm_mod(i) != 3;

    n->length = 0;
    n->base = !memory ? X86_ESP : modrm_reg(i) == X86_EBX ? X86_ESI : X86_EBX;
    if (i->map == MAP_ONE ? i->opsize == 2 : has_66(i))
        emit(n, 0x66);
    if (i->rep)
        emit(n, i->rep);
    if (i->map != MAP_ONE)
        emit(n, 0x0F);
    if (i->map >= MAP_0F38)
        emit(n, i->map == MAP_0F38 ? 0x38 : 0x3A);
    emit(n, i->opcode);
    emit(n, memory ? modrm_reg(i) << 3 | n->base : i->modrm);
    if (i->row->flags & ROW_IB)
        emit(n, i->imm);
}

/* ---- running ---------------------------------------------------------------------------------- */

static void copy_in(struct insn *i, struct copy *c, u32 bytes)
{
    for (u32 n = 0; n < bytes; n += n + 4 <= bytes ? 4 : 1) {
        u8 size = n + 4 <= bytes ? 4 : 1;
        u32 value = load(i, i->ea_segment, i->ea + n, size, 0);

        for (u8 k = 0; k < size; k++)
            c->bytes[n + k] = value >> 8 * k;
    }
}

static void copy_out(struct insn *i, const struct copy *c, u32 bytes)
{
    for (u32 n = 0; n < bytes; n++)
        store(i, i->ea_segment, i->ea + n, c->bytes[n], 1);
}

static void native_run(struct insn *i, struct x86_native *n)
{
    int vector = i->ops->native(i->cpu, n);

    if (vector == X86_NATIVE_DONE)
        i->flags = (i->flags & ~EFLAGS_ARITHMETIC) | (i->cpu->eflags & EFLAGS_ARITHMETIC);
    else
        fault(i, vector, 0);
}

/* Through a copy; what is written must be writable before the instruction has changed its own state. */
static void run_with_copy(struct insn *i, struct x86_native *n, u8 access)
{
    struct copy c;
    u32 linear = i->cpu->seg[i->ea_segment].base + i->ea;

    if (!probe(i, linear, n->bytes, access | i->user))
        return;
    copy_in(i, &c, n->bytes);
    if (faulted(i))
        return;
    n->operand = c.bytes;
    native_run(i, n);
    if (access & X86_WRITE)
        copy_out(i, &c, n->bytes);
}

static void run_operand(struct insn *i, u32 bytes, u8 access)
{
    struct x86_native n = { .bytes = bytes };
    u32 linear = i->cpu->seg[i->ea_segment].base + i->ea;

    if (!i->ops->native) {
        fault_ud(i);
        return;
    }
    encode(i, &n);
    if (modrm_mod(i) == 3) {
        n.bytes = 0;
        native_run(i, &n);
        return;
    }
    if (!segment_check(i, i->ea_segment, i->ea, bytes, access))
        return;
    if ((linear & 0xFFF) + bytes <= 0x1000)
        n.operand = reach(i, linear, access | i->user);
    if (faulted(i))
        return;
    if (n.operand)
        native_run(i, &n);
    else
        run_with_copy(i, &n, access);
}

/* Does ModRM's reg, its rm, name a general register: MOVMSK, PEXTR, PINSR, MOVD, CVT*SI, CRC32. */
static bool gpr_in_reg(const struct insn *i)
{
    u8 op = i->opcode;

    if (i->map == MAP_0F)
        return op == 0x50 || op == 0xC5 || op == 0xD7 || ((op & 0xFE) == 0x2C && i->rep);
    return i->map == MAP_0F38 && (op & 0xFE) == 0xF0;
}

static bool gpr_in_rm(const struct insn *i)
{
    u8 op = i->opcode;

    if (modrm_mod(i) != 3)
        return false;
    if (i->map == MAP_0F)
        return op == 0x6E || op == 0xC4 || (op == 0x7E && i->rep != REP_E) || (op == 0x2A && i->rep);
    if (i->map == MAP_0F38)
        return op == 0xF1;
    return i->map == MAP_0F3A && ((op & 0xFC) == 0x14 || op == 0x20 || op == 0x22);
}

/* The stack pointer of who runs the code is not the guest's: another register is named in its place, and returned. */
static u8 replace_esp(struct insn *i)
{
    bool reg = gpr_in_reg(i) && modrm_reg(i) == X86_ESP, rm = gpr_in_rm(i) && modrm_rm(i) == X86_ESP;
    u8 spare = modrm_reg(i) == X86_EBX || modrm_rm(i) == X86_EBX ? X86_ESI : X86_EBX;

    if (reg)
        i->modrm = (i->modrm & 0xC7) | spare << 3;
    if (rm)
        i->modrm = (i->modrm & 0xF8) | spare;
    return reg || rm ? spare : X86_ESP;
}

static void exchange(struct x86_cpu *cpu, u8 a, u8 b)
{
    u32 value = cpu->gpr[a];

    cpu->gpr[a] = cpu->gpr[b];
    cpu->gpr[b] = value;
}

static void native(struct insn *i, u32 bytes, u8 access)
{
    u8 spare = replace_esp(i);

    exchange(i->cpu, X86_ESP, spare);
    run_operand(i, bytes, access);
    exchange(i->cpu, X86_ESP, spare);
}

/* ---- x87 -------------------------------------------------------------------------------------- */

/* Operand bytes by opcode D8-DF and ModRM reg; ENV, STATE: depend on the operand size. */
#define ENV    1
#define STATE  3
static const u8 x87_bytes[8][8] = {
    { 4, 4, 4, 4, 4, 4, 4, 4 },
    { 4, 4, 4, 4, ENV, 2, ENV, 2 },
    { 4, 4, 4, 4, 4, 4, 4, 4 },
    { 4, 4, 4, 4, 4, 10, 4, 10 },
    { 8, 8, 8, 8, 8, 8, 8, 8 },
    { 8, 8, 8, 8, STATE, 8, STATE, 2 },
    { 2, 2, 2, 2, 2, 2, 2, 2 },
    { 2, 2, 2, 2, 10, 8, 10, 8 },
};
/* Bit n: ModRM reg n writes memory. */
static const u8 x87_writes[8] = { 0, 0xCC, 0, 0x8E, 0, 0xCE, 0, 0xCE };

void exec_x87(struct insn *i)
{
    u8 op = i->opcode & 7, reg = modrm_reg(i), bytes = x87_bytes[op][reg];

    if (i->cpu->cr0 & (CR0_EM | CR0_TS)) {
        fault(i, VECTOR_NM, 0);
        return;
    }
    if (bytes == ENV)
        bytes = i->opsize == 4 ? 28 : 14;
    else if (bytes == STATE)
        bytes = i->opsize == 4 ? 108 : 94;
    native(i, bytes, x87_writes[op] >> reg & 1 ? X86_WRITE : 0);
}

void exec_wait(struct insn *i)
{
    struct x86_native n = { .code = { 0x9B }, .length = 1, .base = X86_ESP };

    if ((i->cpu->cr0 & (CR0_MP | CR0_TS)) == (CR0_MP | CR0_TS))
        fault(i, VECTOR_NM, 0);
    else if (i->ops->native)
        native_run(i, &n);
}

/* ---- MMX, SSE --------------------------------------------------------------------------------- */

enum { NO_PREFIX, PREFIX_66, PREFIX_F3, PREFIX_F2 };

static u8 prefix_of(const struct insn *i)
{
    if (i->rep)
        return i->rep == REP_E ? PREFIX_F3 : PREFIX_F2;
    return has_66(i) ? PREFIX_66 : NO_PREFIX;
}

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

    if (prefix_of(i) != NO_PREFIX)
        return false;
    if (i->map != MAP_0F)
        return true;
    return (op >= 0x60 && op < 0x80) || op == 0xC4 || op == 0xC5 || op >= 0xD0;
}

static u32 sse_bytes(const struct insn *i)
{
    static const u8 by_prefix[] = { 16, 16, 4, 8 };
    u8 op = i->opcode, prefix = prefix_of(i);

    if (i->map != MAP_0F)
        return is_mmx(i) ? 8 : map3_bytes(i);
    switch (op) {
    case 0x12: case 0x16:
        return prefix == PREFIX_F3 ? 16 : 8;
    case 0x13: case 0x17: case 0xD6:
        return 8;
    case 0x14: case 0x15: case 0x28: case 0x29: case 0x2B: case 0xC6: case 0x5B: case 0xE6:
        return op == 0xE6 && prefix == PREFIX_F3 ? 8 : 16;
    case 0x2A:
        return prefix == NO_PREFIX || prefix == PREFIX_66 ? 8 : 4;
    case 0x2C: case 0x2D:
        return prefix == PREFIX_66 ? 16 : prefix == PREFIX_F3 ? 4 : 8;
    case 0x2E: case 0x2F:
        return prefix == PREFIX_66 ? 8 : 4;
    case 0x5A:
        return prefix == PREFIX_66 ? 16 : prefix == PREFIX_F3 ? 4 : 8;
    case 0x60: case 0x61: case 0x62:
        return prefix == PREFIX_66 ? 16 : 4;
    case 0x6E:
        return 4;
    case 0x7E:
        return prefix == PREFIX_F3 ? 8 : 4;
    case 0xC4:
        return 2;
    case 0xAE:
        return 4;
    }
    if (op == 0x10 || op == 0x11 || (op >= 0x50 && op < 0x60) || op == 0xC2)
        return by_prefix[prefix];
    return is_mmx(i) ? 8 : 16;
}

static bool sse_writes(const struct insn *i)
{
    u8 op = i->opcode;

    if (i->map != MAP_0F)
        return i->map == MAP_0F3A && op >= 0x14 && op <= 0x17;
    if (op == 0xAE)
        return modrm_reg(i) == 3;
    return op == 0x11 || op == 0x13 || op == 0x17 || op == 0x29 || op == 0x2B || (op == 0x7E && i->rep != REP_E) ||
           op == 0x7F || op == 0xD6 || op == 0xE7;
}

/* Aligned operands of 16 bytes are demanded by all but the MOVU and LDDQU. */
static bool wants_alignment(const struct insn *i, u32 bytes)
{
    u8 op = i->opcode;

    if (bytes != 16 || i->map == MAP_0F3A)
        return bytes == 16;
    return !(i->map == MAP_0F && (op == 0x10 || op == 0x11 || op == 0xF0 || ((op == 0x6F || op == 0x7F) && i->rep)));
}

static bool simd_denied(struct insn *i, bool xmm)
{
    const struct x86_cpu *cpu = i->cpu;

    if (cpu->cr0 & CR0_EM || (xmm && !(cpu->cr4 & CR4_OSFXSR)))
        fault_ud(i);
    else if (cpu->cr0 & CR0_TS)
        fault(i, VECTOR_NM, 0);
    return faulted(i);
}

void exec_sse(struct insn *i)
{
    u32 bytes = sse_bytes(i);

    if (!is_known(i))
        fault_ud(i);
    if (faulted(i) || simd_denied(i, !is_mmx(i)))
        return;
    if (modrm_mod(i) != 3 && wants_alignment(i, bytes) && (i->cpu->seg[i->ea_segment].base + i->ea) & 15)
        fault_gp(i, 0);
    else
        native(i, bytes, sse_writes(i) ? X86_WRITE : 0);
}

void exec_emms(struct insn *i)
{
    struct x86_native n = { .code = { 0x0F, 0x77 }, .length = 2, .base = X86_ESP };

    if (simd_denied(i, false))
        return;
    if (i->ops->native)
        native_run(i, &n);
    else
        fault_ud(i);
}

/* FXSAVE /0, FXRSTOR /1. */
void exec_fxsave(struct insn *i)
{
    if (i->cpu->cr0 & (CR0_EM | CR0_TS))
        fault(i, VECTOR_NM, 0);
    else if ((i->cpu->seg[i->ea_segment].base + i->ea) & 15)
        fault_gp(i, 0);
    else
        native(i, 512, modrm_reg(i) ? 0 : X86_WRITE);
}

/* LFENCE, MFENCE, SFENCE: one instruction at a time needs none. CLFLUSH looks at its address only. */
void exec_fence(struct insn *i)
{
    if (modrm_mod(i) != 3)
        load(i, i->ea_segment, i->ea, 1, 0);
}
