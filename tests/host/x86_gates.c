/* SPDX-License-Identifier: BSD-2-Clause */
/* x86/: what gates, far returns, task switches, LLDT, LTR and VM entry refuse, and 16-bit task-state segments, by the manual's rules. */
#include "x86_machine.h"

enum { SEL_CALL16 = 0x88, SEL_BAD_GATE = 0x90, SEL_TSS_16 = 0x98, SEL_GATE_ABSENT = 0xA0 };

#define TSS16  0x3400u
#define FAR_CALL(selector)  0x9A, 0, 0, 0, 0, (selector), 0
#define FAR_JUMP(selector)  0xEA, 0, 0, 0, 0, (selector), 0
#define ABSENT(selector)    (memory[GDT + (selector) + 5] &= 0x7F)
#define PRESENT(selector)   (memory[GDT + (selector) + 5] |= 0x80)

static void far_frame(u32 cs, u32 eip)
{
    put32(cpu.gpr[X86_ESP], eip);
    put32(cpu.gpr[X86_ESP] + 4, cs);
}

static void test_direct_transfers(void **state)
{
    protected();
    assert_fault(VECTOR_GP, 0, FAR_JUMP(0));
    assert_fault(VECTOR_GP, 0xF8, FAR_JUMP(0xF8));                    /* an empty descriptor is no code */
    assert_fault(VECTOR_GP, SEL_DATA, FAR_JUMP(SEL_DATA));
    assert_fault(VECTOR_GP, SEL_CODE32, FAR_JUMP(SEL_CODE32 | 1));    /* RPL above CPL */
    assert_fault(VECTOR_GP, SEL_CODE3 & ~3, FAR_JUMP(SEL_CODE3 & ~3));
    assert_fault(VECTOR_GP, SEL_LDT, FAR_JUMP(SEL_LDT));              /* a system descriptor of no use */
    assert_fault(VECTOR_GP, 0, 0xEA, 0, 0, 1, 0, SEL_CODE16, 0);      /* EIP beyond the limit */
    ABSENT(SEL_CODE16);
    assert_fault(VECTOR_NP, SEL_CODE16, FAR_JUMP(SEL_CODE16));
    user();
    assert_fault(VECTOR_GP, SEL_GATE0, FAR_CALL(SEL_GATE0));          /* DPL 0 */
    assert_int_equal(STEP(FAR_JUMP(SEL_CONFORMING)), X86_MODE);
    assert_int_equal(cpu.cpl, 3);
}

static void test_call_gates(void **state)
{
    protected();
    gate_put(GDT + SEL_CALL16, SEL_CODE16, 0xABCD7000, SYS_CALL16, 0, 0);
    assert_int_equal(STEP(FAR_CALL(SEL_CALL16)), X86_MODE);           /* words, and only 16 bits of the offset */
    assert_int_equal(cpu.eip, 0x7000);
    assert_int_equal(cpu.gpr[X86_ESP], 0x77FC);
    assert_int_equal(mem32(0x77FC), SEL_CODE32 << 16 | (CODE_AT + 7));
    protected();
    gate_put(GDT + SEL_BAD_GATE, 0, 0x7000, SYS_CALL32, 3, 0);
    assert_fault(VECTOR_GP, 0, FAR_CALL(SEL_BAD_GATE));
    gate_put(GDT + SEL_BAD_GATE, SEL_DATA, 0x7000, SYS_CALL32, 3, 0);
    assert_fault(VECTOR_GP, SEL_DATA, FAR_CALL(SEL_BAD_GATE));
    gate_put(GDT + SEL_BAD_GATE, SEL_CODE3, 0x7000, SYS_CALL32, 3, 0);
    assert_fault(VECTOR_GP, SEL_CODE3 & ~3, FAR_CALL(SEL_BAD_GATE));  /* to an outer level */
    gate_put(GDT + SEL_BAD_GATE, SEL_CODE16, 0x17000, SYS_CALL32, 3, 0);
    assert_fault(VECTOR_GP, 0, FAR_CALL(SEL_BAD_GATE));
    ABSENT(SEL_CODE16);
    assert_fault(VECTOR_NP, SEL_CODE16, FAR_CALL(SEL_BAD_GATE));
    ABSENT(SEL_BAD_GATE);
    assert_fault(VECTOR_NP, SEL_BAD_GATE, FAR_CALL(SEL_BAD_GATE));
    ABSENT(SEL_TASK_GATE);
    assert_fault(VECTOR_NP, SEL_TASK_GATE, FAR_JUMP(SEL_TASK_GATE));
    user();
    assert_fault(VECTOR_GP, SEL_CODE32, FAR_JUMP(SEL_GATE | 3));      /* JMP does not go inward */
}

