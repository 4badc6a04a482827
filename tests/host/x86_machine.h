/* SPDX-License-Identifier: BSD-2-Clause */
/* The machine of the system-side tests: descriptor tables, flat protected mode, CPL 3, real mode. */
#ifndef X86_MACHINE_H
#define X86_MACHINE_H

#include "x86_test.h"

#define GDT   0x1000u
#define IDT   0x2000u
#define TSS   0x3000u
#define TSS2  0x3200u
#define STACK 0x8000u
#define CODE_AT 0x6000u

enum { SEL_CODE32 = 0x08, SEL_DATA = 0x10, SEL_CODE16 = 0x18, SEL_DATA16 = 0x20, SEL_CODE3 = 0x2B, SEL_DATA3 = 0x33, SEL_TSS = 0x38,
       SEL_GATE = 0x40, SEL_LDT = 0x48, SEL_TSS2 = 0x50, SEL_CONFORMING = 0x58, SEL_DOWN = 0x60, SEL_ABSENT = 0x68, SEL_GATE0 = 0x70,
       SEL_TASK_GATE = 0x78, SEL_XO = 0x80 };

static struct x86_cpu cpu;
static struct x86_ops ops;

static inline u32 mem32(u32 at)
{
    u32 v;

    memcpy(&v, memory + at, 4);
    return v;
}

static inline void put32(u32 at, u32 v)
{
    memcpy(memory + at, &v, 4);
}

/* `access` as in the VMX layout; `limit` in the descriptor's own units. */
static inline void gdt_put(u32 selector, u32 base, u32 limit, u32 access)
{
    u32 at = GDT + (selector & ~7u);

    put32(at, (base & 0xFFFF) << 16 | (limit & 0xFFFF));
    put32(at + 4, (base & 0xFF000000u) | (base >> 16 & 0xFF) | (limit & 0xF0000) | access << 8);
}

static inline void gate_put(u32 at, u16 selector, u32 offset, u8 type, u8 dpl, u8 count)
{
    put32(at, (u32)selector << 16 | (offset & 0xFFFF));
    put32(at + 4, (offset & 0xFFFF0000u) | 0x8000 | dpl << 13 | type << 8 | count);
}

static inline void tables(void)
{
    memset(memory, 0, 0x20000);
    gdt_put(SEL_CODE32, 0, 0xFFFFF, 0xC09A);
    gdt_put(SEL_DATA, 0, 0xFFFFF, 0xC092);
    gdt_put(SEL_CODE16, 0, 0xFFFF, 0x009A);
    gdt_put(SEL_DATA16, 0, 0xFFFF, 0x0092);
    gdt_put(SEL_CODE3, 0, 0xFFFFF, 0xC0FA);
    gdt_put(SEL_DATA3, 0, 0xFFFFF, 0xC0F2);
    gdt_put(SEL_TSS, TSS, 0xFF, 0x89);
    gate_put(GDT + SEL_GATE, SEL_CODE32, 0x7000, SYS_CALL32, 3, 2);
    gate_put(GDT + SEL_GATE0, SEL_CODE32, 0x7000, SYS_CALL32, 0, 0);
    gate_put(GDT + SEL_TASK_GATE, SEL_TSS2, 0, SYS_TASK, 3, 0);
    gdt_put(SEL_LDT, 0x4000, 0xFF, 0x82);
    gdt_put(SEL_TSS2, TSS2, 0x67, 0x89);
    gdt_put(SEL_CONFORMING, 0, 0xFFFFF, 0xC09E);
    gdt_put(SEL_DOWN, 0, 0xFFF, 0x4096);
    gdt_put(SEL_ABSENT, 0, 0xFFFFF, 0xC012);
    gdt_put(SEL_XO, 0, 0xFFFFF, 0xC098);
    put32(TSS + 4, STACK);
    put32(TSS + 8, SEL_DATA);
    put32(TSS + 0x64, 0xFFFF0000);       /* no I/O bitmap */
}

/* 32-bit flat protected mode at CPL 0, TR loaded, interrupts 0-255 to 9000h + 16 * vector. */
static inline void protected(void)
{
    tables();
    memset(&cpu, 0, sizeof(cpu));
    x86_reset(&cpu);
    cpu.features = ALL_FEATURES;
    cpu.cr0 = CR0_PE | CR0_ET;
    cpu.gdtr = (struct x86_table){ GDT, 0xFF };
    cpu.idtr = (struct x86_table){ IDT, 0x7FF };
    for (u8 n = X86_ES; n <= X86_GS; n++)
        flat_segment(&cpu, n, n == X86_CS ? SEL_CODE32 : SEL_DATA);
    cpu.seg[X86_TR] = (struct x86_segment){ SEL_TSS, 0xFF, TSS, 0x8B };
    cpu.seg[X86_LDTR].access = SEG_UNUSABLE;
    for (u32 n = 0; n < 256; n++)
        gate_put(IDT + 8 * n, SEL_CODE32, 0x9000 + 16 * n, SYS_INT32, 0, 0);
    gdt_put(SEL_TSS, TSS, 0xFF, 0x8B);
    cpu.gpr[X86_ESP] = 0x7800;
    cpu.eip = CODE_AT;
}

static inline void user(void)
{
    protected();
    for (u8 n = X86_ES; n <= X86_GS; n++)
        flat_segment(&cpu, n, n == X86_CS ? SEL_CODE3 : SEL_DATA3);
    cpu.cpl = 3;
}

static inline void real(void)
{
    memset(memory, 0, 0x20000);
    memset(&cpu, 0, sizeof(cpu));
    x86_reset(&cpu);
    cpu.features = ALL_FEATURES;
    for (u8 n = X86_ES; n <= X86_GS; n++)
        real_segment(&cpu, n, 0);
    cpu.idtr.limit = 0x3FF;
    for (u32 n = 0; n < 256; n++)
        put32(4 * n, 0x9000 + 16 * n);
    cpu.gpr[X86_ESP] = 0x7800;
    cpu.eip = CODE_AT;
}

#define STEP(...) (CODE(CODE_AT, __VA_ARGS__), x86_step(&cpu, &ops))

/* The instruction faults so, and changes nothing. */
#define assert_fault(number, code, ...) do { \
        struct x86_cpu before_ = cpu; \
        assert_int_equal(STEP(__VA_ARGS__), X86_EXCEPTION); \
        assert_int_equal(cpu.event.vector, number); \
        assert_int_equal(cpu.event.has_error ? cpu.event.error : 0, code); \
        before_.event = cpu.event; \
        before_.cr2 = cpu.cr2; \
        before_.dr[6] = cpu.dr[6]; \
        assert_memory_equal(&before_, &cpu, sizeof(cpu)); \
    } while (0)

#endif
