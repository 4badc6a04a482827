/* SPDX-License-Identifier: BSD-2-Clause */
/* x86/: breakpoints, VME and PVI, LOADALL, runs of string instructions in both directions, against the manual's rules. */
#include "x86_machine.h"

#define RUN_AT(...) (cpu.eip = CODE_AT, STEP(__VA_ARGS__))

static void assert_trap(u32 dr6)
{
    assert_int_equal(cpu.event.vector, VECTOR_DB);
    assert_int_equal(cpu.dr[6] & (DR6_B | DR6_BS | DR6_BD | DR6_BT), dr6);
    cpu.dr[6] = 0xFFFF0FF0;
}

static void test_instruction_breakpoint(void **state)
{
    real();
    cpu.dr[2] = CODE_AT;
    cpu.dr[7] = 0x400 | 1 << 4;                                       /* L2, execute */
    assert_int_equal(STEP(0x90), X86_EXCEPTION);
    assert_trap(1 << 2);
    assert_int_equal(cpu.eip, CODE_AT);                               /* a fault */
    cpu.eflags |= EFLAGS_RF;
    assert_int_equal(STEP(0x90), X86_DONE);
    assert_int_equal(cpu.eflags & EFLAGS_RF, 0);
    cpu.dr[7] = 0x400;
    assert_int_equal(RUN_AT(0x90), X86_DONE);
    cpu.dr[7] |= 1 << 4;                                              /* a REP that has begun does not meet it again */
    cpu.eflags |= EFLAGS_RF;
    cpu.gpr[X86_ECX] = 600;
    cpu.gpr[X86_EDI] = 0x8000;
    assert_int_equal(RUN_AT(0xF3, 0xAA), X86_REP);
    assert_true(cpu.eflags & EFLAGS_RF);
    while (x86_step(&cpu, &ops) == X86_REP)
        ;
    assert_int_equal(cpu.gpr[X86_ECX], 0);
}

static void test_data_breakpoint(void **state)
{
    struct x86_event db = { .vector = VECTOR_DB, .kind = X86_FAULT };

    real();
    cpu.dr[0] = 0x8002;
    cpu.dr[7] = 0x400 | 2 | 0x1 << 16 | 0x1 << 18;                    /* G0, write, 2 bytes */
    cpu.gpr[X86_EBX] = 0x8000;
    assert_int_equal(RUN_AT(0x8B, 0x47, 0x02), X86_DONE);             /* a read */
    assert_int_equal(RUN_AT(0x89, 0x07), X86_DONE);                   /* below */
    assert_int_equal(RUN_AT(0x89, 0x47, 0x04), X86_DONE);             /* above */
    assert_int_equal(RUN_AT(0x66, 0x89, 0x07), X86_EXCEPTION);        /* a trap, after the write */
    assert_trap(1);
    assert_int_equal(cpu.eip, CODE_AT + 3);
    cpu.dr[7] = 0x400 | 2 | 0x3 << 16 | 0x3 << 18;                    /* reads too, 4 bytes from 8000 */
    assert_int_equal(RUN_AT(0xA0, 0x01, 0x80), X86_EXCEPTION);
    assert_trap(1);
    cpu.gpr[X86_EDI] = 0x7FFE;                                        /* a string stops after the element that met it */
    cpu.gpr[X86_ECX] = 8;
    assert_int_equal(RUN_AT(0xF3, 0xAA), X86_EXCEPTION);
    assert_trap(1);
    assert_int_equal(cpu.gpr[X86_ECX], 5);
    assert_int_equal(cpu.eip, CODE_AT);
    cpu.dr[0] = 0x60;                                                 /* a port */
    cpu.dr[7] = 0x400 | 2 | 0x2 << 16;
    assert_int_equal(RUN_AT(0xE4, 0x60), X86_DONE);                   /* not without CR4.DE */
    cpu.cr4 = CR4_DE;
    assert_int_equal(RUN_AT(0xE4, 0x60), X86_EXCEPTION);
    assert_trap(1);
    cpu.dr[7] = 0x400 | DR7_GD;                                       /* GD ends with the #DB it makes */
    assert_int_equal(RUN_AT(0x0F, 0x21, 0xC0), X86_EXCEPTION);
    assert_trap(DR6_BD);
    x86_interrupt(&cpu, &ops, &db);
    assert_int_equal(cpu.dr[7], 0x400);
    protected();
    put32(TSS2 + 0x20, 0xA000);
    put32(TSS2 + 0x24, EFLAGS_ONE);
    put32(TSS2 + 0x48, SEL_DATA);
    put32(TSS2 + 0x4C, SEL_CODE32);
    put32(TSS2 + 0x50, SEL_DATA);
    put32(TSS2 + 0x64, 1);                                            /* T: #DB once the task runs */
    cpu.dr[7] = 0x400 | 3;
    assert_int_equal(STEP(0xEA, 0, 0, 0, 0, SEL_TSS2, 0), X86_EXCEPTION);
    assert_trap(DR6_BT);
    assert_int_equal(cpu.eip, 0xA000);
    assert_int_equal(cpu.dr[7], 0x402);                               /* local breakpoints end with the task */
}

