/* SPDX-License-Identifier: BSD-2-Clause */
/* x86/: segments, limits, mode switches, interrupts, VM86, gates, far transfers, against the manual's rules. */
#include "x86_machine.h"

static void test_segment_loads(void **state)
{
    protected();
    cpu.gpr[X86_EAX] = SEL_DATA16;
    assert_int_equal(STEP(0x8E, 0xD8), X86_DONE);                     /* MOV DS, AX */
    assert_int_equal(cpu.seg[X86_DS].limit, 0xFFFF);
    assert_int_equal(memory[GDT + SEL_DATA16 + 5], 0x93);             /* accessed, in memory too */
    cpu.eip = CODE_AT;
    cpu.gpr[X86_EAX] = 3;
    assert_int_equal(STEP(0x8E, 0xC0), X86_DONE);                     /* a null ES is fine to load */
    assert_true(cpu.seg[X86_ES].access & SEG_UNUSABLE);
    cpu.eip = CODE_AT;
    assert_fault(VECTOR_GP, 0, 0x26, 0x8B, 0x03);                     /* and #GP(0) to use */
    assert_fault(VECTOR_GP, 0, 0x8E, 0xD0);                           /* SS is not */
    cpu.gpr[X86_EAX] = SEL_ABSENT;
    assert_fault(VECTOR_NP, SEL_ABSENT, 0x8E, 0xD8);
    cpu.gpr[X86_EAX] = SEL_XO;
    assert_fault(VECTOR_GP, SEL_XO, 0x8E, 0xD8);
    cpu.gpr[X86_EAX] = SEL_CODE32;
    assert_fault(VECTOR_GP, SEL_CODE32, 0x8E, 0xD0);
    cpu.gpr[X86_EAX] = 0x100;
    assert_fault(VECTOR_GP, 0x100, 0x8E, 0xD8);                       /* beyond the GDT */
    cpu.gpr[X86_EAX] = 0x0C;
    assert_fault(VECTOR_GP, 0x0C, 0x8E, 0xD8);                        /* no LDT */
    assert_fault(VECTOR_UD, 0, 0x8E, 0xC8);                           /* MOV CS */
    user();
    cpu.gpr[X86_EAX] = SEL_DATA;
    assert_fault(VECTOR_GP, SEL_DATA, 0x8E, 0xD8);                    /* DPL 0 at CPL 3 */
    cpu.gpr[X86_EAX] = SEL_CONFORMING | 3;
    assert_int_equal(STEP(0x8E, 0xD8), X86_DONE);                     /* conforming code has no privilege */
}

/* x86_segment_loads() comes to `eip`, as so many steps do. */
static void assert_loads(u32 eip)
{
    struct x86_cpu stepped = cpu;

    x86_segment_loads(&cpu, &ops);
    assert_int_equal(cpu.eip, eip);
    while (stepped.eip != eip)
        assert_int_equal(x86_step(&stepped, &ops), X86_DONE);
    assert_memory_equal(&stepped, &cpu, sizeof(cpu));
}

/* All segment registers but CS from as many registers, SS last, at `at`. */
static void put_loads(u32 at)
{
    static const u8 loads[] = { 0x8E, 0xD8, 0x8E, 0xC1, 0x8E, 0xE2, 0x8E, 0xEB, 0x8E, 0xD6, 0x90 };

    real();
    memcpy(memory + at, loads, sizeof(loads));
    cpu.eip = at;
    for (u8 n = 0; n < 8; n++)
        cpu.gpr[n] = 0x12340100u * (n + 1);
    cpu.seg[X86_GS].access = SEG_UNUSABLE;
    cpu.eflags |= EFLAGS_RF;
    cpu.shadow = X86_SHADOW_STI | X86_SHADOW_NMI;
}

