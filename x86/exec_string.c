/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * String instructions. A REP is restartable after every element: registers are checkpointed as it goes. Upward runs
 * within a page are moved at once; the rest goes by elements, BURST at a time, so that interrupts get in.
 */
#include "exec.h"

#define BURST 256   /* elements between two looks for interrupts */

static u8 source_segment(const struct insn *i)
{
    return i->segment != NO_SEGMENT ? i->segment : X86_DS;
}

static u32 offset_of(const struct insn *i, u8 reg)
{
    return i->cpu->gpr[reg] & size_mask(i->adsize);
}

/* Move ESI or EDI past `count` elements. */
static void advance(struct insn *i, u8 reg, u32 count)
{
    u32 bytes = count * i->size;

    reg_put(i->cpu, reg, size_mask(i->adsize), i->cpu->gpr[reg] + (i->flags & EFLAGS_DF ? -bytes : bytes));
}

/* ---- runs: many elements behind one host pointer ---------------------------------------------- */

/* Host address of segment:register and, in *count, how many elements lie there (at most *count); NULL: go by elements. */
static u8 *span(struct insn *i, u8 segment, u8 reg, u8 access, u32 *count)
{
    const struct x86_segment *s = &i->cpu->seg[segment];
    u32 offset = offset_of(i, reg), linear = s->base + offset;
    u32 room = MIN(segment_room(s, offset), 0x1000 - (linear & 0xFFF));

    if (i->adsize == 2)
        room = MIN(room, 0x10000 - offset);
    *count = MIN(*count, room / i->size);
    if (*count < 2 || i->flags & EFLAGS_DF || !segment_check(i, segment, offset, i->size, access))
        return NULL;
    return reach(i, linear, access | i->user);
}

/* The host's own string instruction, so that overlaps and devices see the same elements. */
static void host_movs(u8 *to, const u8 *from, u32 count, u8 size)
{
    usize n = count;

    if (size == 4)
        asm volatile("rep movsl" : "+D"(to), "+S"(from), "+c"(n) :: "memory");
    else if (size == 2)
        asm volatile("rep movsw" : "+D"(to), "+S"(from), "+c"(n) :: "memory");
    else
        asm volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(n) :: "memory");
}

static void host_stos(u8 *to, u32 value, u32 count, u8 size)
{
    usize n = count;

    if (size == 4)
        asm volatile("rep stosl" : "+D"(to), "+c"(n) : "a"(value) : "memory");
    else if (size == 2)
        asm volatile("rep stosw" : "+D"(to), "+c"(n) : "a"(value) : "memory");
    else
        asm volatile("rep stosb" : "+D"(to), "+c"(n) : "a"(value) : "memory");
}

static u32 run_movs(struct insn *i, u32 count)
{
    u8 *from = span(i, source_segment(i), X86_ESI, 0, &count);
    u8 *to = from ? span(i, X86_ES, X86_EDI, X86_WRITE, &count) : NULL;

    if (!to)
        return 0;
    host_movs(to, from, count, i->size);
    advance(i, X86_ESI, count);
    advance(i, X86_EDI, count);
    return count;
}

static u32 run_stos(struct insn *i, u32 count)
{
    u8 *to = span(i, X86_ES, X86_EDI, X86_WRITE, &count);

    if (!to)
        return 0;
    host_stos(to, i->cpu->gpr[X86_EAX], count, i->size);
    advance(i, X86_EDI, count);
    return count;
}

static u32 run_ins(struct insn *i, u32 count)
{
    u8 *to = i->ops->ins ? span(i, X86_ES, X86_EDI, X86_WRITE, &count) : NULL;

    if (!to)
        return 0;
    i->ops->ins(i->cpu, i->cpu->gpr[X86_EDX], to, count, i->size);
    advance(i, X86_EDI, count);
    return count;
}

static u32 run_outs(struct insn *i, u32 count)
{
    u8 *from = i->ops->outs ? span(i, source_segment(i), X86_ESI, 0, &count) : NULL;

    if (!from)
        return 0;
    i->ops->outs(i->cpu, i->cpu->gpr[X86_EDX], from, count, i->size);
    advance(i, X86_ESI, count);
    return count;
}

/* ---- elements --------------------------------------------------------------------------------- */

static u32 load_source(struct insn *i)
{
    return load(i, source_segment(i), offset_of(i, X86_ESI), i->size, 0);
}

static u32 load_destination(struct insn *i)
{
    return load(i, X86_ES, offset_of(i, X86_EDI), i->size, 0);
}

