/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libFuzzer's target for x86/: the input is a processor's state and memory; up to STEPS instructions run in it, faults and
 * interrupts delivered. The sanitizers and the invariants below say what is wrong. `make fuzz` runs it with clang,
 * tests/host/x86_fuzz.c with random inputs of a fixed seed.
 */
#include "insn.h"

#define FUZZ_MEMORY 0x10000u
#define STEPS       48

int LLVMFuzzerTestOneInput(const u8 *data, usize size);

static u8 fuzz_memory[FUZZ_MEMORY];
static u32 sum;     /* of what the ports got */

static void demand(bool invariant)
{
    if (!invariant)
        __builtin_trap();
}

static u8 *fuzz_ram(struct x86_cpu *cpu, paddr at, bool write)
{
    return at < FUZZ_MEMORY ? fuzz_memory + at : NULL;
}

static u32 fuzz_read(struct x86_cpu *cpu, paddr at, u8 bytes)
{
    demand(bytes == 1 || bytes == 2 || bytes == 4);
    demand((at & 0xFFF) + bytes <= 0x1000);
    return (u32)at * 0x9E3779B9u;
}

static void fuzz_write(struct x86_cpu *cpu, paddr at, u32 value, u8 bytes)
{
    demand((at & 0xFFF) + bytes <= 0x1000);
    sum += value;
}

static u32 fuzz_in(struct x86_cpu *cpu, u16 port, u8 bytes)
{
    return port * 0x9E3779B9u;
}

static void fuzz_out(struct x86_cpu *cpu, u16 port, u32 value, u8 bytes)
{
    sum += value;
}

static void fuzz_ins(struct x86_cpu *cpu, u16 port, void *to, u32 count, u8 bytes)
{
    __builtin_memset(to, port, count * bytes);
}

static void fuzz_outs(struct x86_cpu *cpu, u16 port, const void *from, u32 count, u8 bytes)
{
    for (u32 n = 0; n < count * bytes; n++)
        sum += ((const u8 *)from)[n];
}

static bool fuzz_rdmsr(struct x86_cpu *cpu, u32 index, u64 *value)
{
    *value = index;
    return index & 1;
}

static bool fuzz_wrmsr(struct x86_cpu *cpu, u32 index, u64 value)
{
    return index & 1;
}

static void fuzz_cpuid(struct x86_cpu *cpu, u32 r[4])
{
    r[1] = r[0] == 0x0D ? 832 : 0;
}

static u64 fuzz_tsc(struct x86_cpu *cpu)
{
    return sum;
}

static bool fuzz_random(struct x86_cpu *cpu, u32 *value)
{
    *value = sum;
    return sum & 1;
}

/* Touches its operand as the instruction might; faults as its last byte says. */
static int fuzz_native(struct x86_cpu *cpu, struct x86_native *n)
{
    static const u8 vectors[] = { VECTOR_UD, VECTOR_NM, VECTOR_GP, VECTOR_MF, VECTOR_XM };
    u8 last = n->code[n->length - 1];

    demand(n->length >= 1 && n->length < sizeof(n->code));
    if (n->base != X86_ESP)
        __builtin_memset(n->operand, last, n->bytes);
    return last & 7 ? X86_NATIVE_DONE : vectors[(last >> 3) % ARRAY_SIZE(vectors)];
}

static const struct x86_ops fuzz_ops = {
    .ram = fuzz_ram, .read = fuzz_read, .write = fuzz_write, .in = fuzz_in, .out = fuzz_out, .ins = fuzz_ins, .outs = fuzz_outs,
    .rdmsr = fuzz_rdmsr, .wrmsr = fuzz_wrmsr, .cpuid = fuzz_cpuid, .tsc = fuzz_tsc, .random = fuzz_random, .native = fuzz_native,
    .loadall286 = x86_loadall286, .loadall386 = x86_loadall386,
};

/* ---- a state from the input: values that the interpreter may rely on are made so --------------------- */

struct input { const u8 *data; usize left; };

static u32 take(struct input *in)
{
    u32 value = 0;

    for (u8 n = 0; n < 4 && in->left; n++, in->left--)
        value = value << 8 | *in->data++;
    return value;
}

static void take_segment(struct input *in, struct x86_segment *s)
{
    u32 mix = take(in);

    s->selector = mix & 0xFFFF;
    s->base = mix >> 31 ? take(in) : s->selector << 4;
    s->limit = mix >> 30 & 1 ? take(in) : 0xFFFF;
    s->access = take(in) & 0x1F0FF;
}

static void take_state(struct input *in, struct x86_cpu *cpu)
{
    __builtin_memset(cpu, 0, sizeof(*cpu));
    for (u8 n = 0; n < 8; n++)
        cpu->gpr[n] = take(in) >> (take(in) & 16);
    for (u8 n = 0; n < X86_SEGMENTS; n++)
        take_segment(in, &cpu->seg[n]);
    cpu->eip = take(in) & 0xFFFF;
    cpu->eflags = (take(in) & 0x3F7FD5) | EFLAGS_ONE;
    cpu->cr0 = take(in);
    cpu->cr3 = take(in) & 0xFFFF;
    cpu->cr4 = take(in);
    if (!(cpu->cr0 & CR0_PE)) {
        cpu->cr0 &= ~CR0_PG;
        cpu->eflags &= ~EFLAGS_VM;
    }
    cpu->cpl = cpu->eflags & EFLAGS_VM ? 3 : cpu->cr0 & CR0_PE ? take(in) & 3 : 0;
    cpu->dr[7] = take(in);
    cpu->dr[0] = take(in);
    cpu->gdtr = (struct x86_table){ take(in) & 0xFFFF, take(in) & 0xFFFF };
    cpu->idtr = (struct x86_table){ take(in) & 0xFFFF, take(in) & 0xFFFF };
    cpu->features = take(in);
    cpu->efer = take(in) & EFER_NXE;
}

/* What is left of the input, over and over. */
static void fill_memory(const struct input *in)
{
    u32 have = in->left < 16 ? 16 : in->left;

    __builtin_memset(fuzz_memory, 0x90, 16);
    __builtin_memcpy(fuzz_memory, in->data, in->left < FUZZ_MEMORY ? in->left : FUZZ_MEMORY);
    for (; have < FUZZ_MEMORY; have *= 2)
        __builtin_memcpy(fuzz_memory + have, fuzz_memory, have < FUZZ_MEMORY - have ? have : FUZZ_MEMORY - have);
}

static void check(const struct x86_cpu *cpu, enum x86_result result)
{
    demand(result <= X86_UNHANDLED && result != X86_EXCEPTION);
    demand(cpu->eflags & EFLAGS_ONE);
    demand(cpu->cpl <= 3);
    demand(result == X86_SHUTDOWN || cpu->cr0 & CR0_PE || !(cpu->cr0 & CR0_PG));
    for (u8 n = 0; n < X86_SEGMENTS; n++)
        demand(cpu->seg[n].selector <= 0xFFFF);
}

int LLVMFuzzerTestOneInput(const u8 *data, usize size)
{
    struct input in = { data, size };
    enum x86_result result = X86_DONE;
    struct x86_cpu cpu;

    take_state(&in, &cpu);
    fill_memory(&in);
    for (u32 n = 0; n < STEPS && result != X86_SHUTDOWN && result != X86_UNHANDLED; n++) {
        result = x86_execute(&cpu, &fuzz_ops);
        if (cpu.efer & EFER_LMA)
            break;
        check(&cpu, result);
    }
    return 0;
}
