/* SPDX-License-Identifier: BSD-2-Clause */
/* A machine for tests of x86/: two MiB of memory, ports that answer a sum, a log of what was written. */
#ifndef X86_TEST_H
#define X86_TEST_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#undef offsetof
#undef bool
#undef true
#undef false
#undef NULL
#include "exec.h"
#include "groups.h"

#define MEMORY_BYTES 0x200000u
#define PAGES        (MEMORY_BYTES / 0x1000)

static u8 memory[MEMORY_BYTES] __attribute__((aligned(4096)));
static u8 written_page[PAGES];    /* touched for writing since it was last cleared */
static bool outside;              /* something beyond `memory` was touched */
static u32 port_log;              /* sum over all port writes */

static inline u8 *test_ram(struct x86_cpu *cpu, paddr at, bool write)
{
    if (at >= MEMORY_BYTES) {
        outside = true;
        return NULL;
    }
    if (write)
        written_page[at >> 12] = 1;
    return memory + at;
}

static inline u32 port_value(u16 port, u8 bytes)
{
    return (port * 2654435761u + bytes) & size_mask(bytes);
}

static inline u32 test_in(struct x86_cpu *cpu, u16 port, u8 bytes)
{
    return port_value(port, bytes);
}

static inline void test_out(struct x86_cpu *cpu, u16 port, u32 value, u8 bytes)
{
    port_log += (port * 31u + bytes) * 2654435761u ^ value;
}

static const struct x86_ops test_ops __attribute__((unused)) = { .ram = test_ram, .in = test_in, .out = test_out };

#define ALL_FEATURES 0xFFFFFFFFu

/* ---- random numbers: xorshift64*, seeded by $SEED or the clock's nobody: always the same without SEED ------ */

static u64 random_state;

static inline u64 random64(void)
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return random_state * 0x2545F4914F6CDD1Dull;
}

static inline u32 random32(void)
{
    return random64() >> 32;
}

static inline u32 below(u32 limit)
{
    return random32() % limit;
}

/* Values that carry, overflow, divide and wrap more often than chance would have it. */
static inline u32 random_value(void)
{
    static const u32 edges[] = { 0, 1, 2, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000u, 0xFFFFFFFFu };

    switch (below(4)) {
    case 0:
        return edges[below(ARRAY_SIZE(edges))];
    case 1:
        return random32() & 0xFF;
    default:
        return random32();
    }
}

static inline u64 random_seed(void)
{
    const char *seed = getenv("SEED");

    random_state = seed ? strtoull(seed, NULL, 0) : 1;
    if (!random_state)
        random_state = 1;
    return random_state;
}

static inline u32 cases_wanted(u32 usual)
{
    const char *cases = getenv("CASES");

    return cases ? (u32)strtoul(cases, NULL, 0) : usual;
}

/* ---- states ------------------------------------------------------------------------------ */

static inline void real_segment(struct x86_cpu *cpu, u8 n, u16 selector)
{
    cpu->seg[n] = (struct x86_segment){ selector, 0xFFFF, (u32)selector << 4, SEG_P | SEG_S | SEG_WRITABLE | SEG_ACCESSED };
}

static inline void flat_segment(struct x86_cpu *cpu, u8 n, u16 selector)
{
    u32 type = n == X86_CS ? SEG_CODE | SEG_READABLE : SEG_WRITABLE;

    cpu->seg[n] = (struct x86_segment){ selector, 0xFFFFFFFFu, 0, SEG_P | SEG_S | SEG_ACCESSED | SEG_G | SEG_DB | type | (selector & 3) << SEG_DPL_SHIFT };
}

static inline void put_code(u32 at, const u8 *code, u32 bytes)
{
    memcpy(memory + at, code, bytes);
}

#define CODE(at, ...) put_code(at, (const u8[]){ __VA_ARGS__ }, sizeof((const u8[]){ __VA_ARGS__ }))

/* ---- undefined flags ------------------------------------------------------------------------- */

static inline u32 shift_undefined(const struct insn *i, const struct x86_cpu *before)
{
    u8 count = (i->row->operands & 15) == OP_CL ? before->gpr[X86_ECX] & 31 : (i->row->operands & 15) == OP_1 ? 1 : i->src & 31;
    bool shift = modrm_reg(i) >= 4;
    u32 mask = shift && count ? EFLAGS_AF : 0;

    if (count > 1)
        mask |= EFLAGS_OF;
    if (shift && count >= 8 * i->size)
        mask |= EFLAGS_CF;
    return mask;
}

static inline u32 double_undefined(const struct insn *i, const struct x86_cpu *before)
{
    u8 count = (i->opcode & 1 ? before->gpr[X86_ECX] : i->imm) & 31;

    if (!count)
        return 0;
    return count > 8 * i->size ? EFLAGS_ARITHMETIC : EFLAGS_AF | (count > 1 ? EFLAGS_OF : 0);
}

static inline u32 undefined_flags(const struct insn *i, const struct x86_cpu *before)
{
    u8 op = i->opcode & 0x80 ? modrm_reg(i) : i->opcode >> 3 & 7;

    switch (i->row->exec) {
    case EXEC_alu:
        return op == ALU_AND || op == ALU_OR || op == ALU_XOR ? EFLAGS_AF : 0;
    case EXEC_test:
        return EFLAGS_AF;
    case EXEC_shift:
        return shift_undefined(i, before);
    case EXEC_shld:
    case EXEC_shrd:
        return double_undefined(i, before);
    case EXEC_mul: case EXEC_imul1: case EXEC_imul2: case EXEC_imul3:
        return EFLAGS_SF | EFLAGS_ZF | EFLAGS_AF | EFLAGS_PF;
    case EXEC_div: case EXEC_idiv:
        return EFLAGS_ARITHMETIC;
    case EXEC_daa: case EXEC_das:
        return EFLAGS_OF;
    case EXEC_aaa: case EXEC_aas:
        return EFLAGS_OF | EFLAGS_SF | EFLAGS_ZF | EFLAGS_PF;
    case EXEC_aam: case EXEC_aad:
        return EFLAGS_OF | EFLAGS_AF | EFLAGS_CF;
    case EXEC_bt:
        return EFLAGS_ARITHMETIC & ~(EFLAGS_CF | EFLAGS_ZF);
    case EXEC_bsf: case EXEC_bsr:
        return i->rep == REP_E && i->row->exec == EXEC_bsr ? EFLAGS_OF | EFLAGS_SF | EFLAGS_AF | EFLAGS_PF : EFLAGS_ARITHMETIC & ~EFLAGS_ZF;
    }
    return 0;
}

#endif
