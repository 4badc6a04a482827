/* SPDX-License-Identifier: BSD-2-Clause */
/* x86/: paging, task switches, string runs, shadows, privilege and instruction length, against the manual's rules. */
#include "x86_machine.h"

#define DIRECTORY 0x10000u
#define TABLE     0x11000u

static void paged(void)
{
    protected();
    for (u32 n = 0; n < 512; n++)
        put32(TABLE + 4 * n, n << 12 | 7);
    put32(DIRECTORY, TABLE | 7);
    cpu.cr3 = DIRECTORY;
    cpu.cr0 |= CR0_PG;
}

static void test_paging(void **state)
{
    paged();
    cpu.gpr[X86_EBX] = 0x20000;
    assert_int_equal(STEP(0x8B, 0x03), X86_DONE);
    assert_int_equal(mem32(TABLE + 4 * 0x20), 0x20027);               /* A */
    assert_true(mem32(DIRECTORY) & 0x20);
    cpu.eip = CODE_AT;
    assert_int_equal(STEP(0x89, 0x03), X86_DONE);
    assert_int_equal(mem32(TABLE + 4 * 0x20), 0x20067);               /* A, D */
    cpu.eip = CODE_AT;
    put32(TABLE + 4 * 0x21, 0);
    cpu.gpr[X86_EBX] = 0x20FFE;
    assert_fault(VECTOR_PF, 2, 0x89, 0x03);                           /* straddles: nothing is written */
    assert_int_equal(cpu.cr2, 0x21000);
    assert_fault(VECTOR_PF, 0, 0x8B, 0x03);
    assert_fault(VECTOR_PF, 2, 0x01, 0x03);                           /* a read that will be written */
    put32(TABLE + 4 * 0x21, 0x21005);
    assert_int_equal(STEP(0x89, 0x03), X86_DONE);                     /* WP=0: the supervisor writes anywhere */
    cpu.eip = CODE_AT;
    cpu.cr0 |= CR0_WP;
    assert_fault(VECTOR_PF, 3, 0x89, 0x03);
    cpu.gpr[X86_EBX] = 0x400000;
    assert_fault(VECTOR_PF, 0, 0x8B, 0x03);                           /* directory entry absent */
    put32(TABLE + 4 * (CODE_AT >> 12), 0);
    assert_int_equal(x86_step(&cpu, &ops), X86_EXCEPTION);            /* fetch */
    assert_int_equal(cpu.cr2, CODE_AT);
    user();
    paged();
    cpu.cpl = 3;
    for (u8 n = X86_ES; n <= X86_GS; n++)
        flat_segment(&cpu, n, n == X86_CS ? SEL_CODE3 : SEL_DATA3);
    put32(TABLE + 4 * 0x20, 0x20003);
    cpu.gpr[X86_EBX] = 0x20000;
    assert_fault(VECTOR_PF, 5, 0x8B, 0x03);                           /* a supervisor page */
}

static void test_pse_and_pae(void **state)
{
    paddr at;

    paged();
    cpu.cr4 = CR4_PSE;
    put32(DIRECTORY + 4, 0x00000087);                                 /* 4 MiB at 4 MiB -> 0 */
    assert_true(x86_translate(&cpu, &ops, 0x412345, 0, &at));
    assert_int_equal(at, 0x12345);
    put32(DIRECTORY + 8, 0x00002087);                                 /* PSE-36: bit 13 is address bit 32 */
    assert_true(x86_translate(&cpu, &ops, 0x812345, 0, &at));
    assert_true(at == 0x100012345ull);
    paged();
    cpu.cr4 = CR4_PAE;
    cpu.cr3 = 0x12000;
    put32(0x12000, 0x13001);
    put32(0x13000, 0x14007);
    put32(0x13008, 0x87);                                             /* 2 MiB */
    put32(0x14000 + 8 * 5, 0x5007);
    put32(0x14000 + 8 * 5 + 4, 0x80000001);                           /* NX, bit 32 */
    assert_true(x86_load_pdptes(&cpu, &ops));
    assert_true(x86_translate(&cpu, &ops, 0x212345, 0, &at));
    assert_int_equal(at, 0x12345);
    assert_false(x86_translate(&cpu, &ops, 0x5678, 0, &at));          /* NX reserved without NXE */
    assert_int_equal(cpu.event.error, 9);
    cpu.efer = EFER_NXE;
    assert_true(x86_translate(&cpu, &ops, 0x5678, 0, &at));
    assert_true(at == 0x100005678ull);
    assert_false(x86_translate(&cpu, &ops, 0x5678, X86_FETCH, &at));
    assert_int_equal(cpu.event.error, 0x11);
    assert_false(x86_translate(&cpu, &ops, 0x40000000, X86_WRITE, &at));   /* PDPTE absent */
    assert_int_equal(cpu.event.error, 2);
}

