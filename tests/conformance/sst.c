/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sst 8086|286 FILE.MOO.gz...: runs the SingleStepTests (github.com/SingleStepTests) that were captured from those
 * processors through x86/, one line a file that differs, the sum by reason at the end. docs/conformance.md has the
 * results. The MOO format: chunks of a four-letter tag, a length and that many bytes; a TEST holds chunks itself.
 */
#include "../host/x86_test.h"

enum { AX, BX, CX, DX, CS, SS, DS, ES, SP, BP, SI, DI, IP, FLAGS, REGS };

struct reg_place { u8 kind, number; };   /* 'g' general, 's' segment */
static const struct reg_place places[] = {
    { 'g', X86_EAX }, { 'g', X86_EBX }, { 'g', X86_ECX }, { 'g', X86_EDX }, { 's', X86_CS }, { 's', X86_SS }, { 's', X86_DS }, { 's', X86_ES },
    { 'g', X86_ESP }, { 'g', X86_EBP }, { 'g', X86_ESI }, { 'g', X86_EDI },
};

struct ram { const u8 *entries; u32 count; };   /* entries of u32 address, u8 value */

struct state {
    u16 reg[REGS];
    u16 given;          /* bit n: reg[n] is there */
    struct ram ram;
};

struct test {
    struct state initial, final;
    const char *name;
    u32 name_length;
    bool excepted;
    u8 vector;
};

/* Why a case differs; the first that fits. */
enum reason { PASSED, FLAGS_HIGH, LENGTH_10, LOCK_FREE, STACK_13, STRING_286, POP_286, SEGMENT_386, NEW_FAULT, NEW_OPCODE, SHIFT_COUNT, PUSH_SP, IDIV_EDGE, DECIMAL, IDIV_286, UNEXPLAINED, REASONS };
static const char *const reason_name[] = {
    "passed", "passed but for FLAGS 12-15", "286: more than 10 bytes fault", "LOCK is #UD since the 386 where it has no meaning",
    "286: stack beyond FFFF is #GP, since the 386 #SS",
    "286: a string instruction that faults has moved its registers", "286: POP of memory that faults has moved SP", "286: FS and GS are #UD", "8086: no faults, offsets wrap",
    "8086: another instruction or none at this opcode", "8086: shift counts are not masked", "8086: PUSH SP pushes the new SP",
    "8086: IDIV, AAM and #DE of its own",
    "8086: DAA, DAS, AAA, AAS of their own", "286: an overflow of IDIV without #DE", "unexplained",
};
static u64 counts[REASONS];
static bool is_8086;

static u32 get32(const u8 *p)
{
    return p[0] | p[1] << 8 | p[2] << 16 | (u32)p[3] << 24;
}

static u8 *sst_ram(struct x86_cpu *cpu, paddr at, bool write)
{
    return test_ram(cpu, is_8086 ? at & 0xFFFFF : at, write);
}

static u32 sst_in(struct x86_cpu *cpu, u16 port, u8 bytes)
{
    return 0xFFFFFFFF;
}

/* No coprocessor: ESC does nothing. */
static int sst_native(struct x86_cpu *cpu, struct x86_native *n)
{
    return X86_NATIVE_DONE;
}

static const struct x86_ops sst_ops = { .ram = sst_ram, .in = sst_in, .out = test_out, .native = sst_native };

/* ---- reading ---------------------------------------------------------------------------- */

static void read_state(const u8 *p, const u8 *end, struct state *s)
{
    memset(s, 0, sizeof(*s));
    while (p < end) {
        u32 length = get32(p + 4);
        const u8 *body = p + 8;

        if (!memcmp(p, "REGS", 4)) {
            const u8 *value = body + 2;

            s->given = body[0] | body[1] << 8;
            for (u8 n = 0; n < REGS; n++)
                if (s->given >> n & 1) {
                    s->reg[n] = value[0] | value[1] << 8;
                    value += 2;
                }
        } else if (!memcmp(p, "RAM ", 4)) {
            s->ram = (struct ram){ body + 4, get32(body) };
        }
        p = body + length;
    }
}

