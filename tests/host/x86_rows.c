/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Every row of the opcode tables of x86/, generated from the tables themselves: in real mode, at CPL 0 and at CPL 3, with
 * a register and with memory, with and without LOCK and 66h. A row that no case runs fails, and so does an exec function.
 */
#include "x86_test.h"

#define CODE_AT 0x6000u

static struct x86_cpu cpu;
#define EXEC(name) #name,
static const char *const exec_name[] = {
#include "exec.def"
};
#undef EXEC
static u32 exec_ran[EXEC_group];     /* times that a function was reached and raised no #UD */

static int native_done(struct x86_cpu *c, struct x86_native *n)
{
    assert_true(n->length >= 1 && n->length <= 15);
    return X86_NATIVE_DONE;
}

static bool msr_any(struct x86_cpu *c, u32 index, u64 *value)
{
    *value = 0x1000;
    return true;
}

static bool msr_take(struct x86_cpu *c, u32 index, u64 value)
{
    return true;
}

static u64 tsc_now(struct x86_cpu *c)
{
    return 42;
}

static const struct x86_ops ops = { .ram = test_ram, .in = test_in, .out = test_out, .native = native_done,
                                    .rdmsr = msr_any, .wrmsr = msr_take, .tsc = tsc_now,
                                    .loadall286 = x86_loadall286, .loadall386 = x86_loadall386 };

enum mode { REAL16, PROTECTED32, USER32, MODES };

static void set_up(enum mode mode)
{
    memset(&cpu, 0, sizeof(cpu));
    x86_reset(&cpu);
    cpu.features = ALL_FEATURES;
    cpu.cr0 = CR0_ET | (mode == REAL16 ? 0 : CR0_PE);
    cpu.cr4 = CR4_OSFXSR | CR4_OSXSAVE;
    for (u8 n = X86_ES; n <= X86_GS; n++) {
        if (mode == REAL16)
            real_segment(&cpu, n, 0);
        else
            flat_segment(&cpu, n, mode == USER32 ? 0x13 : 0x10);
    }
    cpu.cpl = mode == USER32 ? 3 : 0;
    for (u8 n = 0; n < 8; n++)
        cpu.gpr[n] = 0x4000 + 0x100 * n;
    cpu.gdtr = (struct x86_table){ 0x1000, 0xFF };
    cpu.idtr = (struct x86_table){ 0, mode == REAL16 ? 0x3FF : 0x7FF };
    cpu.eip = CODE_AT;
    cpu.seg[X86_TR].access = SEG_UNUSABLE;
    cpu.seg[X86_LDTR].access = SEG_UNUSABLE;
}

static u8 encode(u8 *code, const u8 *prefix, u8 prefixes, u8 map, u8 opcode, u8 modrm)
{
    u8 n = 0;

    for (; n < prefixes; n++)
        code[n] = prefix[n];
    if (map != MAP_ONE)
        code[n++] = 0x0F;
    if (map == MAP_0F38 || map == MAP_0F3A)
        code[n++] = map == MAP_0F38 ? 0x38 : 0x3A;
    code[n++] = opcode;
    code[n++] = modrm;
    while (n < 16)
        code[n++] = 0x01;
    return n;
}

/* A three-byte VEX prefix of 256 bits with pp. */
static void encode_vex(u8 *code, u8 map, u8 pp, u8 opcode, u8 modrm)
{
    memset(code, 0x01, 16);
    code[0] = 0xC4;
    code[1] = 0xE0 | map;
    code[2] = 0x7C | pp;
    code[3] = opcode;
    code[4] = modrm;
}

static bool transfers(u8 exec)
{
    return (exec >= EXEC_jmp && exec <= EXEC_iret) || exec == EXEC_sysenter || exec == EXEC_sysexit || exec == EXEC_loadall;
}

static void one(enum mode mode, const u8 *code)
{
    struct x86_cpu before;
    struct insn i;
    enum x86_result result;

    set_up(mode);
    memcpy(memory + CODE_AT, code, 16);
    insn_start(&i, &cpu, &ops);
    decode(&i);
    before = cpu;
    result = x86_step(&cpu, &ops);
    if (result == X86_EXCEPTION) {
        before.event = cpu.event;
        before.cr2 = cpu.cr2;
        before.dr[6] = cpu.dr[6];
        assert_memory_equal(&before, &cpu, sizeof(cpu));
        assert_int_equal(cpu.event.has_error, vector_has_error(cpu.event.vector));
    } else if (result != X86_REP && result != X86_UNHANDLED && !transfers(i.row->exec)) {
        assert_int_equal(cpu.eip, before.eip + i.length);
        assert_in_range(i.length, 1, 15);
    }
    if (i.fault != VECTOR_UD && !(result == X86_EXCEPTION && cpu.event.vector == VECTOR_UD))
        exec_ran[i.row->exec]++;
    if (i.lock && !(i.row->flags & ROW_LOCK && modrm_mod(&i) != 3))
        assert_int_equal(result, X86_EXCEPTION);
}