/* PAE's top entries are read when CR3 is loaded, or paging changes, and at no other time. */
static void test_pdptes(void **state)
{
    paddr at;

    protected();
    put32(0x12000, 0x13001);
    put32(0x13000, 0x87);
    put32(0x15000, 0x14001);
    put32(0x14000, 0x87);
    put32(0x14008, 0x87);
    cpu.cr4 = CR4_PAE;
    cpu.cr3 = 0x12000;
    cpu.gpr[X86_EAX] = cpu.cr0 | CR0_PG;
    assert_int_equal(STEP(0x0F, 0x22, 0xC0), X86_MODE);               /* MOV CR0: paging is on */
    put32(0x12000, 0);
    assert_true(x86_translate(&cpu, &ops, 0x1234, 0, &at));           /* of memory it was gone */
    put32(0x12000, 0x14001);
    assert_false(x86_translate(&cpu, &ops, 0x201234, 0, &at));
    cpu.eip = CODE_AT;
    cpu.gpr[X86_EAX] = CR4_PAE | CR4_VME;
    assert_int_equal(STEP(0x0F, 0x22, 0xE0), X86_DONE);               /* VME has nothing to do with it */
    assert_false(x86_translate(&cpu, &ops, 0x201234, 0, &at));
    cpu.eip = CODE_AT;
    cpu.gpr[X86_EAX] |= CR4_PGE;
    assert_int_equal(STEP(0x0F, 0x22, 0xE0), X86_MODE);
    assert_true(x86_translate(&cpu, &ops, 0x201234, 0, &at));
    cpu.eip = CODE_AT;
    cpu.gpr[X86_EAX] = 0x15000;
    put32(0x15008, 0x14003);                                          /* W is reserved in them */
    assert_fault(VECTOR_GP, 0, 0x0F, 0x22, 0xD8);                     /* MOV CR3 */
    assert_int_equal(cpu.cr3, 0x12000);
    put32(0x15008, 0x14002);                                          /* but not in one that is absent */
    assert_int_equal(STEP(0x0F, 0x22, 0xD8), X86_DONE);
    assert_int_equal(cpu.cr3, 0x15000);
    put32(0x15008, 0x14003);
    cpu.eip = CODE_AT;
    cpu.gpr[X86_EAX] = cpu.cr0 | CR0_CD;
    assert_fault(VECTOR_GP, 0, 0x0F, 0x22, 0xC0);
    assert_int_equal(cpu.cr0 & CR0_CD, 0);
    cpu.gpr[X86_EAX] = CR4_PAE;
    assert_fault(VECTOR_GP, 0, 0x0F, 0x22, 0xE0);                     /* PGE off */
}

static void test_tasks(void **state)
{
    protected();
    put32(TSS2 + 0x20, 0xA000);          /* EIP */
    put32(TSS2 + 0x24, EFLAGS_ONE);
    put32(TSS2 + 0x28, 0x1111);          /* EAX */
    put32(TSS2 + 0x38, 0x7000);          /* ESP */
    put32(TSS2 + 0x48, SEL_DATA);
    put32(TSS2 + 0x4C, SEL_CODE32);
    put32(TSS2 + 0x50, SEL_DATA);
    cpu.gpr[X86_EBX] = 0x2222;
    assert_int_equal(STEP(0x9A, 0, 0, 0, 0, SEL_TASK_GATE, 0), X86_MODE);
    assert_int_equal(cpu.eip, 0xA000);
    assert_int_equal(cpu.gpr[X86_EAX], 0x1111);
    assert_true(cpu.eflags & EFLAGS_NT);
    assert_true(cpu.cr0 & CR0_TS);
    assert_int_equal(cpu.seg[X86_TR].selector, SEL_TSS2);
    assert_int_equal(memory[GDT + SEL_TSS2 + 5], 0x8B);
    assert_int_equal(memory[GDT + SEL_TSS + 5], 0x8B);                /* both are busy */
    assert_int_equal(mem32(TSS2), SEL_TSS);                           /* the link */
    assert_int_equal(mem32(TSS + 0x20), CODE_AT + 7);
    assert_int_equal(mem32(TSS + 0x34), 0x2222);
    cpu.eip = CODE_AT;
    assert_int_equal(STEP(0xCF), X86_MODE);                           /* IRET with NT */
    assert_int_equal(cpu.eip, CODE_AT + 7);
    assert_int_equal(cpu.gpr[X86_EBX], 0x2222);
    assert_int_equal(memory[GDT + SEL_TSS2 + 5], 0x89);
    assert_false(cpu.eflags & EFLAGS_NT);
    cpu.eip = CODE_AT;
    assert_fault(VECTOR_GP, SEL_TSS, 0xEA, 0, 0, 0, 0, SEL_TSS, 0);   /* busy */
    put32(TSS2 + 0x48, SEL_ABSENT);                                   /* a bad ES is the new task's fault */
    assert_int_equal(STEP(0xEA, 0, 0, 0, 0, SEL_TSS2, 0), X86_EXCEPTION);
    assert_int_equal(cpu.event.vector, VECTOR_NP);
    assert_int_equal(cpu.eip, CODE_AT + 1);
    assert_int_equal(memory[GDT + SEL_TSS + 5], 0x89);
}

