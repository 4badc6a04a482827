/* SPDX-License-Identifier: BSD-2-Clause */
/* x86/: x87, MMX and SSE instructions, re-encoded by the interpreter and run by the processor of the test itself. */
#include "x86_host.h"

#define CODE_AT 0x6000u
#define FAR     0x110000u   /* beyond what VM86 reaches */

static struct x86_cpu cpu;
static bool has_avx, has_bmi;

static const struct x86_ops ops = { .ram = test_ram, .in = test_in, .out = test_out, .native = host_native, .cpuid = host_cpuid };

static void on_signal(int number, siginfo_t *info, void *context)
{
    if (!native_faulted(context))
        signal(number, SIG_DFL);
}

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
    catch_signals(on_signal);
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


static u32 get32(u32 at)
{
    u32 v;

    memcpy(&v, memory + at, sizeof(v));
    return v;
}

static void put32(u32 at, u32 v)
{
    memcpy(memory + at, &v, sizeof(v));
}

/*
 * The environment has the guest's addresses, linear and spread over two words as real mode does it; both ways. An error is
 * pending, without which AMD's FXSAVE leaves them out.
 */
static void test_x87_pointers(void **state)
{
    static const u8 unmasked[] = { 0x7B, 0x03 };

    unreal();
    memcpy(memory + FAR, unmasked, sizeof(unmasked));
    put_double(FAR + 8, 0);
    assert_int_equal(RUN(0xDB, 0xE3), X86_DONE);
    assert_int_equal(RUN(0x67, 0xD9, 0x2B), X86_DONE);                   /* FLDCW [EBX]: #Z is unmasked */
    assert_int_equal(RUN(0xD9, 0xE8), X86_DONE);                         /* FLD1 */
    assert_int_equal(RUN(0x67, 0xDC, 0x73, 0x08), X86_DONE);             /* FDIV qword [EBX + 8] */
    assert_int_equal(RUN(0x67, 0xD9, 0x73, 0x40), X86_DONE);             /* FNSTENV [EBX + 64] */
    assert_int_equal(get32(FAR + 0x46), CODE_AT | 0x473 << 16);          /* FDIV is DC /6 */
    assert_int_equal(get32(FAR + 0x4A), 8 | 0x10000000);
    memset(memory + FAR + 0x40, 0, 28);
    put32(FAR + 0x40, 0x37B);
    put32(FAR + 0x44, 0x8084);                                           /* an error of #Z pending */
    put32(FAR + 0x4C, 0x2345);
    put32(FAR + 0x50, 0x1000 | 0x123);
    put32(FAR + 0x54, 0x6789);
    assert_int_equal(RUN(0x66, 0x67, 0xD9, 0x63, 0x40), X86_DONE);       /* FLDENV [EBX + 64], 32 bits */
    memset(memory + FAR + 0x80, 0, 512);
    assert_int_equal(RUN(0x67, 0x0F, 0xAE, 0x83, 0x80, 0, 0, 0), X86_DONE);   /* FXSAVE */
    assert_int_equal(get32(FAR + 0x88), 0x12345);
    assert_int_equal(get32(FAR + 0x90), 0x6789);
    assert_int_equal(RUN(0x66, 0x67, 0xDD, 0x73, 0x40), X86_DONE);       /* FNSAVE */
    assert_int_equal(get32(FAR + 0x40) & 0xFFFF, 0x37B);
    assert_int_equal(get32(FAR + 0x4C), 0xFFFF2345);
    assert_int_equal(get32(FAR + 0x50), 0x1123);
    assert_int_equal(RUN(0xDB, 0xE3), X86_DONE);
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
    u32 crc = 0;

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
    memset(memory + 0x5000, 0x11, 16);
    put_double(FAR, 0);
    memory[FAR + 2] = 0x80;
    assert_int_equal(RUN(0x67, 0x0F, 0x6F, 0x13), X86_DONE);             /* MOVQ MM2, [EBX]: a mask of one byte */
    cpu.gpr[X86_EDI] = 0x5000;
    assert_int_equal(RUN(0x0F, 0xF7, 0xCA), X86_DONE);                   /* MASKMOVQ MM1, MM2 */
    assert_int_equal(memory[0x5002], 0x34);
    assert_int_equal(memory[0x5001] | memory[0x5003], 0x11);
    assert_int_equal(RUN(0x0F, 0x77), X86_DONE);
    cpu.cr0 |= CR0_TS;
    assert_int_equal(RUN(0x0F, 0xF7, 0xCA), X86_EXCEPTION);
    assert_int_equal(cpu.event.vector, VECTOR_NM);
    cpu.gpr[X86_EAX] = 0;
    assert_int_equal(RUN(0x66, 0xF2, 0x0F, 0x38, 0xF1, 0xC1), X86_DONE); /* CRC32 EAX, ECX: TS does not matter */
    asm("crc32l %1, %0" : "+r"(crc) : "r"(cpu.gpr[X86_ECX]));
    assert_int_equal(cpu.gpr[X86_EAX], crc);
    cpu.cr0 &= ~CR0_TS;
    assert_int_equal(RUN(0x66, 0x0F, 0x38, 0x80, 0x03), X86_EXCEPTION);  /* nor INVEPT */
    assert_int_equal(cpu.event.vector, VECTOR_UD);
}

