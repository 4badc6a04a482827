/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * String instructions. A REP is restartable after every element: registers are checkpointed as it goes. Runs within a page
 * are done at once; the rest goes by elements, BURST at a time, so that interrupts get in.
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

/* How many elements lie from `offset`, at `linear`, in the direction of DF, up to the end of page and segment. */
static u32 elements(const struct insn *i, const struct x86_segment *s, u32 offset, u32 linear)
{
    u32 in_page = linear & 0xFFF, room;

    if (i->flags & EFLAGS_DF)
        return in_page + i->size > 0x1000 ? 0 : MIN(offset, in_page) / i->size + 1;
    room = MIN(segment_room(s, offset), 0x1000 - in_page);
    return (i->adsize == 2 ? MIN(room, 0x10000 - offset) : room) / i->size;
}

/* Host address of segment:register; *count (in: at most) becomes the number of elements that lie there. NULL: go by elements. */
static u8 *span(struct insn *i, u8 segment, u8 reg, u8 access, u32 *count)
{
    const struct x86_segment *s = &i->cpu->seg[segment];
    u32 offset = offset_of(i, reg), linear = s->base + offset;

    *count = MIN(*count, elements(i, s, offset, linear));
    if (*count < 2 || i->cpu->dr[7] & DR7_ENABLED || (i->flags & EFLAGS_DF && s->access & SEG_EXPAND_DOWN) ||
        !segment_check(i, segment, offset, i->size, access))
        return NULL;
    return reach(i, linear, access | i->user);
}

static u8 *source_span(struct insn *i, u32 *count)
{
    return span(i, source_segment(i), X86_ESI, 0, count);
}

static u8 *destination_span(struct insn *i, u8 access, u32 *count)
{
    return span(i, X86_ES, X86_EDI, access, count);
}

/* The host's own string instruction, so that overlaps and devices see the same elements. Leaves in `left` how many it did not do. */
#define HOST_STRING(insn) \
    asm volatile("test %b[down], %b[down]; jz 1f; std; 1: " insn "; cld" \
                 : "+D"(to), "+S"(from), "+c"(left), "+a"(value) : [down] "q"(down) : "memory", "cc")
#define HOST_STRING_SIZES(insn) do { \
        bool down = (i->flags & EFLAGS_DF) != 0; \
        if (i->size == 4) \
            HOST_STRING(insn "l"); \
        else if (i->size == 2) \
            HOST_STRING(insn "w"); \
        else \
            HOST_STRING(insn "b"); \
    } while (0)

static u32 run_movs(struct insn *i, u32 count)
{
    u8 *from = source_span(i, &count), *to = from ? destination_span(i, X86_WRITE, &count) : NULL;
    usize left = count, value = 0;

    if (!to)
        return 0;
    HOST_STRING_SIZES("rep movs");
    advance(i, X86_ESI, count);
    advance(i, X86_EDI, count);
    return count;
}

static u32 run_stos(struct insn *i, u32 count)
{
    u8 *from = NULL, *to = destination_span(i, X86_WRITE, &count);
    usize left = count, value = i->cpu->gpr[X86_EAX];

    if (!to)
        return 0;
    HOST_STRING_SIZES("rep stos");
    advance(i, X86_EDI, count);
    return count;
}

/* The element that ended a run of comparisons gives the flags. */
static u32 element_before(const struct insn *i, const u8 *p)
{
    const u8 *at = i->flags & EFLAGS_DF ? p + i->size : p - i->size;

    return i->size == 4 ? ((const struct any32 *)at)->v : i->size == 2 ? ((const struct any16 *)at)->v : *at;
}

static u32 run_cmps(struct insn *i, u32 count)
{
    u8 *from = source_span(i, &count), *to = from ? destination_span(i, 0, &count) : NULL;
    usize left = count, value = 0;

    if (!to)
        return 0;
    if (i->rep == REP_E)
        HOST_STRING_SIZES("repe cmps");
    else
        HOST_STRING_SIZES("repne cmps");
    alu(i, ALU_CMP, element_before(i, from), element_before(i, to), i->size);
    advance(i, X86_ESI, count - left);
    advance(i, X86_EDI, count - left);
    return count - left;
}

static u32 run_scas(struct insn *i, u32 count)
{
    u8 *from = NULL, *to = destination_span(i, 0, &count);
    usize left = count, value = i->cpu->gpr[X86_EAX];

    if (!to)
        return 0;
    if (i->rep == REP_E)
        HOST_STRING_SIZES("repe scas");
    else
        HOST_STRING_SIZES("repne scas");
    alu(i, ALU_CMP, i->cpu->gpr[X86_EAX], element_before(i, to), i->size);
    advance(i, X86_EDI, count - left);
    return count - left;
}

static u32 run_ins(struct insn *i, u32 count)
{
    u8 *to = i->ops->ins && !(i->flags & EFLAGS_DF) ? destination_span(i, X86_WRITE, &count) : NULL;

    if (!to)
        return 0;
    i->ops->ins(i->cpu, i->cpu->gpr[X86_EDX], to, count, i->size);
    advance(i, X86_EDI, count);
    return count;
}

static u32 run_outs(struct insn *i, u32 count)
{
    u8 *from = i->ops->outs && !(i->flags & EFLAGS_DF) ? source_span(i, &count) : NULL;

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

    if (s->run && !i->debug)
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
    u32 burst = BURST;

    if (!i->rep) {
        s->one(i);
        return;
    }
    while (count_of(i)) {
        if (!burst-- || (i->debug && burst != BURST - 1)) {
            i->next = i->eip;
            i->flags |= EFLAGS_RF;   /* it has been begun: no instruction breakpoint again */
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
    string(i, &(const struct string){ one_cmps, run_cmps, true });
}

void exec_scas(struct insn *i)
{
    string(i, &(const struct string){ one_scas, run_scas, true });
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