static void test_rep(void **state)
{
    real();
    cpu.seg[X86_DS].limit = cpu.seg[X86_ES].limit = 0xFFFFFFFF;
    for (u32 n = 0; n < 0x30000; n++)
        memory[0x100000 + n] = random32();
    cpu.gpr[X86_ESI] = 0x100000;
    cpu.gpr[X86_EDI] = 0x140001;
    cpu.gpr[X86_ECX] = 0xC000;
    CODE(CODE_AT, 0xF3, 0x67, 0x66, 0xA5);                            /* HIMEMX's move */
    while (x86_step(&cpu, &ops) == X86_REP)
        ;
    assert_int_equal(cpu.gpr[X86_ECX], 0);
    assert_int_equal(cpu.eip, CODE_AT + 4);
    assert_memory_equal(memory + 0x100000, memory + 0x140001, 0x30000);

    cpu.seg[X86_ES].limit = 0xFFFF;                                   /* it stops where the limit is, restartable */
    cpu.gpr[X86_ESI] = 0x100000;
    cpu.gpr[X86_EDI] = 0xFFF0;
    cpu.gpr[X86_ECX] = 8;
    cpu.eip = CODE_AT;
    assert_int_equal(x86_step(&cpu, &ops), X86_EXCEPTION);
    assert_int_equal(cpu.event.vector, VECTOR_GP);
    assert_int_equal(cpu.gpr[X86_ECX], 4);
    assert_int_equal(cpu.gpr[X86_EDI], 0x10000);
    assert_int_equal(cpu.eip, CODE_AT);

    cpu.gpr[X86_ECX] = 3;                                             /* TF: one element, then #DB on the instruction */
    cpu.gpr[X86_EDI] = 0x8000;
    cpu.eflags |= EFLAGS_TF;
    assert_int_equal(x86_step(&cpu, &ops), X86_EXCEPTION);
    assert_int_equal(cpu.event.vector, VECTOR_DB);
    assert_int_equal(cpu.gpr[X86_ECX], 2);
    assert_int_equal(cpu.eip, CODE_AT);
    assert_true(cpu.dr[6] & DR6_BS);

    real();                                                           /* overlap by one: a fill */
    memory[0x8000] = 0x5A;
    cpu.gpr[X86_ESI] = 0x8000;
    cpu.gpr[X86_EDI] = 0x8001;
    cpu.gpr[X86_ECX] = 0x100;
    assert_int_equal(STEP(0xF3, 0xA4), X86_DONE);
    assert_int_equal(memory[0x8100], 0x5A);
    cpu.eip = CODE_AT;
    cpu.gpr[X86_EDI] = 0xFFFF;                                        /* DI wraps, a byte at a time */
    cpu.gpr[X86_ECX] = 2;
    assert_int_equal(STEP(0xF3, 0xAA), X86_DONE);
    assert_int_equal(cpu.gpr[X86_EDI], 1);
}