/* SDM vol. 3, 6.8.3: what MOV SS and POP SS meet comes after the next instruction, of which INT n is done too. */
static void test_breakpoint_of_stack_load(void **state)
{
    real();
    cpu.dr[1] = 0x8000;
    cpu.dr[7] = 0x400 | 1 << 2 | 3 << 20 | 1 << 22;                   /* L1, any access, 2 bytes */
    cpu.gpr[X86_EBX] = 0x8000;
    assert_int_equal(RUN_AT(0x8E, 0x17, 0x90, 0x90), X86_DONE);       /* MOV SS, [BX] */
    assert_int_equal(x86_step(&cpu, &ops), X86_EXCEPTION);
    assert_trap(2);
    assert_int_equal(cpu.eip, CODE_AT + 3);
    assert_int_equal(x86_step(&cpu, &ops), X86_DONE);                 /* once */
    cpu.gpr[X86_ESP] = 0x8000;
    cpu.eflags |= EFLAGS_TF;                                          /* the step of POP SS itself is lost */
    assert_int_equal(RUN_AT(0x17, 0xF8), X86_DONE);
    assert_int_equal(x86_step(&cpu, &ops), X86_EXCEPTION);
    assert_trap(2 | DR6_BS);
    cpu.eflags &= ~EFLAGS_TF;
    put32(0x60 * 4, 0x9000);
    assert_int_equal(RUN_AT(0x8E, 0x17, 0xCD, 0x60), X86_DONE);
    assert_int_equal(x86_step(&cpu, &ops), X86_EXCEPTION);            /* at the handler's first instruction */
    assert_trap(2);
    assert_int_equal(cpu.eip, 0x9000);
}

/* Virtual-8086 mode at IOPL 0 with CR4.VME, interrupt 21h redirected to the table at 0 and 22h not. */
static void vme(void)
{
    protected();
    cpu.cr4 = CR4_VME;
    cpu.cpl = 3;
    cpu.eflags = EFLAGS_ONE | EFLAGS_VM | EFLAGS_IF;
    for (u8 n = X86_ES; n <= X86_GS; n++) {
        real_segment(&cpu, n, 0);
        cpu.seg[n].access |= SEG_DPL;
    }
    put32(TSS + 0x64, 0x00880000);                                    /* I/O map at 88h, redirection map at 68h */
    memset(memory + TSS + 0x68, 0, 32);
    memory[TSS + 0x68 + 0x22 / 8] = 1 << (0x22 & 7);
    put32(4 * 0x21, 0x00509000);
    cpu.gpr[X86_ESP] = 0x7800;
}

