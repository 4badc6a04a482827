/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Instructions that the caller's own processor runs (ops->native): x87, MMX, SSE, AVX, and what only the monitor can answer.
 * Here they are re-encoded with their operand's address in a register; exec_x87.c, exec_sse.c and exec_vex.c say how long
 * the operand is and check what the processor, running another code segment, would not.
 */
#include "exec.h"
#include "native.h"

/* native32.S and native64.S know these. */
_Static_assert(offsetof(struct x86_cpu, gpr) == 0 && offsetof(struct x86_cpu, eflags) == 36, "offsets in native*.S");
_Static_assert(offsetof(struct x86_native, code) == 0 && offsetof(struct x86_native, length) == 16 &&
               offsetof(struct x86_native, base) == 17, "offsets in native*.S");
_Static_assert(offsetof(struct x86_native, operand) == (sizeof(void *) == 8 ? 24 : 20), "offsets in native*.S");

#define OPERAND_MAX 512   /* FXSAVE */
#define ALIGNMENT   64    /* the most that an instruction asks for */

/* A memory operand that is a copy: it straddles pages that lie apart, or is no memory. */
struct copy {
    u8 room[ALIGNMENT + OPERAND_MAX] ALIGNED(ALIGNMENT);
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

u8 simd_prefix(const struct insn *i)
{
    if (i->rep)
        return i->rep == REP_E ? SIMD_F3 : SIMD_F2;
    return has_66(i) ? SIMD_66 : SIMD_NONE;
}

/* Does ModRM's reg, its rm, VEX.vvvv name a general register: MOVMSK, PEXTR, PINSR, MOVD, CVT*SI, CRC32, BMI. */
static bool gpr_in_reg(const struct insn *i)
{
    u8 op = i->opcode;

    if (i->map == MAP_0F)
        return op == 0x50 || op == 0xC5 || op == 0xD7 || ((op & 0xFE) == 0x2C && i->rep);
    return i->map != MAP_ONE && op >= 0xF0;
}

/* MOVD, CVTSI2S*, PEXTR*, PINSR*: general register or memory in r/m. */
static bool moves_gpr(const struct insn *i)
{
    u8 op = i->opcode;

    if (i->map == MAP_0F)
        return op == 0x6E || op == 0xC4 || (op == 0x7E && i->rep != REP_E) || (op == 0x2A && i->rep);
    if (i->map == MAP_0F38)
        return op >= 0xF0;
    return i->map == MAP_0F3A && ((op & 0xFC) == 0x14 || op == 0x20 || op == 0x22 || op == 0xF0);
}

static bool gpr_in_vvvv(const struct insn *i)
{
    return i->vex && i->map == MAP_0F38 && i->opcode >= 0xF0;
}

/* The three-byte form. VEX.W of general registers is for 64-bit mode, where this code may run. */
static void encode_vex(const struct insn *i, struct x86_native *n)
{
    u8 w = moves_gpr(i) || gpr_in_reg(i) ? 0 : i->vex & VEX_W;

    emit(n, 0xC4);
    emit(n, 0xE0 | i->map);
    emit(n, w | ((~i->vex & VEX_VVVV) | 0x40) | (i->vex & VEX_L) | simd_prefix(i));
}

/*
 * Prefixes that mean something to the instruction; then opcode, ModRM as [base], immediate. 66h is a part of an SSE
 * opcode, but to x87 and CRC32 it is the 16-bit format, for which the code is run in 32-bit or 64-bit mode.
 */
static void encode_legacy(const struct insn *i, struct x86_native *n)
{
    bool crc32 = i->map == MAP_0F38 && i->opcode >= 0xF0;

    if (i->map == MAP_ONE || crc32 ? i->opsize == 2 : has_66(i))
        emit(n, 0x66);
    if (i->rep)
        emit(n, i->rep);
    if (i->map != MAP_ONE)
        emit(n, 0x0F);
    if (i->map >= MAP_0F38)
        emit(n, i->map == MAP_0F38 ? 0x38 : 0x3A);
}

static void encode(const struct insn *i, struct x86_native *n)
{
    bool memory = modrm_mod(i) != 3;

    if (i->vex)
        encode_vex(i, n);
    else
        encode_legacy(i, n);
    emit(n, i->opcode);
    emit(n, memory ? modrm_reg(i) << 3 | n->base : i->modrm);
    if (i->row->flags & ROW_IB)
        emit(n, i->imm);
    if (!memory)
        n->base = X86_ESP;
}

/* ---- running ---------------------------------------------------------------------------------- */

static void copy_in(struct insn *i, u8 *to, u32 bytes)
{
    for (u32 n = 0; n < bytes; n += n + 4 <= bytes ? 4 : 1) {
        u8 size = n + 4 <= bytes ? 4 : 1;
        u32 value = load(i, i->ea_segment, i->ea + n, size, 0);

        for (u8 k = 0; k < size; k++)
            to[n + k] = value >> 8 * k;
    }
}

static void copy_out(struct insn *i, const u8 *from, u32 bytes)
{
    for (u32 n = 0; n < bytes; n++)
        store(i, i->ea_segment, i->ea + n, from[n], 1);
}

static void native_run(struct insn *i, struct x86_native *n)
{
    int vector;

    if (!i->ops->native) {
        fault_ud(i);
        return;
    }
    vector = i->ops->native(i->cpu, n);
    if (vector == X86_NATIVE_DONE)
        i->flags = (i->flags & ~EFLAGS_ARITHMETIC) | (i->cpu->eflags & EFLAGS_ARITHMETIC);
    else
        fault(i, vector, 0);
}

/*
 * Through a copy as aligned as the operand is: the processor checks that. What is written must be writable before the
 * instruction has changed its own state.
 */
static void run_with_copy(struct insn *i, struct x86_native *n, u8 access)
{
    u32 linear = i->cpu->seg[i->ea_segment].base + i->ea;
    struct copy c;

    n->operand = c.room + linear % ALIGNMENT;
    if (!probe(i, linear, n->bytes, access | i->user))
        return;
    copy_in(i, n->operand, n->bytes);
    if (faulted(i))
        return;
    native_run(i, n);
    if (access & X86_WRITE)
        copy_out(i, n->operand, n->bytes);
}

/* Host address of the operand, if all of it lies in one piece. */
static u8 *in_one_piece(struct insn *i, u32 linear, u32 bytes, u8 access)
{
    u32 rest = 0x1000 - (linear & 0xFFF);
    u8 *p = reach(i, linear, access), *q;

    if (!p || bytes <= rest)
        return p;
    q = reach(i, linear + rest, access);
    return q == p + rest ? p : NULL;
}

static void run_operand(struct insn *i, struct x86_native *n, u8 access)
{
    u32 linear = i->cpu->seg[i->ea_segment].base + i->ea;

    if (!segment_check(i, i->ea_segment, i->ea, n->bytes, access))
        return;
    breakpoint(i, access & X86_WRITE ? BREAK_WRITE : BREAK_ACCESS, linear, n->bytes);
    n->operand = in_one_piece(i, linear, n->bytes, access | i->user);
    if (faulted(i))
        return;
    if (n->operand)
        native_run(i, n);
    else if (n->bytes > OPERAND_MAX)
        fault_ud(i);
    else
        run_with_copy(i, n, access);
}

/* One of the registers that can hold the operand's address, not among those of the bits in `named`. */
static u8 free_register(u8 named)
{
    return !(named >> X86_EBX & 1) ? X86_EBX : !(named >> X86_ESI & 1) ? X86_ESI : X86_EDI;
}

/* The general registers that the instruction names. */
static u8 named_registers(const struct insn *i)
{
    return (gpr_in_reg(i) ? 1u << modrm_reg(i) : 0) | (moves_gpr(i) && modrm_mod(i) == 3 ? 1u << modrm_rm(i) : 0) |
           (gpr_in_vvvv(i) ? 1u << vex_register(i->vex) : 0);
}

/* ESP of who runs the code is not the guest's: name `spare` instead. */
static void rename_esp(struct insn *i, u8 spare)
{
    if (gpr_in_reg(i) && modrm_reg(i) == X86_ESP)
        i->modrm = (i->modrm & 0xC7) | spare << 3;
    if (moves_gpr(i) && modrm_mod(i) == 3 && modrm_rm(i) == X86_ESP)
        i->modrm = (i->modrm & 0xF8) | spare;
    if (gpr_in_vvvv(i) && vex_register(i->vex) == X86_ESP)
        i->vex = (i->vex & ~VEX_VVVV) | spare << 3;
}

static void exchange_esp(struct x86_cpu *cpu, u8 other)
{
    u32 value = cpu->gpr[X86_ESP];

    cpu->gpr[X86_ESP] = cpu->gpr[other];
    cpu->gpr[other] = value;
}

void native(struct insn *i, u32 bytes, u8 access)
{
    u8 named = named_registers(i);
    struct x86_native n = { .base = free_register(named), .bytes = bytes };
    u8 spare = named >> X86_ESP & 1 ? free_register(named | 1u << n.base) : X86_ESP;

    rename_esp(i, spare);
    encode(i, &n);
    exchange_esp(i->cpu, spare);
    if (modrm_mod(i) == 3)
        native_run(i, &n);
    else
        run_operand(i, &n, access);
    exchange_esp(i->cpu, spare);
}

void native_plain(struct insn *i, u8 first, u8 second, u8 third, u8 length)
{
    struct x86_native n = { .code = { first, second, third }, .length = length, .base = X86_ESP };

    native_run(i, &n);
}

void native_environment(struct insn *i, u8 reg, u32 *environment)
{
    struct x86_native n = { .code = { 0xD9, reg << 3 | X86_EBX }, .length = 2, .base = X86_EBX, .bytes = 28, .operand = environment };

    native_run(i, &n);
}

void native_read(struct insn *i, u8 prefix, u8 opcode, u8 reg, void *to)
{
    struct x86_native n = { .base = X86_EBX, .bytes = 16, .operand = to };

    if (prefix)
        emit(&n, prefix);
    emit(&n, 0x0F);
    emit(&n, opcode);
    emit(&n, reg << 3 | X86_EBX);
    native_run(i, &n);
}