static void test_shadow_and_trap(void **state)
{
    real();
    assert_int_equal(STEP(0xFB), X86_DONE);                           /* STI */
    assert_false(x86_interruptible(&cpu));
    cpu.eip = CODE_AT;
    assert_int_equal(STEP(0xFB), X86_DONE);                           /* twice gives no second shadow */
    assert_true(x86_interruptible(&cpu));
    cpu.eip = CODE_AT;
    cpu.eflags |= EFLAGS_TF;
    assert_int_equal(STEP(0x8E, 0xD0), X86_DONE);                     /* MOV SS delays #DB */
    assert_int_equal(cpu.shadow, X86_SHADOW_MOVSS);
    cpu.eip = CODE_AT;
    assert_int_equal(STEP(0x90), X86_EXCEPTION);
    assert_int_equal(cpu.event.vector, VECTOR_DB);
    assert_int_equal(cpu.eip, CODE_AT + 1);
    cpu.eip = CODE_AT;
    assert_int_equal(STEP(0xCD, 0x21), X86_MODE);                     /* INT clears TF and is not trapped */
    assert_int_equal(cpu.eip, 0x9210);
}

static void test_privileged(void **state)
{
    static const u8 code[][4] = { { 0xF4 }, { 0x0F, 0x06 }, { 0x0F, 0x08 }, { 0x0F, 0x09 }, { 0x0F, 0x20, 0xC0 }, { 0x0F, 0x23, 0xC0 },
                                  { 0x0F, 0x30 }, { 0x0F, 0x32 }, { 0x0F, 0x01, 0x13 }, { 0x0F, 0x01, 0x1B }, { 0x0F, 0x01, 0xF0 },
                                  { 0x0F, 0x00, 0xD0 }, { 0x0F, 0x00, 0xD8 }, { 0x0F, 0x01, 0x3B }, { 0xFA }, { 0xE4, 0x60 } };

    for (u32 n = 0; n < ARRAY_SIZE(code); n++) {
        user();
        assert_fault(VECTOR_GP, 0, code[n][0], code[n][1], code[n][2], code[n][3]);
    }
    user();
    cpu.cr4 = CR4_TSD | CR4_UMIP;
    assert_fault(VECTOR_GP, 0, 0x0F, 0x31);
    assert_fault(VECTOR_GP, 0, 0x0F, 0x01, 0x03);                     /* SGDT under UMIP */
    protected();
    cpu.gpr[X86_EAX] = CR0_PG;
    assert_fault(VECTOR_GP, 0, 0x0F, 0x22, 0xC0);                     /* PG without PE */
    cpu.gpr[X86_EAX] = 0x80000000;
    assert_fault(VECTOR_GP, 0, 0x0F, 0x22, 0xE0);                     /* reserved bits of CR4 */
    assert_fault(VECTOR_UD, 0, 0x0F, 0x22, 0xC8);                     /* CR1 */
    cpu.dr[7] |= DR7_GD;
    assert_fault(VECTOR_DB, 0, 0x0F, 0x21, 0xC0);
    cpu.dr[7] = 0x400;
    cpu.cr4 = CR4_DE;
    assert_fault(VECTOR_UD, 0, 0x0F, 0x21, 0xE0);                     /* DR4 */
    real();
    assert_fault(VECTOR_UD, 0, 0x0F, 0x00, 0xC0);                     /* SLDT in real mode */
    assert_fault(VECTOR_UD, 0, 0x63, 0xC0);                           /* ARPL */
    cpu.gpr[X86_EAX] = 0xFFFFFFFE;
    assert_int_equal(STEP(0x0F, 0x01, 0xF0), X86_DONE);               /* LMSW */
    assert_int_equal(cpu.cr0 & 0xF, CR0_MP | CR0_EM | CR0_TS);
}

static void test_questions(void **state)
{
    protected();
    cpu.gpr[X86_EAX] = SEL_DATA16;
    assert_int_equal(STEP(0x0F, 0x03, 0xC8), X86_DONE);               /* LSL ECX, AX */
    assert_int_equal(cpu.gpr[X86_ECX], 0xFFFF);
    assert_true(cpu.eflags & EFLAGS_ZF);
    cpu.eip = CODE_AT;
    assert_int_equal(STEP(0x0F, 0x02, 0xC8), X86_DONE);               /* LAR */
    assert_int_equal(cpu.gpr[X86_ECX], 0x9200);
    cpu.eip = CODE_AT;
    cpu.gpr[X86_EAX] = SEL_GATE;
    assert_int_equal(STEP(0x0F, 0x03, 0xC8), X86_DONE);               /* a gate has no limit */
    assert_false(cpu.eflags & EFLAGS_ZF);
    cpu.eip = CODE_AT;
    cpu.gpr[X86_EAX] = SEL_XO;
    assert_int_equal(STEP(0x0F, 0x00, 0xE0), X86_DONE);               /* VERR of execute-only */
    assert_false(cpu.eflags & EFLAGS_ZF);
    cpu.eip = CODE_AT;
    cpu.gpr[X86_EAX] = 0x1000;
    assert_int_equal(STEP(0x0F, 0x00, 0xE8), X86_DONE);               /* VERW beyond the table: no fault */
    assert_false(cpu.eflags & EFLAGS_ZF);
}

