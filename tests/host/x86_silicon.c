/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * x86/ against the processor that runs the test: random user-mode instructions in random states, single-stepped by TF in
 * this process, and in the interpreter. Registers, flags, memory, x87/SSE state, vectors and error codes must agree. SEED and
 * CASES choose. The processor is in 64-bit mode: 67h before the instruction makes its addresses 32 bits wide, and what 64-bit
 * mode has not or does otherwise (stack, segments, far transfers, BCD) is left to the other tests.
 */
#include "x86_host.h"

#define ARENA        0x10000000u   /* at the same address on both sides */
#define ARENA_BYTES  0x10000u
#define CASES        15000
#define ADDRESS32    0x67
#define FX_BYTES     512
#define FX_KERNEL    48            /* at the end of a signal frame's image: the kernel's own */
#define FX_RESERVED  96
#define FX_POINTERS  6             /* FOP, FIP, FDP: of another code segment */
#define FX_POINTERS_END 24

static u8 *const arena = (u8 *)(unsigned long)ARENA;
static u8 fx_start[FX_BYTES] ALIGNED(64), fx_after[FX_BYTES], fx_home[FX_BYTES];

/* ---- the interpreter's side --------------------------------------------------------------------- */

static u8 *silicon_ram(struct x86_cpu *cpu, paddr at, bool write)
{
    if (at >= ARENA && at < ARENA + ARENA_BYTES) {
        written_page[(at - ARENA) >> 12] |= write;
        return memory + (at - ARENA);
    }
    outside = true;
    return NULL;
}

static const struct x86_ops ops = { .ram = silicon_ram, .in = test_in, .out = test_out, .native = host_native, .cpuid = host_cpuid };

/* ---- the processor's side ----------------------------------------------------------------------- */

enum { IDLE, ENTER, INSIDE };
static volatile int phase;
static struct x86_cpu go, came;     /* the state to run in, and the one that came of it */
static u32 came_vector, came_error;
static ucontext_t home;             /* of the test: registers to return to */
static const int greg[8] = { REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP, REG_RSI, REG_RDI };

static void enter(ucontext_t *uc)
{
    greg_t *r = uc->uc_mcontext.gregs;

    memcpy(home.uc_mcontext.gregs, r, sizeof(home.uc_mcontext.gregs));
    for (u8 n = 0; n < 8; n++)
        r[greg[n]] = go.gpr[n];
    r[REG_RIP] = go.eip - 1;
    r[REG_EFL] = go.eflags;
    memcpy(fx_home, uc->uc_mcontext.fpregs, FX_BYTES);
    memcpy(uc->uc_mcontext.fpregs, fx_start, FX_BYTES - FX_KERNEL);
    phase = INSIDE;
}

static void leave(ucontext_t *uc)
{
    greg_t *r = uc->uc_mcontext.gregs;

    for (u8 n = 0; n < 8; n++)
        came.gpr[n] = r[greg[n]];
    came.eip = r[REG_RIP];
    came.eflags = r[REG_EFL];
    came_vector = r[REG_TRAPNO];
    came_error = r[REG_ERR];
    memcpy(fx_after, uc->uc_mcontext.fpregs, FX_BYTES);
    memcpy(uc->uc_mcontext.fpregs, fx_home, FX_BYTES - FX_KERNEL);
    memcpy(r, home.uc_mcontext.gregs, sizeof(home.uc_mcontext.gregs));
    phase = IDLE;
}

static void on_signal(int number, siginfo_t *info, void *context)
{
    ucontext_t *uc = context;

    if (phase == ENTER) {
        enter(uc);
    } else if (phase == INSIDE) {
        leave(uc);
    } else if (!native_faulted(uc)) {
        signal(number, SIG_DFL);
    }
}

/* ---- cases -------------------------------------------------------------------------------------- */

/* What leaves user mode for the kernel, what the kernel emulates, what differs from one moment to the next. */
static bool left_out(const struct insn *i)
{
    switch (i->row->exec) {
    case EXEC_int: case EXEC_int1: case EXEC_int3: case EXEC_into: case EXEC_cpuid: case EXEC_rdtsc: case EXEC_rdtscp: case EXEC_rdpmc:
    case EXEC_random: case EXEC_sysenter: case EXEC_sysexit: case EXEC_loadall: case EXEC_vmcall: case EXEC_monitor:
    case EXEC_sgdt: case EXEC_sidt: case EXEC_sldt: case EXEC_str: case EXEC_smsw: case EXEC_xgetbv:
    case EXEC_fxsave: case EXEC_xsave: case EXEC_vex: case EXEC_vzero: case EXEC_ud: case EXEC_emms:
        return true;
    case EXEC_x87:   /* FNSTENV, FNSAVE show FIP */
        return modrm_reg(i) == 6 && (i->opcode == 0xD9 || i->opcode == 0xDD);
    }
    return false;
}