/* Protected mode as in a transition window: VEX prefixes are for it alone. */
static void window(void)
{
    unreal();
    cpu.cr0 |= CR0_PE;
    cpu.cr4 |= CR4_OSXSAVE;
}

static void test_avx(void **state)
{
    float v[16];

    if (!has_avx)
        skip();
    for (u8 n = 0; n < 16; n++)
        v[n] = n;
    memcpy(memory + FAR, v, sizeof(v));
    window();
    assert_int_equal(RUN(0x67, 0xC5, 0xFC, 0x10, 0x03), X86_DONE);       /* VMOVUPS YMM0, [EBX] */
    assert_int_equal(RUN(0x67, 0xC5, 0xFC, 0x58, 0x4B, 0x20), X86_DONE); /* VADDPS YMM1, YMM0, [EBX + 32] */
    assert_int_equal(RUN(0x67, 0xC5, 0xFC, 0x11, 0x4B, 0x41), X86_DONE); /* VMOVUPS [EBX + 65], YMM1 */
    memcpy(v, memory + FAR + 65, 32);
    assert_true(v[0] == 8 && v[7] == 7 + 15);
    assert_int_equal(RUN(0x67, 0xC5, 0xFC, 0x28, 0x4B, 0x10), X86_EXCEPTION);   /* VMOVAPS YMM1, [EBX + 16]: #GP */
    assert_int_equal(cpu.event.vector, VECTOR_GP);
    assert_int_equal(RUN(0x67, 0xC4, 0xE2, 0x7D, 0x18, 0x53, 0x04), X86_DONE);  /* VBROADCASTSS YMM2, [EBX + 4] */
    cpu.seg[X86_DS].limit = FAR + 31;
    assert_int_equal(RUN(0x67, 0xC5, 0xFC, 0x10, 0x03), X86_DONE);       /* all 32 bytes, and not one more */
    assert_int_equal(RUN(0x67, 0xC5, 0xFC, 0x10, 0x43, 0x01), X86_EXCEPTION);
    assert_int_equal(RUN(0x67, 0xC4, 0xE2, 0x7D, 0x18, 0x53, 0x1C), X86_DONE);  /* 4 bytes for the broadcast */
    assert_int_equal(RUN(0xC5, 0xF8, 0x77), X86_DONE);                   /* VZEROUPPER */
    assert_int_equal(cpu.eip, CODE_AT + 3);
    assert_int_equal(RUN(0x66, 0xC5, 0xFC, 0x58, 0xC1), X86_EXCEPTION);  /* 66h before VEX */
    assert_int_equal(cpu.event.vector, VECTOR_UD);
    assert_int_equal(RUN(0xC4, 0xE2, 0x7D, 0x92, 0x0C, 0x18), X86_EXCEPTION);   /* VGATHERDPS */
    cpu.cr0 |= CR0_TS;
    assert_int_equal(RUN(0xC5, 0xFC, 0x58, 0xC1), X86_EXCEPTION);
    assert_int_equal(cpu.event.vector, VECTOR_NM);
    cpu.cr4 &= ~CR4_OSXSAVE;
    assert_int_equal(RUN(0xC5, 0xFC, 0x58, 0xC1), X86_EXCEPTION);
    assert_int_equal(cpu.event.vector, VECTOR_UD);
    unreal();
    assert_int_equal(RUN(0xC5, 0xFC, 0x58, 0xC1), X86_EXCEPTION);        /* real mode has no VEX */
    assert_int_equal(cpu.event.vector, VECTOR_UD);
}

