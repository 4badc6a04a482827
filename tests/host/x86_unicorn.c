/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The same random instruction in the same random state here and in Unicorn (QEMU's translator), in 16-bit real mode
 * and 32-bit flat protected mode: registers, flags, memory must agree. SEED and CASES choose; flags that the manual
 * leaves undefined are masked. Unicorn has no segment limits: instructions that fault on one are not compared.
 */
#include <unicorn/unicorn.h>
#include "x86_test.h"

#define CASES_PER_MODE 100000
#define REP_MAX        64   /* elements */

static u8 shadow[MEMORY_BYTES] __attribute__((aligned(4096)));   /* Unicorn's memory */
static u32 rows_compared[4][256];

const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libunicorn";
}

struct machine {
    uc_engine *uc;
    uc_context *fresh;      /* a state without the traces that exceptions leave */
    bool wide;              /* 32-bit */
    u32 vector;             /* of the exception that Unicorn raised, or NO_FAULT */
    u32 port_log;
};

static const int uc_gpr[8] = { UC_X86_REG_EAX, UC_X86_REG_ECX, UC_X86_REG_EDX, UC_X86_REG_EBX,
                               UC_X86_REG_ESP, UC_X86_REG_EBP, UC_X86_REG_ESI, UC_X86_REG_EDI };
static const int uc_seg[6] = { UC_X86_REG_ES, UC_X86_REG_CS, UC_X86_REG_SS, UC_X86_REG_DS, UC_X86_REG_FS, UC_X86_REG_GS };

static void on_interrupt(uc_engine *uc, uint32_t vector, void *user)
{
    ((struct machine *)user)->vector = vector;
    uc_emu_stop(uc);
}

static uint32_t on_in(uc_engine *uc, uint32_t port, int bytes, void *user)
{
    return port_value(port, bytes);
}

static void on_out(uc_engine *uc, uint32_t port, int bytes, uint32_t value, void *user)
{
    ((struct machine *)user)->port_log += (port * 31u + bytes) * 2654435761u ^ value;
}

static void machine_open(struct machine *m, bool wide)
{
    uc_hook hook;

    m->wide = wide;
    assert_int_equal(uc_open(UC_ARCH_X86, wide ? UC_MODE_32 : UC_MODE_16, &m->uc), UC_ERR_OK);
    assert_int_equal(uc_mem_map_ptr(m->uc, 0, MEMORY_BYTES, UC_PROT_ALL, shadow), UC_ERR_OK);
    uc_hook_add(m->uc, &hook, UC_HOOK_INTR, (void *)on_interrupt, m, 1, 0);
    uc_hook_add(m->uc, &hook, UC_HOOK_INSN, (void *)on_in, m, 1, 0, UC_X86_INS_IN);
    uc_hook_add(m->uc, &hook, UC_HOOK_INSN, (void *)on_out, m, 1, 0, UC_X86_INS_OUT);
    uc_context_alloc(m->uc, &m->fresh);
    uc_context_save(m->uc, m->fresh);
}

/* ---- random instructions ------------------------------------------------------------------- */

/* What Unicorn answers in its own way, or not at all. */
static bool left_out(u8 exec)
{
    switch (exec) {
    case EXEC_int: case EXEC_int1: case EXEC_int3: case EXEC_into: case EXEC_hlt: case EXEC_cpuid: case EXEC_rdtsc:
    case EXEC_rdmsr: case EXEC_wrmsr: case EXEC_mov_from_cr: case EXEC_mov_to_cr: case EXEC_mov_dr: case EXEC_wbinvd: case EXEC_invlpg:
    case EXEC_lgdt: case EXEC_lidt: case EXEC_sgdt: case EXEC_sidt: case EXEC_lmsw: case EXEC_smsw: case EXEC_clts:
    case EXEC_sldt: case EXEC_str: case EXEC_lldt: case EXEC_ltr: case EXEC_verr: case EXEC_verw: case EXEC_lar:
    case EXEC_lsl: case EXEC_rdpmc: case EXEC_random: case EXEC_sysenter: case EXEC_sysexit: case EXEC_xgetbv:
    case EXEC_wait: case EXEC_x87: case EXEC_sse: case EXEC_emms: case EXEC_fxsave: case EXEC_fence: case EXEC_ud:
    case EXEC_xsave: case EXEC_maskmov: case EXEC_vex: case EXEC_vzero: case EXEC_vmcall: case EXEC_monitor:
    case EXEC_rdtscp: case EXEC_loadall:
    case EXEC_popcnt: case EXEC_movbe: case EXEC_adx:   /* not in its processor */
        return true;
    }
    return false;
}