/* What 64-bit mode does otherwise. */
static bool differs_in_64bit(const struct insn *i)
{
    if (i->segment == X86_CS || i->segment == X86_FS || i->segment == X86_GS || i->adsize == 2 || (modrm_mod(i) == 0 && modrm_rm(i) == 5))
        return true;
    switch (i->row->exec) {
    case EXEC_push: case EXEC_pop: case EXEC_push_seg: case EXEC_pop_seg: case EXEC_pusha: case EXEC_popa: case EXEC_pushf: case EXEC_popf:
    case EXEC_enter: case EXEC_leave: case EXEC_call: case EXEC_call_rm: case EXEC_ret: case EXEC_jmp_rm: case EXEC_jmp_far: case EXEC_jmp_far_m:
    case EXEC_call_far: case EXEC_call_far_m: case EXEC_retf: case EXEC_iret: case EXEC_load_far: case EXEC_bound: case EXEC_arpl:
    case EXEC_mov_seg: case EXEC_mov_from_seg: case EXEC_lar: case EXEC_lsl: case EXEC_verr: case EXEC_verw: case EXEC_lldt: case EXEC_ltr:
    case EXEC_daa: case EXEC_das: case EXEC_aaa: case EXEC_aas: case EXEC_aam: case EXEC_aad: case EXEC_salc:
        return true;
    case EXEC_inc: case EXEC_dec:
        return i->opcode < 0x50;                                       /* REX */
    case EXEC_jmp: case EXEC_jcc: case EXEC_loop: case EXEC_jcxz:
        return i->opsize == 2 || i->rep;                               /* F2h makes this one's LOOPE another */
    case EXEC_alu:
        return i->opcode == 0x82;
    case EXEC_mov_from_cr: case EXEC_mov_to_cr:                          /* AMD's other encoding of CR8 */
        return i->lock;
    case EXEC_nop:                                                     /* 0F 0D of a register: Intel's and AMD's differ */
        return i->map == MAP_0F && i->opcode == 0x0D && modrm_mod(i) == 3;
    case EXEC_fence:                                                   /* of a user's memory */
        return modrm_mod(i) != 3;
    }
    return false;
}

/* Where the instruction lies in `memory`. */
static u32 code_at(const struct x86_cpu *cpu)
{
    return cpu->eip - ARENA;
}

static bool result_undefined(const struct insn *i, const struct x86_cpu *before)
{
    u8 exec = i->row->exec;

    /* FS and GS hold in 64-bit mode whatever prefix follows. */
    if (memchr(memory + code_at(before), 0x64, i->length) || memchr(memory + code_at(before), 0x65, i->length))
        return true;
    if (memchr(memory + code_at(before), REP_E, i->length) && memchr(memory + code_at(before), REP_NE, i->length))
        return true;
    return exec == EXEC_bswap ? i->size == 2 : (exec == EXEC_shld || exec == EXEC_shrd) && double_undefined(i, before) == EFLAGS_ARITHMETIC;
}

static u32 random_register(void)
{
    switch (below(4)) {
    case 0:
        return random_value();
    case 1:
        return below(64);
    default:
        return ARENA + below(ARENA_BYTES);
    }
}

static void random_state_of(struct x86_cpu *cpu)
{
    memset(cpu, 0, sizeof(*cpu));
    x86_reset(cpu);
    x86_features(cpu, &ops);
    cpu->cr0 = CR0_PE | CR0_ET | CR0_NE | CR0_MP;
    cpu->cr4 = CR4_OSFXSR | CR4_OSXMMEXCPT;
    cpu->cpl = 3;
    for (u8 n = 0; n < 8; n++)
        cpu->gpr[n] = random_register();
    if (below(3) == 0)
        cpu->gpr[X86_ECX] = below(40);
    cpu->eflags = EFLAGS_ONE | EFLAGS_IF | EFLAGS_TF | (random32() & (EFLAGS_ARITHMETIC | EFLAGS_DF));
    cpu->eip = ARENA + 1 + below(ARENA_BYTES - 32);
    cpu->seg[X86_LDTR].access = SEG_UNUSABLE;
    cpu->seg[X86_TR].access = SEG_UNUSABLE;
    for (u8 n = X86_ES; n <= X86_GS; n++)
        flat_segment(cpu, n, 3);
}

static void random_code(u8 *code)
{
    static const u8 prefix[] = { 0x26, 0x2E, 0x36, 0x3E, 0x66, 0x66, 0x66, 0xF2, 0xF3, 0xF0 };
    u32 n = 0;

    while (n < 3 && below(3) == 0)
        code[n++] = prefix[below(ARRAY_SIZE(prefix))];
    if (below(3) == 0)
        code[n++] = 0x0F;
    while (n < 16)
        code[n++] = below(8) ? random32() : 0;
}