static void store_destination(struct insn *i, u32 value)
{
    store(i, X86_ES, offset_of(i, X86_EDI), value, i->size);
    advance(i, X86_EDI, 1);
}

static void one_movs(struct insn *i)
{
    store_destination(i, load_source(i));
    advance(i, X86_ESI, 1);
}

static void one_stos(struct insn *i)
{
    store_destination(i, i->cpu->gpr[X86_EAX]);
}

static void one_lods(struct insn *i)
{
    reg_write(i->cpu, X86_EAX, i->size, load_source(i));
    advance(i, X86_ESI, 1);
}

static void one_cmps(struct insn *i)
{
    u32 source = load_source(i);

    alu(i, ALU_CMP, source, load_destination(i), i->size);
    advance(i, X86_ESI, 1);
    advance(i, X86_EDI, 1);
}

static void one_scas(struct insn *i)
{
    alu(i, ALU_CMP, i->cpu->gpr[X86_EAX], load_destination(i), i->size);
    advance(i, X86_EDI, 1);
}

/* The port is read only when the value can be stored. */
static void one_ins(struct insn *i)
{
    u32 offset = offset_of(i, X86_EDI);
    u32 linear = i->cpu->seg[X86_ES].base + offset;

    if (segment_check(i, X86_ES, offset, i->size, X86_WRITE) && probe(i, linear, i->size, X86_WRITE | i->user))
        store_destination(i, i->ops->in(i->cpu, i->cpu->gpr[X86_EDX], i->size));
}

static void one_outs(struct insn *i)
{
    u32 value = load_source(i);

    if (!faulted(i))
        i->ops->out(i->cpu, i->cpu->gpr[X86_EDX], value, i->size);
    advance(i, X86_ESI, 1);
}

/* ---- repetition ------------------------------------------------------------------------------- */

struct string {
    void (*one)(struct insn *i);
    u32 (*run)(struct insn *i, u32 count);  /* how many it did; 0: none; or NULL */
    bool compares;                          /* REPE and REPNE look at ZF */
};

static void checkpoint(struct insn *i)
{
    i->saved[X86_EAX] = i->cpu->gpr[X86_EAX];
    i->saved[X86_ECX] = i->cpu->gpr[X86_ECX];
    i->saved[X86_ESI] = i->cpu->gpr[X86_ESI];
    i->saved[X86_EDI] = i->cpu->gpr[X86_EDI];
}

static u32 count_of(const struct insn *i)
{
    return i->cpu->gpr[X86_ECX] & size_mask(i->adsize);
}

/* One element or one run; false: ZF or a fault ended it. */
static bool repeat_once(struct insn *i, const struct string *s)
{
    u32 done = 0;

    if (s->run && !(i->flags & EFLAGS_TF))
        done = s->run(i, count_of(i));
    if (faulted(i))
        return false;
    if (!done) {
        s->one(i);
        done = 1;
    }
    if (faulted(i))
        return false;
    reg_put(i->cpu, X86_ECX, size_mask(i->adsize), i->cpu->gpr[X86_ECX] - done);
    checkpoint(i);
    return !s->compares || !(i->flags & EFLAGS_ZF) == (i->rep == REP_NE);
}

static void string(struct insn *i, const struct string *s)
{
    u32 burst = i->flags & EFLAGS_TF ? 1 : BURST;

    if (!i->rep) {
        s->one(i);
        return;
    }
    while (count_of(i)) {
        if (!burst--) {
            i->next = i->eip;
            i->result = X86_REP;
            return;
        }
        if (!repeat_once(i, s))
            return;
    }
}

void exec_movs(struct insn *i)
{
    string(i, &(const struct string){ one_movs, run_movs, false });
}

void exec_stos(struct insn *i)
{
    string(i, &(const struct string){ one_stos, run_stos, false });
}

void exec_lods(struct insn *i)
{
    string(i, &(const struct string){ one_lods, NULL, false });
}

void exec_cmps(struct insn *i)
{
    string(i, &(const struct string){ one_cmps, NULL, true });
}

void exec_scas(struct insn *i)
{
    string(i, &(const struct string){ one_scas, NULL, true });
}

void exec_ins(struct insn *i)
{
    if (port_allowed(i, i->cpu->gpr[X86_EDX], i->size))
        string(i, &(const struct string){ one_ins, run_ins, false });
}

void exec_outs(struct insn *i)
{
    if (port_allowed(i, i->cpu->gpr[X86_EDX], i->size))
        string(i, &(const struct string){ one_outs, run_outs, false });
}