static void read_test(const u8 *p, const u8 *end, struct test *t)
{
    memset(t, 0, sizeof(*t));
    while (p < end) {
        u32 length = get32(p + 4);
        const u8 *body = p + 8;

        if (!memcmp(p, "NAME", 4)) {
            t->name_length = get32(body);
            t->name = (const char *)body + 4;
        } else if (!memcmp(p, "INIT", 4)) {
            read_state(body, body + length, &t->initial);
        } else if (!memcmp(p, "FINA", 4)) {
            read_state(body, body + length, &t->final);
        } else if (!memcmp(p, "EXCP", 4)) {
            t->excepted = true;
            t->vector = body[0];
        }
        p = body + length;
    }
}

/* ---- running ---------------------------------------------------------------------------- */

static u32 place(u32 at)
{
    return is_8086 ? at & 0xFFFFF : at & (MEMORY_BYTES - 1);
}

static void set_up(const struct state *s, struct x86_cpu *cpu)
{
    x86_reset(cpu);
    for (u8 n = X86_ES; n <= X86_GS; n++)
        real_segment(cpu, n, 0);
    for (u8 n = 0; n < ARRAY_SIZE(places); n++) {
        if (places[n].kind == 'g')
            cpu->gpr[places[n].number] = s->reg[n];
        else
            real_segment(cpu, places[n].number, s->reg[n]);
    }
    cpu->eip = s->reg[IP];
    /* TF belongs to the next instruction, which a test does not have. */
    cpu->eflags = (s->reg[FLAGS] & 0xED5) | EFLAGS_ONE;
    cpu->idtr.limit = 0x3FF;
    for (u32 n = 0; n < s->ram.count; n++)
        memory[place(get32(s->ram.entries + 5 * n))] = s->ram.entries[5 * n + 4];
}

static u16 expected(const struct test *t, u8 n)
{
    return t->final.given >> n & 1 ? t->final.reg[n] : t->initial.reg[n];
}

/* 8086 tests end after the instruction, 286 tests after the HLT that follows it. */
static bool registers_agree(const struct test *t, const struct x86_cpu *cpu, u32 undefined, bool halted, bool *high)
{
    u16 flags = expected(t, FLAGS);
    bool good = (u16)(cpu->eip + !(is_8086 || halted)) == expected(t, IP);

    for (u8 n = 0; n < ARRAY_SIZE(places); n++) {
        u32 value = places[n].kind == 'g' ? cpu->gpr[places[n].number] : cpu->seg[places[n].number].selector;

        good &= (u16)value == expected(t, n);
    }
    *high |= (cpu->eflags ^ flags) & 0xF000;
    return good && !((cpu->eflags ^ flags) & 0xED5 & ~undefined);
}

/* Memory after the test. In the FLAGS that a fault or INT pushed, undefined bits and 15-12 may differ. */
static bool memory_agrees(const struct test *t, const struct x86_cpu *cpu, u32 undefined, bool pushes_flags, bool *high)
{
    u32 flags_at = place(cpu->seg[X86_SS].base + ((cpu->gpr[X86_ESP] + (t->excepted ? 4 : 0)) & 0xFFFF));

    for (u32 n = 0; n < t->final.ram.count; n++) {
        u32 at = place(get32(t->final.ram.entries + 5 * n));
        u8 difference = memory[at] ^ t->final.ram.entries[5 * n + 4];

        if (t->excepted && at == flags_at)
            difference &= ~undefined;
        if (t->excepted && at == flags_at + 1)
            difference &= ~(undefined >> 8);
        if (pushes_flags && difference && !(difference & 0x0F)) {
            *high = true;
            continue;
        }
        if (difference)
            return false;
    }
    return true;
}