static void test_length(void **state)
{
    real();
    assert_int_equal(STEP(0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x90), X86_DONE);
    cpu.eip = CODE_AT;
    assert_fault(VECTOR_GP, 0, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x3E, 0x90);
    cpu.eip = 0xFFFF;
    memory[0xFFFF] = 0x90;
    assert_int_equal(x86_step(&cpu, &ops), X86_DONE);
    assert_int_equal(x86_step(&cpu, &ops), X86_EXCEPTION);            /* EIP 10000h is beyond the limit */
    assert_int_equal(cpu.event.vector, VECTOR_GP);
    cpu.efer = EFER_LMA;
    assert_int_equal(x86_step(&cpu, &ops), X86_UNHANDLED);
}

static void test_later_instructions(void **state)
{
    real();
    cpu.gpr[X86_ECX] = 0x00F00100;
    assert_int_equal(STEP(0x66, 0xF3, 0x0F, 0xB8, 0xC1), X86_DONE);   /* POPCNT */
    assert_int_equal(cpu.gpr[X86_EAX], 5);
    cpu.eip = CODE_AT;
    assert_int_equal(STEP(0x66, 0xF3, 0x0F, 0xBC, 0xC1), X86_DONE);   /* TZCNT */
    assert_int_equal(cpu.gpr[X86_EAX], 8);
    cpu.eip = CODE_AT;
    assert_int_equal(STEP(0x66, 0xF3, 0x0F, 0xBD, 0xC1), X86_DONE);   /* LZCNT */
    assert_int_equal(cpu.gpr[X86_EAX], 8);
    cpu.eip = CODE_AT;
    cpu.features &= ~(X86_HAS_BMI1 | X86_HAS_LZCNT);
    assert_int_equal(STEP(0x66, 0xF3, 0x0F, 0xBD, 0xC1), X86_DONE);   /* without: BSR */
    assert_int_equal(cpu.gpr[X86_EAX], 23);
    cpu.eip = CODE_AT;
    cpu.gpr[X86_EBX] = 0x8000;
    put32(0x8000, 0x11223344);
    assert_int_equal(STEP(0x66, 0x0F, 0x38, 0xF0, 0x07), X86_DONE);   /* MOVBE EAX, [BX] */
    assert_int_equal(cpu.gpr[X86_EAX], 0x44332211);
    cpu.eip = CODE_AT;
    assert_int_equal(STEP(0x0F, 0x38, 0xF1, 0x07), X86_DONE);         /* MOVBE [BX], AX */
    assert_int_equal(mem32(0x8000), 0x11221122);
    cpu.eip = CODE_AT;
    assert_fault(VECTOR_UD, 0, 0x0F, 0x31);                           /* RDTSC without a counter */
    cpu.features &= ~X86_HAS_CMOV;
    assert_fault(VECTOR_UD, 0, 0x0F, 0x40, 0xC0);
    assert_fault(VECTOR_UD, 0, 0x0F, 0x0B);
    assert_fault(VECTOR_UD, 0, 0xF0, 0x90);                           /* LOCK NOP */
    assert_fault(VECTOR_UD, 0, 0xF0, 0x01, 0xC0);                     /* LOCK of a register */
    assert_int_equal(STEP(0xF0, 0x0F, 0xB1, 0x07), X86_DONE);         /* LOCK CMPXCHG [BX], AX */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paging), cmocka_unit_test(test_pse_and_pae), cmocka_unit_test(test_pdptes), cmocka_unit_test(test_tasks),
        cmocka_unit_test(test_rep), cmocka_unit_test(test_shadow_and_trap), cmocka_unit_test(test_privileged),
        cmocka_unit_test(test_questions), cmocka_unit_test(test_length), cmocka_unit_test(test_later_instructions),
    };

    random_seed();
    ops = test_ops;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
