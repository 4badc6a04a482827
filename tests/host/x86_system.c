/* SPDX-License-Identifier: BSD-2-Clause */
/* x86/: protected mode, paging, interrupts, task switches, limits and restart, against the manual's rules. */
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

static u32 mem32(u32 at)
{
    u32 v;

    memcpy(&v, memory + at, 4);
    return v;
}

static void put32(u32 at, u32 v)
{
    memcpy(memory + at, &v, 4);
}

/* `access` as in the VMX layout; `limit` in the descriptor's own units. */
static void gdt_put(u32 selector, u32 base, u32 limit, u32 access)
{
    u32 at = GDT + (selector & ~7u);

    put32(at, (base & 0xFFFF) << 16 | (limit & 0xFFFF));
    put32(at + 4, (base & 0xFF000000u) | (base >> 16 & 0xFF) | (limit & 0xF0000) | access << 8);
}

static void gate_put(u32 at, u16 selector, u32 offset, u8 type, u8 dpl, u8 count)
{
    put32(at, (u32)selector << 16 | (offset & 0xFFFF));
    put32(at + 4, (offset & 0xFFFF0000u) | 0x8000 | dpl << 13 | type << 8 | count);
}

static void tables(void)
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
static void protected(void)
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

static void user(void)
{
    protected();
    for (u8 n = X86_ES; n <= X86_GS; n++)
        flat_segment(&cpu, n, n == X86_CS ? SEL_CODE3 : SEL_DATA3);
    cpu.cpl = 3;
}

static void real(void)
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
        cmocka_unit_test(test_segment_loads), cmocka_unit_test(test_limits), cmocka_unit_test(test_real_mode_limits),
        cmocka_unit_test(test_mode_switch), cmocka_unit_test(test_interrupts), cmocka_unit_test(test_double_fault),
        cmocka_unit_test(test_vm86), cmocka_unit_test(test_gates), cmocka_unit_test(test_far_transfers), cmocka_unit_test(test_paging),
        cmocka_unit_test(test_pse_and_pae), cmocka_unit_test(test_tasks), cmocka_unit_test(test_rep), cmocka_unit_test(test_shadow_and_trap),
        cmocka_unit_test(test_privileged), cmocka_unit_test(test_questions), cmocka_unit_test(test_length),
        cmocka_unit_test(test_later_instructions),
    };

    random_seed();
    ops = test_ops;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
