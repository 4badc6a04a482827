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

static u8 *test_ram(struct x86_cpu *cpu, paddr at, bool write)
{
    if (at >= MEMORY_BYTES) {
        outside = true;
        return NULL;
    }
    if (write)
        written_page[at >> 12] = 1;
    return memory + at;
}

static u32 port_value(u16 port, u8 bytes)
{
    return (port * 2654435761u + bytes) & size_mask(bytes);
}

static u32 test_in(struct x86_cpu *cpu, u16 port, u8 bytes)
{
    return port_value(port, bytes);
}

static void test_out(struct x86_cpu *cpu, u16 port, u32 value, u8 bytes)
{
    port_log += (port * 31u + bytes) * 2654435761u ^ value;
}

static const struct x86_ops test_ops = { .ram = test_ram, .in = test_in, .out = test_out };

#define ALL_FEATURES 0xFFFFFFFFu

/* ---- random numbers: xorshift64*, seeded by $SEED or the clock's nobody: always the same without SEED ------ */

static u64 random_state;

static u64 random64(void)
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return random_state * 0x2545F4914F6CDD1Dull;
}

static u32 random32(void)
{
    return random64() >> 32;
}

static u32 below(u32 limit)
{
    return random32() % limit;
}

/* Values that carry, overflow, divide and wrap more often than chance would have it. */
static u32 random_value(void)
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

static u64 random_seed(void)
{
    const char *seed = getenv("SEED");

    random_state = seed ? strtoull(seed, NULL, 0) : 1;
    if (!random_state)
        random_state = 1;
    return random_state;
}

static u32 cases_wanted(u32 usual)
{
    const char *cases = getenv("CASES");

    return cases ? (u32)strtoul(cases, NULL, 0) : usual;
}

/* ---- states ------------------------------------------------------------------------------ */

static void real_segment(struct x86_cpu *cpu, u8 n, u16 selector)
{
    cpu->seg[n] = (struct x86_segment){ selector, 0xFFFF, (u32)selector << 4, SEG_P | SEG_S | SEG_WRITABLE | SEG_ACCESSED };
}

static void flat_segment(struct x86_cpu *cpu, u8 n, u16 selector)
{
    u32 type = n == X86_CS ? SEG_CODE | SEG_READABLE : SEG_WRITABLE;

    cpu->seg[n] = (struct x86_segment){ selector, 0xFFFFFFFFu, 0, SEG_P | SEG_S | SEG_ACCESSED | SEG_G | SEG_DB | type | (selector & 3) << SEG_DPL_SHIFT };
}

static inline void put_code(u32 at, const u8 *code, u32 bytes)
{
    memcpy(memory + at, code, bytes);
}

#define CODE(at, ...) put_code(at, (const u8[]){ __VA_ARGS__ }, sizeof((const u8[]){ __VA_ARGS__ }))

#endif