static void test_vme(void **state)
{
    vme();
    assert_int_equal(STEP(0xFB), X86_DONE);                           /* STI sets VIF */
    assert_int_equal(cpu.eflags & (EFLAGS_VIF | EFLAGS_IF), EFLAGS_VIF | EFLAGS_IF);
    assert_int_equal(RUN_AT(0x9C), X86_DONE);                         /* PUSHF shows it as IF, and IOPL 3 */
    assert_int_equal(mem32(0x77FE) & 0xFFFF, EFLAGS_ONE | EFLAGS_IF | EFLAGS_IOPL);
    assert_int_equal(RUN_AT(0xFA), X86_DONE);
    assert_int_equal(cpu.eflags & (EFLAGS_VIF | EFLAGS_IF), EFLAGS_IF);
    assert_int_equal(RUN_AT(0x9D), X86_DONE);                         /* POPF puts IF into VIF */
    assert_int_equal(cpu.eflags & (EFLAGS_VIF | EFLAGS_IOPL), EFLAGS_VIF);
    assert_int_equal(RUN_AT(0xCD, 0x21), X86_MODE);                   /* INT by the program's own table */
    assert_int_equal(cpu.seg[X86_CS].selector, 0x50);
    assert_int_equal(cpu.eip, 0x9000);
    assert_int_equal(cpu.eflags & (EFLAGS_VM | EFLAGS_VIF | EFLAGS_IF), EFLAGS_VM | EFLAGS_IF);
    assert_int_equal(mem32(0x77FE) & 0xFFFF, EFLAGS_ONE | EFLAGS_IF | EFLAGS_IOPL);
    CODE(0x9500, 0xCF);
    assert_int_equal(x86_step(&cpu, &ops), X86_MODE);                 /* IRET */
    assert_int_equal(cpu.eip, CODE_AT + 2);
    assert_true(cpu.eflags & EFLAGS_VIF);
    cpu.eip = CODE_AT;
    assert_fault(VECTOR_GP, 0, 0xCD, 0x22);
    assert_fault(VECTOR_GP, 0, 0x66, 0x9C);                           /* PUSHFD */
    assert_fault(VECTOR_GP, 0, 0x66, 0xCF);
    cpu.eflags |= EFLAGS_VIP;                                         /* an interrupt waits for VIF */
    assert_fault(VECTOR_GP, 0, 0xFB);
    put32(0x7800, EFLAGS_IF);
    assert_fault(VECTOR_GP, 0, 0x9D);
    put32(0x7800, EFLAGS_TF);
    assert_fault(VECTOR_GP, 0, 0x9D);
    cpu.cr4 = 0;
    assert_fault(VECTOR_GP, 0, 0x9C);
    assert_fault(VECTOR_GP, 0, 0xFA);
    assert_fault(VECTOR_GP, 0, 0xCF);
    assert_fault(VECTOR_GP, 0, 0xCD, 0x21);
    cpu.cr4 = CR4_VME;                                                /* IOPL 3: the flags are the program's */
    cpu.eflags = EFLAGS_ONE | EFLAGS_VM | EFLAGS_IF | EFLAGS_IOPL;
    assert_int_equal(STEP(0xCD, 0x21), X86_MODE);
    assert_int_equal(cpu.eflags & EFLAGS_IF, 0);
}

static void test_pvi(void **state)
{
    user();
    assert_fault(VECTOR_GP, 0, 0xFB);
    cpu.cr4 = CR4_PVI;
    assert_int_equal(STEP(0xFB), X86_DONE);
    assert_int_equal(cpu.eflags & (EFLAGS_VIF | EFLAGS_IF), EFLAGS_VIF);
    assert_int_equal(RUN_AT(0xFA), X86_DONE);
    assert_int_equal(cpu.eflags & EFLAGS_VIF, 0);
    cpu.eip = CODE_AT;
    cpu.eflags |= EFLAGS_VIP;
    assert_fault(VECTOR_GP, 0, 0xFB);
}