static void test_segment_loads_in_a_row(void **state)
{
    put_loads(CODE_AT);
    assert_loads(CODE_AT + 10);
    assert_int_equal(cpu.shadow, X86_SHADOW_MOVSS | X86_SHADOW_NMI);
    put_loads(CODE_AT);
    memory[CODE_AT + 5] = 0xC8;                                       /* MOV CS is #UD */
    assert_loads(CODE_AT + 4);
    put_loads(CODE_AT);
    memory[CODE_AT + 5] = 0xF0;                                       /* so is a seventh register */
    assert_loads(CODE_AT + 4);
    put_loads(CODE_AT);
    memory[CODE_AT + 3] = 0x07;                                       /* from memory */
    assert_loads(CODE_AT + 2);
    put_loads(CODE_AT + 0xFFB);                                       /* the third crosses a page */
    assert_loads(CODE_AT + 0xFFF);
    put_loads(CODE_AT);
    cpu.seg[X86_CS].limit = CODE_AT + 4;                              /* the third crosses the limit */
    assert_loads(CODE_AT + 4);
    put_loads(CODE_AT);
    cpu.seg[X86_CS].limit = CODE_AT + 3;
    assert_loads(CODE_AT + 4);
    put_loads(CODE_AT);
    cpu.seg[X86_CS].limit = CODE_AT - 1;
    assert_loads(CODE_AT);
    put_loads(CODE_AT);
    cpu.seg[X86_CS].base = 0xE0000000;                                /* not memory */
    assert_loads(CODE_AT);
}

static void test_segment_loads_that_trap(void **state)
{
    put_loads(CODE_AT);
    cpu.eflags |= EFLAGS_TF;
    assert_loads(CODE_AT);
    put_loads(CODE_AT);
    cpu.dr[7] |= 1;
    assert_loads(CODE_AT);
    put_loads(CODE_AT);
    cpu.held = DR6_B;
    assert_loads(CODE_AT);
    put_loads(CODE_AT);
    cpu.cr0 |= CR0_PE;
    assert_loads(CODE_AT);
}

static void test_limits(void **state)
{
    protected();
    cpu.gpr[X86_EAX] = SEL_DOWN;
    assert_int_equal(STEP(0x8E, 0xD8), X86_DONE);
    cpu.eip = CODE_AT;
    cpu.gpr[X86_EBX] = 0xFFF;
    assert_fault(VECTOR_GP, 0, 0x8A, 0x03);                           /* expand-down: valid above the limit only */
    cpu.gpr[X86_EBX] = 0x1000;
    assert_int_equal(STEP(0x8A, 0x03), X86_DONE);
    cpu.eip = CODE_AT;
    cpu.seg[X86_DS].access &= ~SEG_DB;
    cpu.gpr[X86_EBX] = 0xFFFF;
    assert_fault(VECTOR_GP, 0, 0x66, 0x8B, 0x03);                     /* to FFFF if B=0 */
    cpu.seg[X86_DS] = (struct x86_segment){ SEL_DATA, 0x1FFF, 0, 0x4091 };
    cpu.gpr[X86_EBX] = 0x100;
    assert_fault(VECTOR_GP, 0, 0x89, 0x03);                           /* read-only */
    assert_int_equal(STEP(0x8B, 0x03), X86_DONE);
    cpu.eip = CODE_AT;
    assert_fault(VECTOR_GP, 0, 0x2E, 0x89, 0x03);                     /* code is never written */
    cpu.gpr[X86_EBX] = 0x1FFD;
    assert_fault(VECTOR_GP, 0, 0x8B, 0x03);
    cpu.seg[X86_SS].limit = 0x7000;
    assert_fault(VECTOR_SS, 0, 0x50);                                 /* PUSH */
    cpu.gpr[X86_EBP] = 0x7000;
    assert_fault(VECTOR_SS, 0, 0x8B, 0x45, 0);                        /* EBP addresses the stack */
}

static void test_real_mode_limits(void **state)
{
    real();
    cpu.gpr[X86_EBX] = 0xFFFF;
    assert_fault(VECTOR_GP, 0, 0x8B, 0x07);                           /* a word at FFFF */
    assert_fault(VECTOR_GP, 0, 0x67, 0x66, 0x8B, 0x83, 0, 0, 1, 0);   /* 32-bit address beyond 64 KiB */
    cpu.gpr[X86_ESP] = 1;
    assert_fault(VECTOR_SS, 0, 0x50);
    cpu.seg[X86_DS].limit = 0xFFFFFFFF;                               /* unreal */
    cpu.gpr[X86_EBX] = 0x100000;
    put32(0x100000, 0x12345678);
    assert_int_equal(STEP(0x66, 0x67, 0x8B, 0x03), X86_DONE);
    assert_int_equal(cpu.gpr[X86_EAX], 0x12345678);
    cpu.eip = CODE_AT;
    cpu.gpr[X86_EAX] = 0x1234;
    assert_int_equal(STEP(0x8E, 0xD8), X86_DONE);                     /* the limit survives a load */
    assert_int_equal(cpu.seg[X86_DS].limit, 0xFFFFFFFF);
    assert_int_equal(cpu.seg[X86_DS].base, 0x12340);
}