/* In protected mode also what loads segment registers: there is no GDT. */
static bool left_out_wide(u8 exec)
{
    return exec == EXEC_pop_seg || exec == EXEC_mov_seg || exec == EXEC_load_far || exec == EXEC_jmp_far ||
           exec == EXEC_jmp_far_m || exec == EXEC_call_far || exec == EXEC_call_far_m || exec == EXEC_retf || exec == EXEC_iret;
}

static u32 random_code(u8 *code)
{
    static const u8 prefix[] = { 0x26, 0x2E, 0x36, 0x3E, 0x64, 0x65, 0x66, 0x67, 0x66, 0x67, 0xF2, 0xF3, 0xF0 };
    u32 n = 0;

    while (n < 4 && below(3) == 0)
        code[n++] = prefix[below(ARRAY_SIZE(prefix))];
    if (below(3) == 0)
        code[n++] = 0x0F;
    while (n < 16)
        code[n++] = below(8) ? random32() : 0;
    return n;
}

/* ---- states -------------------------------------------------------------------------------- */

static void random_cpu(struct x86_cpu *cpu, bool wide)
{
    memset(cpu, 0, sizeof(*cpu));
    x86_reset(cpu);
    cpu->features = ALL_FEATURES & ~X86_HAS_BMI1;   /* as Unicorn's processor */
    cpu->cr0 = CR0_ET | (wide ? CR0_PE : 0);
    for (u8 n = 0; n < 8; n++)
        cpu->gpr[n] = wide && below(4) ? below(MEMORY_BYTES / 2) : random_value();
    if (below(2))
        cpu->gpr[X86_ECX] = (cpu->gpr[X86_ECX] & 0xFFFF0000) | below(40);
    cpu->eflags = EFLAGS_ONE | (random32() & (EFLAGS_ARITHMETIC | EFLAGS_DF | EFLAGS_IF));
    for (u8 n = X86_ES; n <= X86_GS; n++) {
        if (wide)
            flat_segment(cpu, n, 0);
        else
            real_segment(cpu, n, random32());
    }
    if (wide)
        cpu->gpr[X86_ESP] = 0x1000 + below(MEMORY_BYTES / 2);
    cpu->eip = wide ? 0x1000 + below(MEMORY_BYTES - 0x2000) : below(0xFF00);
}

static void uc_set(struct machine *m, const struct x86_cpu *cpu)
{
    for (u8 n = 0; n < 8; n++)
        uc_reg_write(m->uc, uc_gpr[n], &cpu->gpr[n]);
    for (u8 n = 0; n < 6 && !m->wide; n++)
        uc_reg_write(m->uc, uc_seg[n], &cpu->seg[n].selector);
    uc_reg_write(m->uc, UC_X86_REG_EFLAGS, &cpu->eflags);
}

/* ---- what cannot be compared -------------------------------------------------------------- */

/*
 * Not comparable: a double shift of a word by more than 16 and BSWAP of a word have no defined result; both REP
 * prefixes at once neither; Unicorn takes the immediate of RET for a signed one, and LOCK where it is not allowed.
 */
static bool result_undefined(const struct insn *i, const struct x86_cpu *before, const u8 *code)
{
    u8 exec = i->row->exec;

    if ((exec == EXEC_ret || exec == EXEC_retf) && i->src & 0x8000)
        return true;
    if (i->lock && !(i->row->flags & ROW_LOCK && modrm_mod(i) != 3))
        return true;
    /* The other encoding of TEST, and prefetches of a register, which are NOP. */
    if ((exec == EXEC_test && i->opcode >= 0xF6 && modrm_reg(i) == 1) || (exec == EXEC_nop && i->map == MAP_0F && modrm_mod(i) == 3))
        return true;
    /* It does not wrap the second word of an operand. */
    if ((exec == EXEC_bound || exec == EXEC_load_far || exec == EXEC_call_far_m || exec == EXEC_jmp_far_m) && i->adsize == 2 && i->ea > 0xFFF8)
        return true;
    /* MOVNTI with a prefix is #UD on processors (x86_silicon.c). */
    if (exec == EXEC_movnti && (i->rep || memchr(code, 0x66, i->length)))
        return true;
    /* TZCNT it has and has not. */
    if (exec == EXEC_bsf && i->rep == REP_E)
        return true;
    /* After a locked NEG Unicorn's flags are those of another value than the one it stored. */
    if (exec == EXEC_neg && i->lock)
        return true;
    /* A nested ENTER saves ESP as it is, Unicorn what came out of its 32-bit subtraction. */
    if (exec == EXEC_enter && i->opsize == 4 && i->src & 31 && !(before->seg[X86_SS].access & SEG_DB))
        return true;
    if (memchr(code, REP_E, i->length) && memchr(code, REP_NE, i->length))
        return true;
    return exec == EXEC_bswap ? i->size == 2 : (exec == EXEC_shld || exec == EXEC_shrd) && double_undefined(i, before) == EFLAGS_ARITHMETIC;
}