static void test_loadall(void **state)
{
    real();
    ops.loadall286 = ops.loadall386 = NULL;
    assert_fault(VECTOR_UD, 0, 0x0F, 0x05);
    assert_fault(VECTOR_UD, 0, 0x0F, 0x07);
    ops.loadall286 = x86_loadall286;
    ops.loadall386 = x86_loadall386;
    put32(0x818, 0x6000 << 16 | 0x246);                               /* FLAGS, IP */
    put32(0x81E, 0x1234);                                             /* DS, whose cache says 110000h */
    put32(0x848, 0x93110000);
    put32(0x84C, 0xFFFF);
    put32(0x842, 0x93000000);
    put32(0x83C, 0x9B000000);
    put32(0x840, 0xFFFF);
    put32(0x84E, 0x00001000 | 0xFFFF);
    put32(0x834, 0x4711);                                             /* AX */
    cpu.gpr[X86_EAX] = 0xAAAA0000;
    put32(0x806, CR0_EM);
    assert_int_equal(STEP(0x0F, 0x05), X86_MODE);
    assert_int_equal(cpu.gpr[X86_EAX], 0xAAAA4711);
    assert_int_equal(cpu.seg[X86_DS].selector, 0x1234);
    assert_int_equal(cpu.seg[X86_DS].base, 0x110000);
    assert_int_equal(cpu.seg[X86_DS].limit, 0xFFFF);
    assert_int_equal(cpu.eip, 0x6000);
    assert_int_equal(cpu.eflags, 0x246);
    assert_int_equal(cpu.cr0, CR0_ET | CR0_NW | CR0_CD | CR0_EM);
    assert_true(cpu.seg[X86_ES].access & SEG_UNUSABLE);               /* not present in the image */

    real();
    cpu.gpr[X86_EDI] = 0x4000;
    for (u32 at = 0; at < 204; at += 4)
        put32(0x4000 + at, 0);
    put32(0x4000, CR0_ET);
    put32(0x4004, 0x202);
    put32(0x4008, 0x1000);
    put32(0x4028, 0xCAFE);                                            /* EAX */
    put32(0x402C, 0xFFFF0FF1);
    put32(0x4044, 0x40);                                              /* DS */
    put32(0x409C, 0x00C09300);
    put32(0x40A0, 0x123450);
    put32(0x40A4, 0xFFFFFFFF);
    put32(0x40B4, 0x00009B00);
    put32(0x40BC, 0xFFFF);
    put32(0x4064, 0x9000);                                            /* IDTR */
    put32(0x4068, 0x3FF);
    assert_int_equal(STEP(0x0F, 0x07), X86_MODE);
    assert_int_equal(cpu.gpr[X86_EAX], 0xCAFE);
    assert_int_equal(cpu.dr[6], 0xFFFF0FF1);
    assert_int_equal(cpu.seg[X86_DS].selector, 0x40);
    assert_int_equal(cpu.seg[X86_DS].base, 0x123450);
    assert_int_equal(cpu.seg[X86_DS].limit, 0xFFFFFFFF);
    assert_int_equal(cpu.seg[X86_DS].access, 0xC093);
    assert_int_equal(cpu.idtr.base, 0x9000);
    assert_int_equal(cpu.eip, 0x1000);
    user();
    assert_fault(VECTOR_GP, 0, 0x0F, 0x07);
}

/* Each string instruction with REP in both directions, by runs and, with a breakpoint set far away, by elements. */
static void test_runs(void **state)
{
    static const u8 opcodes[] = { 0xA4, 0xA5, 0xA6, 0xA7, 0xAA, 0xAB, 0xAC, 0xAD, 0xAE, 0xAF };
    static u8 before[0x20000], by_runs[0x20000];

    for (u32 n = 0; n < 3000; n++) {
        struct x86_cpu start, runs;
        enum x86_result result;
        u8 opcode = opcodes[below(ARRAY_SIZE(opcodes))], rep = below(2) ? 0xF2 : 0xF3;

        real();
        for (u32 at = 0x2000; at < 0x20000; at++)
            memory[at] = below(64) ? 0x33 : random32();
        cpu.gpr[X86_ECX] = below(0x1800);
        cpu.gpr[X86_ESI] = random32() & 0xFFFF;
        cpu.gpr[X86_EDI] = random32() & 0xFFFF;
        cpu.gpr[X86_EAX] = 0x33333333;
        real_segment(&cpu, X86_ES, 0x1000 - below(2) * 0xE01);
        cpu.eflags |= below(2) ? EFLAGS_DF : 0;
        cpu.eip = 0x1F00;
        put_code(0x1F00, (const u8[]){ below(2) ? 0x66 : 0x90, rep, opcode }, 3);
        start = cpu;
        memcpy(before, memory, sizeof(before));
        if (memory[0x1F00] == 0x90)
            x86_step(&cpu, &ops);
        while ((result = x86_step(&cpu, &ops)) == X86_REP)
            ;
        runs = cpu;
        memcpy(by_runs, memory, sizeof(by_runs));
        memcpy(memory, before, sizeof(before));
        cpu = start;
        cpu.dr[0] = 0xFFFFFFF0;
        cpu.dr[7] = 0x400 | 2 | 0x10000;
        if (memory[0x1F00] == 0x90)
            x86_step(&cpu, &ops);
        while (x86_step(&cpu, &ops) == X86_REP)
            ;
        assert_memory_equal(memory, by_runs, sizeof(by_runs));
        assert_memory_equal(cpu.gpr, runs.gpr, sizeof(cpu.gpr));
        assert_int_equal(cpu.eip, runs.eip);
        if (result == X86_DONE)
            assert_int_equal(cpu.eflags, runs.eflags);
    }
}