/* SS:ESP of the inner level, as the TSS has them. */
static void test_inner_stacks(void **state)
{
    user();
    put32(TSS + 8, 0);
    assert_fault(VECTOR_TS, 0, FAR_CALL(SEL_GATE | 3));
    put32(TSS + 8, SEL_DATA | 3);
    assert_fault(VECTOR_TS, SEL_DATA, FAR_CALL(SEL_GATE | 3));        /* RPL */
    put32(TSS + 8, SEL_DATA3 & ~3);
    assert_fault(VECTOR_TS, SEL_DATA3 & ~3, FAR_CALL(SEL_GATE | 3));  /* DPL */
    put32(TSS + 8, SEL_CODE32);
    assert_fault(VECTOR_TS, SEL_CODE32, FAR_CALL(SEL_GATE | 3));
    put32(TSS + 8, 0x100);
    assert_fault(VECTOR_TS, 0x100, FAR_CALL(SEL_GATE | 3));
    put32(TSS + 8, SEL_ABSENT);
    gdt_put(SEL_ABSENT, 0, 0xFFFFF, 0xC012);
    assert_fault(VECTOR_SS, SEL_ABSENT, FAR_CALL(SEL_GATE | 3));
    put32(TSS + 8, SEL_DATA16);
    gdt_put(SEL_DATA16, 0, 0x10, 0x0092);
    assert_fault(VECTOR_SS, SEL_DATA16, FAR_CALL(SEL_GATE | 3));      /* no room on it */
    cpu.seg[X86_TR].limit = 7;
    assert_fault(VECTOR_TS, SEL_TSS, FAR_CALL(SEL_GATE | 3));
    cpu.seg[X86_TR] = (struct x86_segment){ SEL_TSS, 0x2B, TSS, 0x83 };   /* a 16-bit TSS: SP0 at 2, SS0 at 4 */
    put32(TSS, 0x7000u << 16);
    put32(TSS + 4, SEL_DATA);
    assert_int_equal(STEP(FAR_CALL(SEL_GATE | 3)), X86_MODE);
    assert_int_equal(cpu.seg[X86_SS].selector, SEL_DATA);
    assert_int_equal(cpu.gpr[X86_ESP], 0x7000 - 4 * 6);               /* SS, ESP, two parameters, CS, EIP */
}

static void test_far_returns(void **state)
{
    protected();
    far_frame(0, 0x7000);
    assert_fault(VECTOR_GP, 0, 0xCB);
    far_frame(SEL_DATA, 0x7000);
    assert_fault(VECTOR_GP, SEL_DATA, 0xCB);
    far_frame(0x100, 0x7000);
    assert_fault(VECTOR_GP, 0x100, 0xCB);
    far_frame(SEL_CODE32 | 3, 0x7000);                                /* DPL is not RPL */
    assert_fault(VECTOR_GP, SEL_CODE32, 0xCB);
    far_frame(SEL_CODE16, 0x17000);
    assert_fault(VECTOR_GP, 0, 0xCB);
    ABSENT(SEL_CODE16);
    assert_fault(VECTOR_NP, SEL_CODE16, 0xCB);
    far_frame(SEL_CODE3, 0x7000);                                     /* outward: what SS must be */
    put32(0x7808, 0x5000);
    put32(0x780C, 0);
    assert_fault(VECTOR_GP, 0, 0xCB);
    put32(0x780C, SEL_DATA);
    assert_fault(VECTOR_GP, SEL_DATA, 0xCB);
    put32(0x780C, SEL_DATA3);
    ABSENT(SEL_DATA3 & ~7);
    assert_fault(VECTOR_SS, SEL_DATA3 & ~3, 0xCB);
    PRESENT(SEL_DATA3 & ~7);
    cpu.seg[X86_FS].access = 0xC09F;                                  /* conforming code stays, data of level 0 does not */
    put32(0x7810, 0x5000);                                            /* RETF 8: the parameters lie below SS:ESP */
    put32(0x7814, SEL_DATA3);
    assert_int_equal(STEP(0xCA, 8, 0), X86_MODE);
    assert_int_equal(cpu.cpl, 3);
    assert_int_equal(cpu.gpr[X86_ESP], 0x5008);
    assert_true(cpu.seg[X86_DS].access & SEG_UNUSABLE);
    assert_false(cpu.seg[X86_FS].access & SEG_UNUSABLE);
    user();
    far_frame(SEL_CODE32, 0x7000);                                    /* inward */
    assert_fault(VECTOR_GP, SEL_CODE32, 0xCB);
    far_frame(SEL_CONFORMING | 3, 0x7000);
    assert_int_equal(STEP(0xCB), X86_MODE);
    user();
    cpu.eflags |= EFLAGS_NT;                                          /* IRET to a task that is not busy */
    put32(TSS, SEL_TSS2);
    assert_fault(VECTOR_TS, SEL_TSS2, 0xCF);
    put32(TSS, SEL_TSS2 | 4);
    assert_fault(VECTOR_TS, SEL_TSS2 | 4, 0xCF);
}