static enum reason reason_8086(const struct insn *i, const struct x86_cpu *before, bool fault)
{
    u8 op = i->opcode;

    if ((op >= 0x60 && op < 0x70) || op == 0xC0 || op == 0xC1 || op == 0xC8 || op == 0xC9 || op == 0x0F || i->map != MAP_ONE ||
        i->opsize == 4 || i->adsize == 4 || i->segment == X86_FS || i->segment == X86_GS || op == 0x8C || op == 0x8E || (op >= 0xD8 && op < 0xE0) || op == 0xF0 || op == 0xF1 || op == 0x9B || i->row->exec == EXEC_ud)
        return NEW_OPCODE;
    if (i->row->exec == EXEC_idiv || i->row->exec == EXEC_div || i->row->exec == EXEC_aam)
        return IDIV_EDGE;
    if (op == 0x27 || op == 0x2F || op == 0x37 || op == 0x3F)
        return DECIMAL;
    if (op == 0x54 || (op == 0xFF && i->modrm == 0xF4))
        return PUSH_SP;
    if (i->row->exec == EXEC_shift && (modrm_reg(i) == 6 || (op >= 0xD2 && (before->gpr[X86_ECX] & 0xFF) > 31)))
        return modrm_reg(i) == 6 ? NEW_OPCODE : SHIFT_COUNT;
    /* Among several prefixes only the last segment is left in `i`. */
    if (memchr(memory + place(before->seg[X86_CS].base + before->eip), 0x64, i->length) ||
        memchr(memory + place(before->seg[X86_CS].base + before->eip), 0x65, i->length))
        return NEW_OPCODE;
    return fault ? NEW_FAULT : UNEXPLAINED;
}

static enum reason run_case(const struct test *t)
{
    struct x86_cpu cpu, before;
    struct insn i;
    u32 undefined;
    enum x86_result result;
    u8 vector = NO_FAULT;
    bool high = false, fault = false, pushes, good;
    u8 exec;

    memset(&cpu, 0, sizeof(cpu));
    set_up(&t->initial, &cpu);
    before = cpu;
    insn_start(&i, &cpu, &sst_ops);
    decode(&i);
    exec = i.row ? i.row->exec : EXEC_ud;
    i.fault = NO_FAULT;
    do {
        result = x86_step(&cpu, &sst_ops);
    } while (result == X86_REP);
    undefined = undefined_flags(&i, &before);
    if (result == X86_EXCEPTION) {
        struct x86_event event = cpu.event;

        fault = true;
        vector = event.vector;
        if (vector == VECTOR_DE)
            undefined = EFLAGS_ARITHMETIC;
        x86_interrupt(&cpu, &sst_ops, &event);
    }
    pushes = exec == EXEC_pushf || exec == EXEC_int || exec == EXEC_int3 || exec == EXEC_into || fault;
    good = registers_agree(t, &cpu, undefined, result == X86_HALT, &high);
    good &= memory_agrees(t, &cpu, undefined, pushes, &high);
    if (good)
        return high ? FLAGS_HIGH : PASSED;
    /* LOCK INT 6 ends at the handler of #UD either way. */
    if (i.lock && fault && before.eip == i.eip && cpu.event.vector == VECTOR_UD && (exec == EXEC_int || !(t->excepted && t->vector == VECTOR_UD)))
        return LOCK_FREE;
    if (fault && vector == VECTOR_SS && t->excepted && t->vector == VECTOR_GP)
        return STACK_13;
    if (is_8086)
        return reason_8086(&i, &before, fault);
    if (t->excepted && t->vector == vector && exec >= EXEC_movs && exec <= EXEC_outs)
        return STRING_286;
    if (t->excepted && t->vector == vector && exec == EXEC_pop)
        return POP_286;
    if (t->excepted && (exec == EXEC_mov_seg || exec == EXEC_mov_from_seg) && modrm_reg(&i) > X86_DS)
        return SEGMENT_386;
    if (exec == EXEC_idiv && fault && !t->excepted)
        return IDIV_286;
    return t->excepted && i.length > 10 ? LENGTH_10 : UNEXPLAINED;
}

