/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * When virtual-8086 mode can stand for the guest's real mode. A segment whose limit is above 64 KiB ("big real mode")
 * may stay: what reaches beyond traps, and the interpreter, which knows the true limit, does that one instruction.
 */
#include "assist.h"

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

bool vm86_able(const struct x86_cpu *cpu)
{
    const struct x86_segment *seg = cpu->seg, *cs = &seg[X86_CS], *ss = &seg[X86_SS];

    if (assist_options & VMX_ASSIST_OPTION_INTERPRET)
        return false;
    if (!base_fits(cs) || cs->limit < VM86_LIMIT || (cs->access & SEG_DB))
        return false;
    if (!data_fits(ss) || (ss->access & SEG_DB))
        return false;
    return data_fits(&seg[X86_DS]) && data_fits(&seg[X86_ES]) && data_fits(&seg[X86_FS]) && data_fits(&seg[X86_GS]);
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

void tables_loaded(struct processor *p)
{
    const struct vmx_assist_context *new = p->new_context;

    restore_table(&p->cpu.gdtr, new->gdtr_base, new->gdtr_limit, &p->shown_gdtr);
    restore_table(&p->cpu.idtr, new->idtr_base, new->idtr_limit, &p->shown_idtr);
    p->tables_loaded = true;
}