/* LLDT, LTR, and what SLDT and STR show. */
static void test_system_registers(void **state)
{
    protected();
    cpu.gpr[X86_EAX] = SEL_LDT | 4;
    assert_fault(VECTOR_GP, SEL_LDT | 4, 0x0F, 0x00, 0xD0);
    assert_fault(VECTOR_GP, SEL_LDT | 4, 0x0F, 0x00, 0xD8);
    cpu.gpr[X86_EAX] = SEL_DATA;
    assert_fault(VECTOR_GP, SEL_DATA, 0x0F, 0x00, 0xD0);
    assert_fault(VECTOR_GP, SEL_DATA, 0x0F, 0x00, 0xD8);
    cpu.gpr[X86_EAX] = 0x100;
    assert_fault(VECTOR_GP, 0x100, 0x0F, 0x00, 0xD0);
    assert_fault(VECTOR_GP, 0x100, 0x0F, 0x00, 0xD8);
    cpu.gpr[X86_EAX] = SEL_TSS;
    assert_fault(VECTOR_GP, SEL_TSS, 0x0F, 0x00, 0xD8);               /* busy */
    cpu.gpr[X86_EAX] = 3;
    assert_fault(VECTOR_GP, 0, 0x0F, 0x00, 0xD8);                     /* no null TR */
    cpu.gpr[X86_EAX] = SEL_LDT;
    ABSENT(SEL_LDT);
    assert_fault(VECTOR_NP, SEL_LDT, 0x0F, 0x00, 0xD0);
    PRESENT(SEL_LDT);
    assert_int_equal(STEP(0x0F, 0x00, 0xD0), X86_DONE);
    cpu.eip = CODE_AT;
    cpu.gpr[X86_EBX] = 0x5000;
    assert_int_equal(STEP(0x0F, 0x00, 0x03), X86_DONE);               /* SLDT [EBX]: a word */
    assert_int_equal(mem32(0x5000), SEL_LDT);
    cpu.eip = CODE_AT;
    cpu.gpr[X86_EAX] = SEL_TSS2;
    ABSENT(SEL_TSS2);
    assert_fault(VECTOR_NP, SEL_TSS2, 0x0F, 0x00, 0xD8);
    user();
    cpu.cr4 = CR4_UMIP;
    assert_fault(VECTOR_GP, 0, 0x0F, 0x00, 0xC0);                     /* SLDT, STR, SMSW, SGDT, SIDT */
    assert_fault(VECTOR_GP, 0, 0x0F, 0x00, 0xC8);
    assert_fault(VECTOR_GP, 0, 0x0F, 0x01, 0xE0);
    assert_fault(VECTOR_GP, 0, 0x0F, 0x01, 0x03);
    assert_fault(VECTOR_GP, 0, 0x0F, 0x01, 0x0B);
    assert_fault(VECTOR_GP, 0, 0x0F, 0x00, 0xD0);                     /* CPL 0 alone */
}