static void print_test(const struct test *t)
{
    struct x86_cpu cpu;
    struct x86_event event;
    enum x86_result result;

    memset(&cpu, 0, sizeof(cpu));
    set_up(&t->initial, &cpu);
    do
        result = x86_step(&cpu, &sst_ops);
    while (result == X86_REP);
    event = cpu.event;
    if (result == X86_EXCEPTION)
        x86_interrupt(&cpu, &sst_ops, &event);
    printf("    %.*s: ours %s %d, theirs %s %d\n", (int)t->name_length, t->name, result == X86_EXCEPTION ? "exception" : "result",
           result == X86_EXCEPTION ? event.vector : (int)result, t->excepted ? "exception" : "-", t->vector);
    for (u8 n = 0; n < ARRAY_SIZE(places); n++) {
        u32 value = places[n].kind == 'g' ? cpu.gpr[places[n].number] : cpu.seg[places[n].number].selector;

        if ((u16)value != expected(t, n))
            printf("      %c%d: before %04x ours %04x theirs %04x\n", places[n].kind, places[n].number, t->initial.reg[n], value & 0xFFFF, expected(t, n));
    }
    printf("      ip before %04x ours %04x theirs %04x, flags before %04x ours %04x theirs %04x\n", t->initial.reg[IP], cpu.eip, expected(t, IP),
           t->initial.reg[FLAGS], cpu.eflags & 0xFFFF, expected(t, FLAGS));
    for (u32 n = 0; n < t->final.ram.count; n++) {
        u32 at = get32(t->final.ram.entries + 5 * n);

        if (memory[place(at)] != t->final.ram.entries[5 * n + 4])
            printf("      [%06x]: ours %02x theirs %02x\n", at, memory[place(at)], t->final.ram.entries[5 * n + 4]);
    }
}

static u8 *read_file(const char *path, u32 *bytes)
{
    static u8 data[64 << 20];
    char command[512];
    FILE *f;

    snprintf(command, sizeof(command), "zcat '%s'", path);
    f = popen(command, "r");
    *bytes = f ? fread(data, 1, sizeof(data), f) : 0;
    if (f)
        pclose(f);
    return data;
}

static void run_file(const char *path)
{
    u64 local[REASONS] = { 0 };
    u32 bytes, shown = 0;
    u8 *data = read_file(path, &bytes), *p = data + 8 + get32(data + 4);

    while (p + 8 <= data + bytes) {
        u32 length = get32(p + 4);

        if (!memcmp(p, "TEST", 4)) {
            struct test t;
            enum reason reason;

            read_test(p + 12, p + 8 + length, &t);
            reason = run_case(&t);
            local[reason]++;
            counts[reason]++;
            if (reason == UNEXPLAINED && shown++ < 2)
                print_test(&t);
        }
        p += 8 + length;
    }
    if (local[UNEXPLAINED])
        printf("%s: %llu unexplained of %llu\n", strrchr(path, '/') ? strrchr(path, '/') + 1 : path, local[UNEXPLAINED],
               local[UNEXPLAINED] + local[PASSED] + local[FLAGS_HIGH]);
}

int main(int argc, char **argv)
{
    if (argc < 3 || (strcmp(argv[1], "8086") && strcmp(argv[1], "286"))) {
        fprintf(stderr, "usage: sst 8086|286 FILE.MOO.gz...\n");
        return 1;
    }
    is_8086 = !strcmp(argv[1], "8086");
    for (int n = 2; n < argc; n++)
        run_file(argv[n]);
    for (u8 n = 0; n < REASONS; n++)
        if (counts[n])
            printf("%10llu %s\n", counts[n], reason_name[n]);
    return counts[UNEXPLAINED] != 0;
}