static void row_cases(u8 map, u8 opcode, u8 reg)
{
    static const u8 prefix[][2] = { { 0 }, { 0x66 }, { 0xF3 }, { 0xF0 }, { 0x67 }, { 0xF2 }, { 0x66, 0x67 } };
    static const u8 rm[] = { 0x03, 0x43, 0x84, 0xC0, 0xC1, 0xC7 };
    u8 code[16];

    for (u8 mode = 0; mode < MODES; mode++)
        for (u8 p = 0; p < ARRAY_SIZE(prefix); p++)
            for (u8 m = 0; m < ARRAY_SIZE(rm); m++) {
                encode(code, prefix[p], p == 0 ? 0 : p == 6 ? 2 : 1, map, opcode, rm[m] | reg << 3);
                one(mode, code);
            }
}

static void vex_cases(u8 map, u8 opcode)
{
    u8 code[16];

    for (u8 mode = 0; mode < MODES; mode++)
        for (u8 pp = 0; pp < 4; pp++) {
            encode_vex(code, map, pp, opcode, 0x43);
            one(mode, code);
            encode_vex(code, map, pp, opcode, 0xE1);
            one(mode, code);
        }
}

static void test_every_row(void **state)
{
    static const u8 not_rows[] = { 0x0F, 0x26, 0x2E, 0x36, 0x3E, 0x64, 0x65, 0x66, 0x67, 0xF0, 0xF2, 0xF3 };

    for (u32 opcode = 0; opcode < 256; opcode++) {
        for (u8 reg = 0; reg < 8; reg++) {
            if (!memchr(not_rows, opcode, sizeof(not_rows)))
                row_cases(MAP_ONE, opcode, reg);
            if (opcode != 0x38 && opcode != 0x3A)
                row_cases(MAP_0F, opcode, reg);
        }
        row_cases(MAP_0F38, opcode, 1);
        row_cases(MAP_0F3A, opcode, 1);
        for (u8 map = MAP_0F; map <= MAP_0F3A; map++)
            vex_cases(map, opcode);
    }
    for (u8 exec = 0; exec < EXEC_group; exec++)
        if (exec != EXEC_ud && !exec_ran[exec]) {
            print_error("exec_%s() was never reached\n", exec_name[exec]);
            fail();
        }
}

/* Without features the rows that need one are #UD. */
static void test_features(void **state)
{
    for (u32 opcode = 0; opcode < 256; opcode++) {
        u8 need = table_0f[opcode].flags >> 12;
        u8 code[16];

        if (!need || table_0f[opcode].exec == EXEC_group)
            continue;
        encode(code, NULL, 0, MAP_0F, opcode, 0x03);
        set_up(PROTECTED32);
        cpu.features = 0;
        memcpy(memory + CODE_AT, code, 16);
        assert_int_equal(x86_step(&cpu, &ops), X86_EXCEPTION);
        assert_int_equal(cpu.event.vector, VECTOR_UD);
    }
}

/* EM, TS and MP before any coprocessor instruction. */
static void test_not_available(void **state)
{
    static const u8 x87[] = { 0xD9, 0xE8, 0x90 }, sse[] = { 0x0F, 0x58, 0xC1 }, mmx[] = { 0x0F, 0xFC, 0xC1 }, wait[] = { 0x9B, 0x90, 0x90 };
    static const struct { const u8 *code; u32 cr0, cr4; u8 vector; } cases[] = {
        { x87, CR0_EM, 0, VECTOR_NM }, { x87, CR0_TS, 0, VECTOR_NM }, { x87, 0, 0, NO_FAULT },
        { sse, 0, 0, VECTOR_UD }, { sse, CR0_EM, CR4_OSFXSR, VECTOR_UD }, { sse, CR0_TS, CR4_OSFXSR, VECTOR_NM }, { sse, 0, CR4_OSFXSR, NO_FAULT },
        { mmx, CR0_EM, 0, VECTOR_UD }, { mmx, CR0_TS, 0, VECTOR_NM }, { mmx, 0, 0, NO_FAULT },
        { wait, CR0_TS, 0, NO_FAULT }, { wait, CR0_TS | CR0_MP, 0, VECTOR_NM },
    };

    for (u32 n = 0; n < ARRAY_SIZE(cases); n++) {
        set_up(PROTECTED32);
        cpu.cr0 |= cases[n].cr0;
        cpu.cr4 = cases[n].cr4;
        memcpy(memory + CODE_AT, cases[n].code, 3);
        if (cases[n].vector == NO_FAULT) {
            assert_int_equal(x86_step(&cpu, &ops), X86_DONE);
        } else {
            assert_int_equal(x86_step(&cpu, &ops), X86_EXCEPTION);
            assert_int_equal(cpu.event.vector, cases[n].vector);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_row),
        cmocka_unit_test(test_features),
        cmocka_unit_test(test_not_available),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
