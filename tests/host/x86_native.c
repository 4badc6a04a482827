/* SPDX-License-Identifier: BSD-2-Clause */
/* x86/: x87, MMX and SSE instructions, re-encoded by the interpreter and run by the processor of the test itself. */
#include <sys/mman.h>
#include "x86_test.h"

#define CODE_AT 0x6000u
#define FAR     0x110000u   /* beyond what VM86 reaches */

static struct x86_cpu cpu;
static struct x86_native *executable;

/* The guest's x87 and SSE state, out of the way of the test's own code. */
static u8 own_state[512] __attribute__((aligned(16))), guest_state[512] __attribute__((aligned(16)));

static int run_native(struct x86_cpu *c, struct x86_native *n)
{
    int vector;

    *executable = *n;
    asm volatile("fxsave %0; fxrstor %1" : "=m"(own_state) : "m"(guest_state) : "memory");
    vector = x86_native_run(c, executable);
    asm volatile("fxsave %0; fxrstor %1" : "=m"(guest_state) : "m"(own_state) : "memory");
    return vector;
}

static const struct x86_ops ops = { .ram = test_ram, .in = test_in, .out = test_out, .native = run_native };

/* Unreal mode: 16-bit code, DS up to 4 GiB. */
static void unreal(void)
{
    memset(&cpu, 0, sizeof(cpu));
    x86_reset(&cpu);
    cpu.features = ALL_FEATURES;
    cpu.cr4 = CR4_OSFXSR;
    for (u8 n = X86_ES; n <= X86_GS; n++)
        real_segment(&cpu, n, 0);
    cpu.seg[X86_DS].limit = 0xFFFFFFFF;
    cpu.gpr[X86_EBX] = FAR;
    cpu.gpr[X86_ESP] = 0x7000;
    cpu.eip = CODE_AT;
}

#define RUN(...) (CODE(CODE_AT, __VA_ARGS__), cpu.eip = CODE_AT, x86_step(&cpu, &ops))

static void put_double(u32 at, double v)
{
    memcpy(memory + at, &v, sizeof(v));
}

static double get_double(u32 at)
{
    double v;

    memcpy(&v, memory + at, sizeof(v));
    return v;
}

static void test_x87(void **state)
{
    unreal();
    put_double(FAR, 1.5);
    put_double(FAR + 8, 2.25);
    assert_int_equal(RUN(0xDB, 0xE3), X86_DONE);                         /* FNINIT */
    assert_int_equal(RUN(0x67, 0xDD, 0x03), X86_DONE);                   /* FLD qword [EBX] */
    assert_int_equal(cpu.eip, CODE_AT + 3);
    assert_int_equal(RUN(0x67, 0xDC, 0x43, 0x08), X86_DONE);             /* FADD qword [EBX + 8] */
    assert_int_equal(RUN(0x67, 0xDD, 0x5B, 0x10), X86_DONE);             /* FSTP qword [EBX + 16] */
    assert_true(get_double(FAR + 16) == 3.75);
    assert_int_equal(cpu.gpr[X86_EBX], FAR);
    assert_int_equal(RUN(0xDF, 0xE0), X86_DONE);                         /* FNSTSW AX */
    assert_int_equal(cpu.gpr[X86_EAX] & 0xFFFF, 0);
    memset(memory + FAR, 0xAA, 64);
    assert_int_equal(RUN(0x67, 0xD9, 0x33), X86_DONE);                   /* FNSTENV: 14 bytes in 16-bit code */
    assert_int_equal(memory[FAR], 0x7F);
    assert_int_equal(memory[FAR + 13] == 0xAA, false);
    assert_int_equal(memory[FAR + 14], 0xAA);
    assert_int_equal(RUN(0x66, 0x67, 0xD9, 0x33), X86_DONE);             /* 28 with 66h */
    assert_int_equal(memory[FAR + 28], 0xAA);
    assert_int_equal(memory[FAR + 2], 0xFF);
}