/* LMSW, a far jump through the window, and back. */
static void test_mode_switch(void **state)
{
    real();
    tables();
    cpu.gdtr = (struct x86_table){ GDT, 0xFF };
    cpu.gpr[X86_EAX] = 1;
    assert_int_equal(STEP(0x0F, 0x22, 0xC0), X86_MODE);               /* MOV CR0, EAX */
    assert_false(x86_vm_entry_valid(&cpu));                           /* CS is not a code segment yet */
    cpu.eip = CODE_AT;
    cpu.gpr[X86_EAX] = SEL_DATA;
    for (u8 reg = 0; reg < 6; reg++) {
        cpu.eip = CODE_AT;
        if (reg != X86_CS)
            assert_int_equal(STEP(0x8E, 0xC0 | reg << 3), X86_DONE);
    }
    cpu.eip = CODE_AT;
    assert_int_equal(STEP(0x66, 0xEA, 0x00, 0x60, 0, 0, SEL_CODE32, 0), X86_MODE);
    assert_int_equal(cpu.eip, CODE_AT);
    assert_int_equal(cpu.seg[X86_CS].limit, 0xFFFFFFFF);
    cpu.gpr[X86_EAX] = SEL_TSS;
    assert_int_equal(STEP(0x0F, 0x00, 0xD8), X86_DONE);               /* LTR */
    assert_int_equal(memory[GDT + SEL_TSS + 5], 0x8B);
    cpu.gpr[X86_EAX] = 0;
    cpu.eip = CODE_AT;
    assert_int_equal(STEP(0x0F, 0x00, 0xD0), X86_DONE);               /* LLDT null */
    assert_true(x86_vm_entry_valid(&cpu));
    cpu.eip = CODE_AT;
    assert_int_equal(STEP(0xEA, 0x00, 0x60, 0, 0, SEL_CODE16, 0), X86_MODE);
    cpu.gpr[X86_EAX] = 0;
    assert_int_equal(STEP(0x0F, 0x22, 0xC0), X86_MODE);               /* PE off */
    assert_false(x86_vm86_able(&cpu));
    cpu.eip = CODE_AT;
    assert_int_equal(STEP(0xEA, 0x00, 0x10, 0x00, 0x05), X86_MODE);   /* JMP 500:1000 */
    assert_int_equal(cpu.seg[X86_CS].base, 0x5000);
    assert_int_equal(cpu.eip, 0x1000);
}

static void test_interrupts(void **state)
{
    struct x86_event irq = { .vector = 0x20, .kind = X86_EXTERNAL };

    real();
    cpu.eflags |= EFLAGS_IF | EFLAGS_TF;
    x86_interrupt(&cpu, &ops, &irq);
    assert_int_equal(cpu.eip, 0x9200);
    assert_int_equal(cpu.eflags, EFLAGS_ONE);
    assert_int_equal(cpu.gpr[X86_ESP], 0x77FA);                       /* exactly FLAGS, CS, IP */
    assert_int_equal(mem32(0x77FA), CODE_AT);
    assert_int_equal(memory[0x77FE] | memory[0x77FF] << 8, EFLAGS_ONE | EFLAGS_IF | EFLAGS_TF);
    assert_int_equal(STEP(0x90), X86_DONE);
    cpu.eip = CODE_AT;
    assert_int_equal(STEP(0xCF), X86_MODE);                           /* IRET */
    assert_int_equal(cpu.eip, CODE_AT);
    assert_int_equal(cpu.eflags, EFLAGS_ONE | EFLAGS_IF | EFLAGS_TF);
    cpu.idtr.limit = 0x20;                                            /* nothing can be delivered */
    assert_int_equal(x86_interrupt(&cpu, &ops, &irq), X86_SHUTDOWN);

    protected();
    cpu.eflags |= EFLAGS_IF;
    x86_interrupt(&cpu, &ops, &irq);
    assert_int_equal(cpu.gpr[X86_ESP], 0x7800 - 12);
    assert_int_equal(cpu.eflags & EFLAGS_IF, 0);

    user();                                                           /* ring 3 to ring 0 */
    cpu.eflags |= EFLAGS_IF;
    x86_interrupt(&cpu, &ops, &irq);
    assert_int_equal(cpu.cpl, 0);
    assert_int_equal(cpu.gpr[X86_ESP], STACK - 20);
    assert_int_equal(mem32(STACK - 4), SEL_DATA3);
    assert_int_equal(mem32(STACK - 8), 0x7800);
    assert_int_equal(mem32(STACK - 16), SEL_CODE3);
    cpu.eip = CODE_AT;
    assert_int_equal(STEP(0xCF), X86_MODE);                           /* and back */
    assert_int_equal(cpu.cpl, 3);
    assert_int_equal(cpu.gpr[X86_ESP], 0x7800);
    assert_int_equal(cpu.seg[X86_SS].selector, SEL_DATA3);
    cpu.eip = CODE_AT;
    assert_fault(VECTOR_GP, 0x21 * 8 + 2, 0xCD, 0x21);                /* INT 21h through a DPL 0 gate */
    gate_put(IDT + 8 * 0x21, SEL_CODE32, 0x9210, SYS_TRAP32, 3, 0);
    assert_int_equal(STEP(0xCD, 0x21), X86_MODE);
    assert_int_equal(cpu.eip, 0x9210);
    assert_int_equal(mem32(STACK - 20), CODE_AT + 2);
    assert_true(cpu.eflags & EFLAGS_IF);                              /* a trap gate leaves IF */
}