static void task_16(void)
{
    static const u16 words[] = { 0, 0, 0, 0, 0, 0, 0, 0xA000, 2, 0x1111, 0x2222, 0x3333, 0x4444, 0x7000, 0x6666, 0x7777, 0x8888,
                                 SEL_DATA, SEL_CODE16, SEL_DATA, SEL_DATA, 0 };

    gdt_put(SEL_TSS_16, TSS16, 0x2B, 0x81);
    memcpy(memory + TSS16, words, sizeof(words));
}

static void test_tss16(void **state)
{
    protected();
    task_16();
    assert_int_equal(STEP(FAR_CALL(SEL_TSS_16)), X86_MODE);
    assert_int_equal(cpu.eip, 0xA000);
    assert_int_equal(cpu.gpr[X86_EAX] & 0xFFFF, 0x1111);
    assert_int_equal(cpu.gpr[X86_EDI] & 0xFFFF, 0x8888);
    assert_int_equal(cpu.seg[X86_CS].selector, SEL_CODE16);
    assert_true(cpu.seg[X86_FS].access & SEG_UNUSABLE);               /* it has no FS */
    assert_int_equal(mem32(TSS16) & 0xFFFF, SEL_TSS);
    CODE(0xA000, 0xCF);
    cpu.gpr[X86_EBX] = 0xBBBB;
    assert_int_equal(x86_step(&cpu, &ops), X86_MODE);                 /* IRET back; the 16-bit TSS keeps words */
    assert_int_equal(cpu.eip, CODE_AT + 7);
    assert_int_equal(mem32(TSS16 + 0x18) & 0xFFFF, 0xBBBB);
    assert_int_equal(mem32(TSS16 + 0x0E) & 0xFFFF, 0xA001);
    assert_int_equal(memory[GDT + SEL_TSS_16 + 5], 0x81);
}

/* What is wrong with the new task is its own fault, and it is in TR then. */
#define assert_task_fault(number, code) do { \
        assert_int_equal(STEP(FAR_JUMP(SEL_TSS_16)), X86_EXCEPTION); \
        assert_int_equal(cpu.event.vector, number); \
        assert_int_equal(cpu.event.error, code); \
        assert_int_equal(cpu.seg[X86_TR].selector, SEL_TSS_16); \
    } while (0)
#define NEW_TASK(word, value)  (protected(), task_16(), put32(TSS16 + 2 * (word), (value)))

static void test_task_faults(void **state)
{
    protected();
    task_16();
    gdt_put(SEL_TSS_16, TSS16, 0x2A, 0x81);
    assert_fault(VECTOR_TS, SEL_TSS_16, FAR_JUMP(SEL_TSS_16));        /* too short: the old task's */
    gdt_put(SEL_TSS_16, TSS16, 0x2B, 0x01);
    assert_fault(VECTOR_NP, SEL_TSS_16, FAR_JUMP(SEL_TSS_16));
    gate_put(GDT + SEL_TASK_GATE, SEL_LDT | 4, 0, SYS_TASK, 3, 0);
    assert_fault(VECTOR_GP, SEL_LDT | 4, FAR_JUMP(SEL_TASK_GATE));
    NEW_TASK(18, 0 | SEL_DATA << 16);
    assert_task_fault(VECTOR_TS, 0);                                  /* CS null */
    NEW_TASK(18, 0x100 | SEL_DATA << 16);
    assert_task_fault(VECTOR_TS, 0x100);
    NEW_TASK(18, SEL_DATA | SEL_DATA << 16);
    assert_task_fault(VECTOR_TS, SEL_DATA);
    NEW_TASK(18, SEL_CODE16 | 3 | SEL_DATA << 16);                    /* DPL is not RPL */
    assert_task_fault(VECTOR_TS, SEL_CODE16);
    NEW_TASK(0, 0);
    ABSENT(SEL_CODE16);
    assert_task_fault(VECTOR_NP, SEL_CODE16);
    NEW_TASK(19, 0 | SEL_DATA << 16);
    assert_task_fault(VECTOR_TS, 0);                                  /* SS null */
    NEW_TASK(20, SEL_XO);
    assert_task_fault(VECTOR_TS, SEL_XO);                             /* DS: #TS, not #GP */
    NEW_TASK(21, SEL_LDT | 4);
    assert_task_fault(VECTOR_TS, SEL_LDT | 4);
    NEW_TASK(21, SEL_DATA);
    assert_task_fault(VECTOR_TS, SEL_DATA);
    NEW_TASK(21, 0x100);
    assert_task_fault(VECTOR_TS, 0x100);
    NEW_TASK(21, SEL_LDT);
    assert_int_equal(STEP(FAR_JUMP(SEL_TSS_16)), X86_MODE);
    assert_int_equal(cpu.seg[X86_LDTR].selector, SEL_LDT);
}