/* A 10-byte store over two pages, and one that the second page refuses. */
static void test_straddle(void **state)
{
    unreal();
    cpu.gpr[X86_EBX] = FAR + 0xFFB;
    assert_int_equal(RUN(0xDB, 0xE3), X86_DONE);
    assert_int_equal(RUN(0xD9, 0xE8), X86_DONE);                         /* FLD1 */
    memset(memory + FAR + 0xFF0, 0, 32);
    assert_int_equal(RUN(0x67, 0xDB, 0x3B), X86_DONE);                   /* FSTP tbyte [EBX] */
    assert_int_equal(memory[FAR + 0xFFB + 9], 0x3F);
    assert_int_equal(memory[FAR + 0xFFB + 8], 0xFF);
    assert_int_equal(memory[FAR + 0xFFB + 7], 0x80);
    cpu.seg[X86_DS].limit = FAR + 0x1000;
    assert_int_equal(RUN(0x67, 0xDB, 0x2B), X86_EXCEPTION);              /* FLD tbyte: beyond the limit */
    assert_int_equal(cpu.event.vector, VECTOR_GP);
}

static void test_sse(void **state)
{
    static const float a[4] = { 1, 2, 3, 4 }, b[4] = { 10, 20, 30, 40 };
    float sum[4];

    unreal();
    memcpy(memory + FAR, a, 16);
    memcpy(memory + FAR + 32, b, 16);
    assert_int_equal(RUN(0x67, 0x0F, 0x28, 0x03), X86_DONE);             /* MOVAPS XMM0, [EBX] */
    assert_int_equal(RUN(0x67, 0x0F, 0x58, 0x43, 0x20), X86_DONE);       /* ADDPS XMM0, [EBX + 32] */
    assert_int_equal(RUN(0x67, 0x0F, 0x11, 0x43, 0x41), X86_DONE);       /* MOVUPS [EBX + 65], XMM0 */
    memcpy(sum, memory + FAR + 65, 16);
    assert_true(sum[0] == 11 && sum[3] == 44);
    assert_int_equal(RUN(0x67, 0x0F, 0x29, 0x43, 0x41), X86_EXCEPTION);  /* MOVAPS there: #GP */
    assert_int_equal(cpu.event.vector, VECTOR_GP);
    assert_int_equal(RUN(0x67, 0xF3, 0x0F, 0x2C, 0x5B, 0x24), X86_DONE); /* CVTTSS2SI EBX, [EBX + 36] */
    assert_int_equal(cpu.gpr[X86_EBX], 20);
    cpu.gpr[X86_EBX] = FAR;
    cpu.eflags |= EFLAGS_CF;
    assert_int_equal(RUN(0x67, 0x0F, 0x2F, 0x43, 0x20), X86_DONE);       /* COMISS: 11 > 10 */
    assert_int_equal(cpu.eflags & EFLAGS_ARITHMETIC, 0);
    cpu.gpr[X86_ECX] = 0x12345678;
    assert_int_equal(RUN(0x66, 0x0F, 0x6E, 0xC9), X86_DONE);             /* MOVD XMM1, ECX */
    assert_int_equal(RUN(0x66, 0x0F, 0x7E, 0xC8), X86_DONE);             /* MOVD EAX, XMM1 */
    assert_int_equal(cpu.gpr[X86_EAX], 0x12345678);
    assert_int_equal(RUN(0x66, 0x0F, 0x7E, 0xCC), X86_DONE);             /* MOVD ESP, XMM1 */
    assert_int_equal(cpu.gpr[X86_ESP], 0x12345678);
    assert_int_equal(cpu.gpr[X86_EBX], FAR);
    assert_int_equal(RUN(0x67, 0xF3, 0x0F, 0x2C, 0x63, 0x24), X86_DONE); /* CVTTSS2SI ESP, [EBX + 36] */
    assert_int_equal(cpu.gpr[X86_ESP], 20);
    assert_int_equal(cpu.gpr[X86_EBX], FAR);
    assert_int_equal(RUN(0x0F, 0x6E, 0xC9), X86_DONE);                   /* MOVD MM1, ECX */
    assert_int_equal(RUN(0x67, 0x0F, 0x7F, 0x0B), X86_DONE);             /* MOVQ [EBX], MM1 */
    assert_int_equal(memory[FAR + 3], 0x12);
    assert_int_equal(RUN(0x0F, 0x77), X86_DONE);                         /* EMMS */
    assert_int_equal(RUN(0x0F, 0xF7, 0xC1), X86_EXCEPTION);              /* MASKMOVQ is not run */
    assert_int_equal(RUN(0x66, 0x0F, 0x38, 0x80, 0x03), X86_EXCEPTION);  /* nor INVEPT */
    assert_int_equal(cpu.event.vector, VECTOR_UD);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_x87), cmocka_unit_test(test_straddle), cmocka_unit_test(test_sse),
    };

    asm volatile("fxsave %0" : "=m"(guest_state));
    executable = mmap(NULL, 0x1000, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_true(executable != MAP_FAILED);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