static void test_double_fault(void **state)
{
    struct x86_event gp = { .vector = VECTOR_GP, .kind = X86_FAULT, .has_error = true, .error = 0 };

    protected();
    memory[IDT + 8 * VECTOR_GP + 5] = 0x0E;                           /* not present: #NP on the way makes #DF */
    assert_int_equal(x86_interrupt(&cpu, &ops, &gp), X86_MODE);
    assert_int_equal(cpu.eip, 0x9000 + 16 * VECTOR_DF);
    assert_int_equal(mem32(cpu.gpr[X86_ESP]), 0);
    memory[IDT + 8 * VECTOR_DF + 5] = 0x0E;
    assert_int_equal(x86_interrupt(&cpu, &ops, &gp), X86_SHUTDOWN);
    protected();
    gp.vector = VECTOR_UD;                                            /* benign, then #NP: that one is served */
    gp.has_error = false;
    memory[IDT + 8 * VECTOR_UD + 5] = 0x0E;
    x86_interrupt(&cpu, &ops, &gp);
    assert_int_equal(cpu.eip, 0x9000 + 16 * VECTOR_NP);
    assert_int_equal(mem32(cpu.gpr[X86_ESP]), VECTOR_UD * 8 + 3);     /* IDT and EXT */
}

/* VM86: IRETD in, INT out, I/O by the bitmap. */
static void test_vm86(void **state)
{
    static const u32 frame[] = { 0x1000, 0x200, EFLAGS_VM | EFLAGS_ONE | EFLAGS_IOPL, 0x400, 0x300, 0x310, 0x320, 0x330, 0x340 };
    struct x86_event irq = { .vector = 0x20, .kind = X86_EXTERNAL };

    protected();
    memcpy(memory + 0x7800, frame, sizeof(frame));
    assert_int_equal(STEP(0xCF), X86_MODE);
    assert_int_equal(cpu.cpl, 3);
    assert_int_equal(cpu.seg[X86_CS].base, 0x2000);
    assert_int_equal(cpu.seg[X86_DS].selector, 0x320);
    assert_int_equal(cpu.seg[X86_GS].base, 0x3400);
    assert_int_equal(cpu.seg[X86_SS].limit, 0xFFFF);
    assert_int_equal(cpu.gpr[X86_ESP], 0x400);
    CODE(0x3000, 0x9C);
    assert_int_equal(x86_step(&cpu, &ops), X86_DONE);                 /* PUSHF at IOPL 3 */
    CODE(0x3001, 0xEC);
    cpu.gpr[X86_EDX] = 0x60;
    put32(TSS + 0x64, 0x680000);
    assert_int_equal(x86_step(&cpu, &ops), X86_DONE);                 /* IN AL, DX: bitmap allows */
    memory[TSS + 0x68 + 0x60 / 8] = 1;
    cpu.eip--;
    assert_int_equal(x86_step(&cpu, &ops), X86_EXCEPTION);
    assert_int_equal(cpu.event.vector, VECTOR_GP);
    cpu.gpr[X86_EDX] = 0xFF8;                                         /* beyond the TSS limit */
    assert_int_equal(x86_step(&cpu, &ops), X86_EXCEPTION);
    CODE(0x3001, 0xF4);
    assert_int_equal(x86_step(&cpu, &ops), X86_EXCEPTION);            /* HLT at CPL 3 */
    x86_interrupt(&cpu, &ops, &irq);
    assert_int_equal(cpu.gpr[X86_ESP], STACK - 36);
    assert_true(cpu.seg[X86_DS].access & SEG_UNUSABLE);
    assert_int_equal(cpu.eflags & EFLAGS_VM, 0);
    assert_int_equal(mem32(STACK - 4), 0x340);
    assert_int_equal(mem32(STACK - 16), 0x310);
    cpu.eip = CODE_AT;
    assert_int_equal(STEP(0xCF), X86_MODE);
    cpu.eflags &= ~EFLAGS_IOPL;
    CODE(0x3001, 0xFA);
    assert_int_equal(x86_step(&cpu, &ops), X86_EXCEPTION);            /* CLI at IOPL 0 */
}