static bool complain(const struct x86_cpu *before, const char *what, u32 ours, u32 theirs)
{
    print_error("%08x, code", before->eip);
    for (u8 n = 0; n < 15; n++)
        print_error(" %02x", memory[code_at(before) + n]);
    print_error(": %s: %08x, processor %08x\n  before: eflags %08x", what, ours, theirs, before->eflags);
    for (u8 n = 0; n < 8; n++)
        print_error(" %08x", before->gpr[n]);
    print_error("\n");
    return false;
}

static bool same(const struct x86_cpu *before, const char *what, u32 ours, u32 theirs)
{
    return ours == theirs || complain(before, what, ours, theirs);
}

static bool same_registers(const struct x86_cpu *before, const struct x86_cpu *cpu, u32 undefined)
{
    static const char *const name[8] = { "eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi" };
    u32 mask = ~(undefined | EFLAGS_RF);
    u32 stayed = came.eip == before->eip - 1 && cpu->eip == before->eip;   /* on the 67h before it */
    bool good = same(before, "eip", cpu->eip, came.eip + stayed);

    for (u8 n = 0; n < 8; n++)
        good &= same(before, name[n], cpu->gpr[n], came.gpr[n]);
    return good & same(before, "eflags", cpu->eflags & mask, came.eflags & mask);
}

static bool same_memory(const struct x86_cpu *before)
{
    bool good = true;

    for (u32 n = 0; n < ARENA_BYTES && good && memcmp(memory + (n & ~0xFFFu), arena + (n & ~0xFFFu), 0x1000); n++)
        if (memory[n] != arena[n]) {
            print_error("at %04x ", n);
            good = same(before, "memory", memory[n], arena[n]);
        }
    return good;
}

static bool same_fx(const struct x86_cpu *before)
{
    bool good = true;

    for (u32 n = 0; n < FX_BYTES - FX_RESERVED && good; n++)
        if (n < FX_POINTERS || n >= FX_POINTERS_END)
            good = same(before, "x87/SSE state", guest_state[n], fx_after[n]);
    return good;
}

/* Memory as it was on both sides. */
static void restore(const u8 *original)
{
    for (u32 page = 0; page < ARENA_BYTES >> 12; page++) {
        memcpy(memory + (page << 12), original + (page << 12), 0x1000);
        memcpy(arena + (page << 12), original + (page << 12), 0x1000);
    }
}

/* false: they differ. */
static bool one_case(u32 *compared, const u8 *original)
{
    struct x86_cpu before, cpu;
    struct insn i;
    u8 code[16];
    u32 vector, undefined;
    bool good;

    random_state_of(&cpu);
    random_code(code);
    memory[code_at(&cpu) - 1] = ADDRESS32;
    memcpy(memory + code_at(&cpu), code, 16);
    insn_start(&i, &cpu, &ops);
    decode(&i);
    if (!i.row || (faulted(&i) && i.fault != VECTOR_UD) || left_out(&i) || differs_in_64bit(&i))
        goto skipped;
    if (i.length < 16)
        memset(memory + code_at(&cpu) + i.length, 0x90, 16 - i.length);
    before = go = cpu;
    memcpy(arena, memory, ARENA_BYTES);
    memcpy(guest_state, fx_start, FX_BYTES);
    outside = false;
    x86_step(&cpu, &ops);
    vector = cpu.event.vector;
    if (i.row->exec == EXEC_maskmov && before.gpr[X86_EDI] - ARENA > ARENA_BYTES - 16)
        outside = true;                                                /* it need not be touched, and may be */
    if (outside || result_undefined(&i, &before))
        goto skipped;
    undefined = undefined_flags(&i, &before);
    phase = ENTER;
    asm volatile("int3" ::: "memory");
    ++*compared;
    good = same(&before, "vector", vector, came_vector);
    if (good && vector != VECTOR_DB && cpu.event.has_error)
        good = same(&before, "error code", cpu.event.error, came_error);
    if (good)
        good = same_registers(&before, &cpu, vector == VECTOR_DB ? undefined : 0) & same_memory(&before) & same_fx(&before);
    restore(original);
    return good;
skipped:
    memcpy(memory, original, ARENA_BYTES);
    return true;
}

static void test_silicon(void **state)
{
    static u8 original[ARENA_BYTES];
    u32 compared = 0, bad = 0, cases = cases_wanted(CASES);

    print_message("seed %llu\n", random_seed());
    for (u32 n = 0; n < ARENA_BYTES; n++)
        original[n] = below(4) ? random32() : 0;
    restore(original);
    catch_signals(on_signal);
    for (u32 n = 0; n < cases && bad < 20; n++)
        bad += !one_case(&compared, original);
    print_message("%u cases, %u compared, %u differ\n", cases, compared, bad);
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_silicon) };

    asm volatile("fninit; fxsave %0" : "=m"(fx_start) :: "memory");
    for (u32 n = 160; n < 160 + 128; n++)
        fx_start[n] = n * 37;
    host_prepare();
    assert_true(mmap(arena, ARENA_BYTES, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == arena);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