/* x86_task_switch(): by a task gate of the IDT, with an error code, and into virtual-8086 mode. */
static void test_task_of_a_fault(void **state)
{
    NEW_TASK(19, SEL_DATA16 | SEL_DATA << 16);
    assert_int_equal(x86_task_switch(&cpu, &ops, SEL_TSS_16, X86_SWITCH_GATE, true, 0x55), X86_MODE);
    assert_int_equal(cpu.gpr[X86_ESP] & 0xFFFF, 0x6FFE);
    assert_int_equal(mem32(0x6FFE) & 0xFFFF, 0x55);
    assert_int_equal(x86_task_switch(&cpu, &ops, SEL_DATA, X86_SWITCH_JUMP, false, 0), X86_EXCEPTION);
    assert_int_equal(cpu.event.error, SEL_DATA);
    protected();
    put32(TSS2 + 0x20, 0x1234);
    put32(TSS2 + 0x24, EFLAGS_ONE | EFLAGS_VM);
    put32(TSS2 + 0x4C, 0x0500);
    assert_int_equal(STEP(FAR_JUMP(SEL_TSS2)), X86_MODE);
    assert_int_equal(cpu.cpl, 3);
    assert_int_equal(cpu.seg[X86_CS].base, 0x5000);
    assert_int_equal(cpu.seg[X86_CS].limit, 0xFFFF);
}

/* VM entry refuses each of these by itself. */
#define assert_refused(change) do { \
        protected(); \
        assert_true(x86_vm_entry_valid(&cpu)); \
        change; \
        assert_false(x86_vm_entry_valid(&cpu)); \
    } while (0)

static void test_vm_entry(void **state)
{
    assert_refused(cpu.cr0 = CR0_ET);
    assert_refused(cpu.eflags |= EFLAGS_VM);
    assert_refused(cpu.seg[X86_CS].access |= SEG_UNUSABLE);
    assert_refused(cpu.seg[X86_CS].access &= ~SEG_P);
    assert_refused(cpu.seg[X86_CS].access &= ~SEG_ACCESSED);
    assert_refused(cpu.seg[X86_CS].access |= SEG_DPL);
    assert_refused(cpu.seg[X86_CS].access |= 0x100);                  /* a reserved bit */
    assert_refused(cpu.seg[X86_CS].limit = 0x12345);                  /* G=1 */
    assert_refused(cpu.seg[X86_CS].selector |= 3);                    /* SS.RPL is another */
    assert_refused(cpu.seg[X86_SS].access |= SEG_DPL);
    assert_refused(cpu.seg[X86_SS].access &= ~SEG_WRITABLE);
    assert_refused(cpu.seg[X86_DS].access &= ~SEG_P);
    assert_refused(cpu.seg[X86_DS].access &= ~SEG_ACCESSED);
    assert_refused(cpu.seg[X86_ES].access = 0xC099);                  /* execute-only */
    assert_refused(cpu.seg[X86_GS].selector |= 3);                    /* DPL 0 */
    assert_refused(cpu.seg[X86_FS] = ((struct x86_segment){ SEL_DATA, 0x100000, 0, 0x4093 }));   /* G=0 */
    assert_refused(cpu.seg[X86_TR].access |= SEG_UNUSABLE);
    assert_refused(cpu.seg[X86_TR].access = 0x89);                    /* not busy */
    assert_refused(cpu.seg[X86_TR].selector |= 4);
    assert_refused(cpu.seg[X86_LDTR] = ((struct x86_segment){ SEL_LDT, 0xFF, 0x4000, 0x89 }));
    protected();
    cpu.seg[X86_CS].access |= SEG_CONFORMING;
    cpu.seg[X86_ES].access = 0xC09F;
    cpu.seg[X86_DS].access = cpu.seg[X86_SS].access = SEG_UNUSABLE;
    cpu.seg[X86_TR].access = 0x83;
    cpu.seg[X86_LDTR] = (struct x86_segment){ SEL_LDT, 0xFF, 0x4000, 0x82 };
    assert_true(x86_vm_entry_valid(&cpu));
}