static void test_gates(void **state)
{
    user();
    put32(0x7800, 0xAAAA);
    put32(0x7804, 0xBBBB);
    assert_int_equal(STEP(0x9A, 0, 0, 0, 0, SEL_GATE | 3, 0), X86_MODE);   /* ring 3 to 0 with two parameters */
    assert_int_equal(cpu.eip, 0x7000);
    assert_int_equal(cpu.cpl, 0);
    assert_int_equal(cpu.gpr[X86_ESP], STACK - 24);
    assert_int_equal(mem32(STACK - 24), CODE_AT + 7);
    assert_int_equal(mem32(STACK - 16), 0xAAAA);
    assert_int_equal(mem32(STACK - 12), 0xBBBB);
    assert_int_equal(mem32(STACK - 8), 0x7800);
    cpu.eip = CODE_AT;
    assert_int_equal(STEP(0xCA, 8, 0), X86_MODE);                     /* RETF 8 drops them on both stacks */
    assert_int_equal(cpu.cpl, 3);
    assert_int_equal(cpu.gpr[X86_ESP], 0x7808);
    assert_int_equal(cpu.eip, CODE_AT + 7);
    cpu.eip = CODE_AT;
    assert_fault(VECTOR_GP, SEL_GATE0, 0x9A, 0, 0, 0, 0, SEL_GATE0 | 3, 0);   /* DPL 0 gate */
}

static void test_far_transfers(void **state)
{
    protected();
    assert_fault(VECTOR_GP, 0, 0xEA, 0, 0, 0, 0, 0, 0);
    assert_fault(VECTOR_GP, SEL_DATA, 0xEA, 0, 0, 0, 0, SEL_DATA, 0);
    assert_fault(VECTOR_GP, SEL_CODE3 & ~3, 0xEA, 0, 0, 0, 0, SEL_CODE3, 0);  /* outward is for returns */
    assert_fault(VECTOR_GP, 0, 0xEA, 0, 0, 1, 0, SEL_CODE16, 0);              /* beyond the limit */
    assert_int_equal(STEP(0x9A, 0, 0x70, 0, 0, SEL_GATE0, 0), X86_MODE);      /* a gate to the same level */
    assert_int_equal(cpu.eip, 0x7000);
    assert_int_equal(mem32(cpu.gpr[X86_ESP]), CODE_AT + 7);
    cpu.eip = CODE_AT;
    assert_int_equal(STEP(0xEA, 0, 0x60, 0, 0, SEL_CONFORMING, 0), X86_MODE);
    assert_int_equal(cpu.seg[X86_CS].selector, SEL_CONFORMING);
    user();
    assert_int_equal(STEP(0xEA, 0, 0x60, 0, 0, SEL_CONFORMING, 0), X86_MODE); /* keeps CPL 3 */
    assert_int_equal(cpu.cpl, 3);
    assert_int_equal(cpu.seg[X86_CS].selector, SEL_CONFORMING | 3);
    put32(0x7800, 0x5000);
    put32(0x7804, SEL_CODE32);
    assert_fault(VECTOR_GP, SEL_CODE32, 0xCB);                                /* RETF inward */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_segment_loads), cmocka_unit_test(test_segment_loads_in_a_row),
        cmocka_unit_test(test_segment_loads_that_trap), cmocka_unit_test(test_limits), cmocka_unit_test(test_real_mode_limits),
        cmocka_unit_test(test_mode_switch), cmocka_unit_test(test_interrupts), cmocka_unit_test(test_double_fault),
        cmocka_unit_test(test_vm86), cmocka_unit_test(test_gates), cmocka_unit_test(test_far_transfers),
    };

    random_seed();
    ops = test_ops;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