/* ---- one case ----------------------------------------------------------------------------------- */

static bool is_string(u8 exec)
{
    return exec >= EXEC_movs && exec <= EXEC_outs;
}

static void complain(const struct machine *m, const struct x86_cpu *before, const u8 *code, const char *what, u32 ours, u32 theirs)
{
    print_error("%s-bit, code", m->wide ? "32" : "16");
    for (u8 n = 0; n < 15; n++)
        print_error(" %02x", code[n]);
    print_error(": %s: %08x, Unicorn %08x\n  before: eax %08x ecx %08x edx %08x ebx %08x esp %08x ebp %08x esi %08x edi %08x\n"
                "  eip %08x eflags %08x es %04x cs %04x ss %04x ds %04x fs %04x gs %04x\n", what, ours, theirs,
                before->gpr[0], before->gpr[1], before->gpr[2], before->gpr[3], before->gpr[4], before->gpr[5], before->gpr[6], before->gpr[7],
                before->eip, before->eflags, before->seg[0].selector, before->seg[1].selector, before->seg[2].selector,
                before->seg[3].selector, before->seg[4].selector, before->seg[5].selector);
}

static bool same(const struct machine *m, const struct x86_cpu *before, const u8 *code, const char *what, u32 ours, u32 theirs)
{
    if (ours == theirs)
        return true;
    complain(m, before, code, what, ours, theirs);
    return false;
}

static bool compare_registers(const struct machine *m, const struct x86_cpu *before, const struct x86_cpu *cpu, const u8 *code, u32 undefined)
{
    static const char *const name[8] = { "eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi" };
    static const char *const seg_name[6] = { "es", "cs", "ss", "ds", "fs", "gs" };
    bool good = true;
    u32 value = 0;

    for (u8 n = 0; n < 8; n++) {
        uc_reg_read(m->uc, uc_gpr[n], &value);
        good &= same(m, before, code, name[n], cpu->gpr[n], value);
    }
    for (u8 n = 0; n < 6 && !m->wide; n++) {
        value = 0;
        uc_reg_read(m->uc, uc_seg[n], &value);
        good &= same(m, before, code, seg_name[n], cpu->seg[n].selector, value & 0xFFFF);
    }
    uc_reg_read(m->uc, UC_X86_REG_EIP, &value);
    /* In 16-bit mode Unicorn gives IP or the linear address, as it pleases. */
    if (value != cpu->seg[X86_CS].base + cpu->eip)
        good &= same(m, before, code, "eip", cpu->eip, value);
    uc_reg_read(m->uc, UC_X86_REG_EFLAGS, &value);
    undefined = ~(undefined | EFLAGS_RF);
    return good & same(m, before, code, "eflags", cpu->eflags & undefined, value & undefined);
}

static bool compare_memory(const struct machine *m, const struct x86_cpu *before, const u8 *code)
{
    bool good = true;

    for (u32 page = 0; page < PAGES; page++) {
        if (!written_page[page])
            continue;
        written_page[page] = 0;
        for (u32 at = page * 0x1000; good && at < (page + 1) * 0x1000; at++)
            if (memory[at] != shadow[at]) {
                print_error("at %05x ", at);
                good = same(m, before, code, "memory", memory[at], shadow[at]);
            }
        memcpy(shadow + page * 0x1000, memory + page * 0x1000, 0x1000);
    }
    return good;
}

static void undo_memory(void)
{
    for (u32 page = 0; page < PAGES; page++)
        if (written_page[page]) {
            written_page[page] = 0;
            memcpy(memory + page * 0x1000, shadow + page * 0x1000, 0x1000);
        }
}

/*
 * Run one instruction in Unicorn; it counts every iteration of a REP. Always with a count of 1: another one makes it
 * throw all its translations away.
 */
static void uc_run(struct machine *m, const struct x86_cpu *before, bool repeats)
{
    u32 at = before->seg[X86_CS].base + before->eip, eip = 0;
    uc_err error;

    m->vector = NO_FAULT;
    m->port_log = 0;
    uc_set(m, before);
    uc_ctl_remove_cache(m->uc, at, at + 16);
    for (u32 n = 0; n <= REP_MAX + 1; n++) {
        error = uc_emu_start(m->uc, at, 0xFFFFFFFF, 0, 1);
        if (error == UC_ERR_INSN_INVALID)
            m->vector = VECTOR_UD;
        uc_reg_read(m->uc, UC_X86_REG_EIP, &eip);
        if (!repeats || m->vector != NO_FAULT || (eip != before->eip && eip != at))
            return;
    }
}

