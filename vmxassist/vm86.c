/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * When virtual-8086 mode can stand for the guest's real mode, and how its registers go there and back. A segment
 * whose limit is above 64 KiB ("big real mode") may stay: what reaches beyond traps, and the interpreter, which
 * knows the true limit, does that one instruction.
 */
#include "assist.h"

#define VM86_LIMIT          0xFFFF
#define VECTOR_TABLE_LIMIT  0x3FF

static bool base_fits(const struct x86_segment *s)
{
    return s->base == s->selector << 4;
}

static bool data_fits(const struct x86_segment *s)
{
    if (s->access & SEG_UNUSABLE)       /* null since protected mode: as good as selector 0 */
        return base_fits(s);
    return base_fits(s) && s->limit >= VM86_LIMIT && !(s->access & SEG_EXPAND_DOWN && !(s->access & SEG_CODE)) &&
           (s->access & SEG_P) && (s->access & SEG_WRITABLE);
}

static bool segments_fit(const struct x86_segment *seg)
{
    const struct x86_segment *cs = &seg[X86_CS], *ss = &seg[X86_SS];

    if (!base_fits(cs) || cs->limit < VM86_LIMIT || (cs->access & SEG_DB))
        return false;
    if (!data_fits(ss) || (ss->access & SEG_DB))
        return false;
    return data_fits(&seg[X86_DS]) && data_fits(&seg[X86_ES]) && data_fits(&seg[X86_FS]) && data_fits(&seg[X86_GS]);
}

/* Real mode loads bases of its own kind and leaves limits and rights alone: once the segments fit they go on fitting. */
bool vm86_able(struct processor *p)
{
    if (!p->segments_fit)
        p->segments_fit = segments_fit(p->cpu.seg);
    return p->segments_fit && p->cpu.eip <= VM86_LIMIT;
}

/* What VM86 loaded: base from the selector; limit and rights are what they were. */
static void read_segment(struct x86_segment *s, u32 selector)
{
    s->selector = selector & 0xFFFF;
    s->base = s->selector << 4;
}

void vm86_read(struct processor *p)
{
    const struct vm86_frame *f = &p->frame;
    struct x86_cpu *cpu = &p->cpu;

    cpu->gpr[X86_ESP] = f->esp;
    cpu->eip = f->eip;
    cpu->eflags = f->eflags & ~(EFLAGS_VM | EFLAGS_RF | EFLAGS_VIF | EFLAGS_VIP);
    cpu->shadow = 0;
    read_segment(&cpu->seg[X86_CS], f->cs);
    read_segment(&cpu->seg[X86_SS], f->ss);
    read_segment(&cpu->seg[X86_DS], f->ds);
    read_segment(&cpu->seg[X86_ES], f->es);
    read_segment(&cpu->seg[X86_FS], f->fs);
    read_segment(&cpu->seg[X86_GS], f->gs);
}

/*
 * SGDT and SIDT run in VM86 unseen and give our tables; programs save them so and load them again (iPXE at every switch).
 * Whoever loads our tables means those that he had in VM86.
 */
static void restore_table(struct x86_table *t, u32 base, u32 limit, const struct x86_table *shown)
{
    if (t->base == base && t->limit == limit)
        *t = *shown;
}

void restore_tables(struct processor *p)
{
    const struct vmx_assist_context *new = p->new_context;

    restore_table(&p->cpu.gdtr, new->gdtr_base, new->gdtr_limit, &p->shown_gdtr);
    restore_table(&p->cpu.idtr, new->idtr_base, new->idtr_limit, &p->shown_idtr);
}

bool vector_table_at_zero(const struct processor *p)
{
    return p->cpu.idtr.base == 0 && p->cpu.idtr.limit >= VECTOR_TABLE_LIMIT;
}

void vm86_write(struct processor *p)
{
    const struct x86_cpu *cpu = &p->cpu;
    struct vm86_frame *f = &p->frame;

    p->shown_gdtr = cpu->gdtr;
    p->shown_idtr = cpu->idtr;
    if (vector_table_at_zero(p) != p->synced_at_zero)
        sync_control(p);
    f->esp = cpu->gpr[X86_ESP];
    f->eip = cpu->eip;
    f->eflags = cpu->eflags | EFLAGS_VM | EFLAGS_IOPL;
    f->cs = cpu->seg[X86_CS].selector;
    f->ss = cpu->seg[X86_SS].selector;
    f->ds = cpu->seg[X86_DS].selector;
    f->es = cpu->seg[X86_ES].selector;
    f->fs = cpu->seg[X86_FS].selector;
    f->gs = cpu->seg[X86_GS].selector;
}