static void test_bmi(void **state)
{
    if (!has_bmi)
        skip();
    window();
    cpu.gpr[X86_ECX] = 0x0F0F;
    cpu.gpr[X86_ESP] = 0xFF;
    assert_int_equal(RUN(0xC4, 0xE2, 0x70, 0xF2, 0xE4), X86_DONE);       /* ANDN ESP, ECX, ESP */
    assert_int_equal(cpu.gpr[X86_ESP], 0xF0);
    assert_int_equal(cpu.gpr[X86_EBX], FAR);
    memory[FAR] = 0x18;
    memset(memory + FAR + 1, 0, 3);
    assert_int_equal(RUN(0x67, 0xC4, 0xE2, 0x48, 0xF3, 0x0B), X86_DONE); /* BLSR ESI, [EBX] */
    assert_int_equal(cpu.gpr[X86_ESI], 0x10);
    cpu.gpr[X86_ESP] = 4;
    assert_int_equal(RUN(0x67, 0xC4, 0xE2, 0x59, 0xF7, 0x1B), X86_DONE); /* SHLX EBX, [EBX], ESP */
    assert_int_equal(cpu.gpr[X86_EBX], 0x180);
    assert_int_equal(cpu.gpr[X86_ESP], 4);
    assert_int_equal(cpu.gpr[X86_ESI], 0x10);
}

static void test_xsave(void **state)
{
    u32 low;

    if (!has_xsave)
        skip();
    window();
    cpu.gpr[X86_ECX] = 0;
    assert_int_equal(RUN(0x0F, 0x01, 0xD0), X86_DONE);                   /* XGETBV */
    asm volatile("xgetbv" : "=a"(low) : "c"(0) : "edx");
    assert_int_equal(cpu.gpr[X86_EAX], low);
    cpu.gpr[X86_EBX] = FAR + 0xE00;                                      /* over a page boundary, in one piece */
    cpu.gpr[X86_EAX] = 3;
    cpu.gpr[X86_EDX] = 0;
    memset(memory + FAR + 0xE00, 0, 0x1000);
    assert_int_equal(RUN(0x67, 0x0F, 0xAE, 0x23), X86_DONE);             /* XSAVE [EBX] */
    assert_int_equal(memory[FAR + 0x1000] & ~3, 0);                      /* XSTATE_BV, 512 bytes on */
    assert_int_equal(RUN(0x67, 0x0F, 0xAE, 0x2B), X86_DONE);             /* XRSTOR */
    cpu.gpr[X86_EBX] += 16;
    assert_int_equal(RUN(0x67, 0x0F, 0xAE, 0x23), X86_EXCEPTION);
    assert_int_equal(cpu.event.vector, VECTOR_GP);
    cpu.cr4 &= ~CR4_OSXSAVE;
    assert_int_equal(RUN(0x0F, 0x01, 0xD0), X86_EXCEPTION);
    assert_int_equal(cpu.event.vector, VECTOR_UD);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_x87), cmocka_unit_test(test_x87_pointers), cmocka_unit_test(test_straddle), cmocka_unit_test(test_sse), cmocka_unit_test(test_avx),
        cmocka_unit_test(test_bmi), cmocka_unit_test(test_xsave),
    };
    u32 r[4] = { 1, 0, 0, 0 };

    host_prepare();
    host_cpuid(NULL, r);
    has_avx = has_xsave && r[2] >> 28 & 1;
    r[0] = 7;
    r[2] = 0;
    host_cpuid(NULL, r);
    has_bmi = r[1] >> 3 & r[1] >> 8 & 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
