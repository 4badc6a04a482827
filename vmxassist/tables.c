/* SPDX-License-Identifier: BSD-2-Clause */
/* GDTR and IDTR, of which VM86 code sees ours. */
#include "assist.h"

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