/* #UD is no event for Unicorn: it stays where it is. */
static bool same_exception(const struct machine *m, const struct x86_cpu *before, const u8 *code, u8 vector)
{
    u32 eip = 0;

    if (vector != VECTOR_UD || m->vector != NO_FAULT)
        return same(m, before, code, "exception", vector, m->vector);
    uc_reg_read(m->uc, UC_X86_REG_EIP, &eip);
    return (m->wide ? eip == before->eip : (u16)eip == before->eip) || same(m, before, code, "eip after #UD", before->eip, eip);
}

static u32 stack_at(const struct x86_cpu *cpu)
{
    return cpu->seg[X86_SS].base + (cpu->gpr[X86_ESP] & stack_mask(cpu));
}

/* false: they differ. *compared counts. */
static bool one_case(struct machine *m, u32 *compared)
{
    struct x86_cpu before, cpu;
    struct insn i;
    enum x86_result result;
    u8 code[16];
    u32 at, target, guard = 0;
    bool good, repeats;

    random_cpu(&cpu, m->wide);
    random_code(code);
    at = cpu.seg[X86_CS].base + cpu.eip;
    memcpy(memory + at, code, 16);
    memcpy(shadow + at, code, 16);
    insn_start(&i, &cpu, &test_ops);
    decode(&i);
    if (!i.row || left_out(i.row->exec) || (m->wide && left_out_wide(i.row->exec)) || (faulted(&i) && i.fault != VECTOR_UD))
        return true;
    repeats = is_string(i.row->exec) && i.rep;
    if (repeats && (cpu.gpr[X86_ECX] & size_mask(i.adsize)) > REP_MAX)
        return true;
    /* Unicorn translates ahead, and dies of FF /3 and /5 with a register. */
    if (i.length > 1 && code[i.length - 2] == 0xFF && modrm_mod(&i) == 3 && (modrm_reg(&i) == 3 || modrm_reg(&i) == 5))
        return true;
    memset(memory + at + i.length, 0xF4, 16 - i.length);
    memset(shadow + at + i.length, 0xF4, 16 - i.length);
    i.fault = NO_FAULT;
    before = cpu;
    outside = false;
    port_log = 0;
    do
        result = x86_step(&cpu, &test_ops);
    while (result == X86_REP && ++guard < 4);
    if (outside || result == X86_REP || written_page[at >> 12] || written_page[(at + 15) >> 12] || (result == X86_EXCEPTION && cpu.event.vector >= VECTOR_SS) || result_undefined(&i, &before, code)) {
        undo_memory();
        return true;
    }
    target = cpu.seg[X86_CS].base + cpu.eip;
    if (target < MEMORY_BYTES && !written_page[target >> 12] && (target < at || target >= at + 16) && target - stack_at(&before) >= 8)
        memory[target] = shadow[target] = 0xF4;
    uc_run(m, &before, repeats);
    ++*compared;
    if (result == X86_EXCEPTION || m->vector != NO_FAULT) {
        good = same_exception(m, &before, code, result == X86_EXCEPTION ? cpu.event.vector : NO_FAULT);
        uc_context_restore(m->uc, m->fresh);
        undo_memory();
        return good;
    }
    rows_compared[i.map][i.opcode]++;
    good = compare_registers(m, &before, &cpu, code, undefined_flags(&i, &before));
    good &= same(m, &before, code, "ports", port_log, m->port_log);
    return good & compare_memory(m, &before, code);
}

static void run_mode(bool wide)
{
    struct machine m;
    u32 compared = 0, bad = 0, cases = cases_wanted(CASES_PER_MODE);

    print_message("seed %llu\n", random_seed());
    for (u32 n = 0; n < MEMORY_BYTES; n++)
        memory[n] = shadow[n] = below(4) ? random32() : 0;
    machine_open(&m, wide);
    for (u32 n = 0; n < cases && bad < 20; n++)
        bad += !one_case(&m, &compared);
    uc_context_free(m.fresh);
    uc_close(m.uc);
    print_message("%u cases, %u compared, %u differ\n", cases, compared, bad);
    assert_int_equal(bad, 0);
    assert_memory_equal(memory, shadow, MEMORY_BYTES);
}

static void test_real_mode(void **state)
{
    run_mode(false);
}

static void test_protected_mode(void **state)
{
    run_mode(true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_real_mode),
        cmocka_unit_test(test_protected_mode),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