static void test_vm86_able(void **state)
{
    real();
    assert_true(x86_vm86_able(&cpu));
    cpu.seg[X86_GS].limit = 0xFFFFFFFF;                               /* what reaches beyond 64 KiB traps */
    cpu.seg[X86_FS].access = SEG_UNUSABLE;
    assert_true(x86_vm86_able(&cpu));
    cpu.seg[X86_FS].selector = 1;
    assert_false(x86_vm86_able(&cpu));
    for (u8 n = X86_ES; n <= X86_GS; n++) {
        real();
        cpu.seg[n].base = 0x11;
        assert_false(x86_vm86_able(&cpu));
        real();
        cpu.seg[n].limit = 0xFFFE;
        assert_false(x86_vm86_able(&cpu));
        real();
        cpu.seg[n].access |= SEG_DB;
        assert_int_equal(x86_vm86_able(&cpu), n != X86_CS && n != X86_SS);
        real();
        cpu.seg[n].access |= SEG_EXPAND_DOWN;
        assert_int_equal(x86_vm86_able(&cpu), n == X86_CS);           /* there it means conforming */
        real();
        cpu.seg[n].access &= ~SEG_WRITABLE;
        assert_int_equal(x86_vm86_able(&cpu), n == X86_CS);
        real();
        cpu.seg[n].access &= ~SEG_P;
        assert_int_equal(x86_vm86_able(&cpu), n == X86_CS);
    }
}

/* What callbacks would do, without them: x86.h. */
static void test_absent_callbacks(void **state)
{
    protected();
    assert_fault(VECTOR_GP, 0, 0x0F, 0x30);                           /* WRMSR, RDMSR, RDPMC */
    assert_fault(VECTOR_GP, 0, 0x0F, 0x32);
    assert_fault(VECTOR_GP, 0, 0x0F, 0x33);
    assert_fault(VECTOR_UD, 0, 0x0F, 0x31);                           /* RDTSC, RDTSCP */
    assert_fault(VECTOR_UD, 0, 0x0F, 0x01, 0xF9);
    assert_fault(VECTOR_UD, 0, 0x0F, 0x05);                           /* LOADALL */
    assert_fault(VECTOR_UD, 0, 0x0F, 0x20, 0xC8);                     /* CR1: no callback has it */
    assert_fault(VECTOR_UD, 0, 0x0F, 0x22, 0xC8);
    cpu.gpr[X86_EAX] = cpu.gpr[X86_EBX] = 1;
    assert_int_equal(STEP(0x0F, 0xA2), X86_DONE);
    assert_int_equal(cpu.gpr[X86_EAX] | cpu.gpr[X86_EBX], 0);
    cpu.eip = CODE_AT;
    assert_int_equal(STEP(0x0F, 0xC7, 0xF0), X86_DONE);               /* RDRAND: none ready */
    assert_int_equal(cpu.eflags & EFLAGS_CF, 0);
    cpu.eip = CODE_AT;
    assert_int_equal(STEP(0x0F, 0x01, 0x3B), X86_DONE);               /* INVLPG */
    cpu.eip = CODE_AT;
    assert_int_equal(STEP(0x0F, 0x09), X86_DONE);                     /* WBINVD */
    cpu.eip = CODE_AT;
    cpu.cr2 = 0x1234;
    assert_int_equal(STEP(0x0F, 0x20, 0xD0), X86_DONE);               /* MOV from CR2 */
    assert_int_equal(cpu.gpr[X86_EAX], 0x1234);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_direct_transfers), cmocka_unit_test(test_call_gates), cmocka_unit_test(test_inner_stacks),
        cmocka_unit_test(test_far_returns), cmocka_unit_test(test_system_registers), cmocka_unit_test(test_tss16),
        cmocka_unit_test(test_task_faults), cmocka_unit_test(test_task_of_a_fault), cmocka_unit_test(test_vm_entry),
        cmocka_unit_test(test_vm86_able), cmocka_unit_test(test_absent_callbacks),
    };

    ops = (struct x86_ops){ .ram = test_ram, .in = test_in, .out = test_out };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