static void test_read_only_questions(void **state)
{
    protected();
    cpu.seg[X86_DS].access &= ~SEG_WRITABLE;
    cpu.gpr[X86_EBX] = 0x8000;
    cpu.gpr[X86_EAX] = 1;
    put32(0x8000, 2);
    assert_int_equal(RUN_AT(0x63, 0x03), X86_DONE);                   /* ARPL that changes nothing writes nothing */
    cpu.eip = CODE_AT;
    cpu.gpr[X86_EAX] = 3;
    assert_fault(VECTOR_GP, 0, 0x63, 0x03);
    cpu.seg[X86_SS].limit = 0x7FFF;                                   /* ENTER looks at the stack top that it leaves */
    cpu.gpr[X86_ESP] = 0x100;
    assert_fault(VECTOR_SS, 0, 0xC8, 0xFF, 0x00, 0x00);
}

static void test_later_system(void **state)
{
    protected();
    assert_int_equal(RUN_AT(0x0F, 0x01, 0xCB), X86_DONE);             /* STAC */
    assert_true(cpu.eflags & EFLAGS_AC);
    assert_int_equal(RUN_AT(0x0F, 0x01, 0xCA), X86_DONE);             /* CLAC */
    assert_false(cpu.eflags & EFLAGS_AC);
    assert_int_equal(RUN_AT(0x0F, 0x01, 0xC8), X86_DONE);             /* MONITOR */
    cpu.gpr[X86_EAX] = 0xFFFFFFFF;
    cpu.gpr[X86_ECX] = 1;
    cpu.eflags |= EFLAGS_OF;
    assert_int_equal(RUN_AT(0x66, 0x0F, 0x38, 0xF6, 0xC1), X86_DONE); /* ADCX EAX, ECX */
    assert_int_equal(cpu.gpr[X86_EAX], 0);
    assert_true(cpu.eflags & EFLAGS_CF && cpu.eflags & EFLAGS_OF);
    assert_int_equal(RUN_AT(0xF3, 0x0F, 0x38, 0xF6, 0xC1), X86_DONE); /* ADOX */
    assert_int_equal(cpu.gpr[X86_EAX], 2);
    assert_false(cpu.eflags & EFLAGS_OF);
    cpu.eip = CODE_AT;
    cpu.features &= ~(X86_HAS_ADX | X86_HAS_SMAP);
    assert_fault(VECTOR_UD, 0, 0x66, 0x0F, 0x38, 0xF6, 0xC1);
    assert_fault(VECTOR_UD, 0, 0x0F, 0x01, 0xCB);
    cpu.gpr[X86_EBX] = 0x8000;                                        /* CMPXCHG8B */
    put32(0x8000, 2);
    put32(0x8004, 0);
    cpu.gpr[X86_EDX] = 0;
    cpu.gpr[X86_ECX] = 7;
    assert_int_equal(RUN_AT(0xF0, 0x0F, 0xC7, 0x0B), X86_DONE);
    assert_true(cpu.eflags & EFLAGS_ZF);
    assert_int_equal(mem32(0x8004), 7);
    assert_int_equal(RUN_AT(0x0F, 0xC7, 0x0B), X86_DONE);
    assert_false(cpu.eflags & EFLAGS_ZF);
    assert_int_equal(cpu.gpr[X86_EDX], 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_instruction_breakpoint), cmocka_unit_test(test_data_breakpoint),
        cmocka_unit_test(test_breakpoint_of_stack_load), cmocka_unit_test(test_vme), cmocka_unit_test(test_pvi),
        cmocka_unit_test(test_loadall), cmocka_unit_test(test_runs),
        cmocka_unit_test(test_read_only_questions), cmocka_unit_test(test_later_system),
    };

    random_seed();
    ops = test_ops;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
