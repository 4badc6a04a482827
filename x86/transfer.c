/* SPDX-License-Identifier: BSD-2-Clause */
/* What far transfers of all kinds share: code segment checks, inner stacks. SDM vol. 3, 5.8. */
#include "insn.h"

void far_commit(struct insn *i, const struct x86_segment *cs, u32 eip, u8 cpl)
{
    if (faulted(i))
        return;
    i->cpu->seg[X86_CS] = *cs;
    i->cpu->cpl = cpl;
    i->next = eip;
    i->result = X86_MODE;
}

void far_commit_real(struct insn *i, u16 selector, u32 eip)
{
    if (eip > i->cpu->seg[X86_CS].limit)
        fault_gp(i, 0);
    if (faulted(i))
        return;
    segment_load_real(i->cpu, X86_CS, selector);
    i->next = eip;
    i->result = X86_MODE;
}

bool code_segment_make(struct insn *i, u16 selector, struct descriptor *d, u8 cpl, u32 eip, struct x86_segment *cs)
{
    descriptor_mark(i, d, SEG_ACCESSED << 8);
    *cs = descriptor_cache((selector & ~3u) | cpl, d);
    if (eip > cs->limit)
        fault_gp(i, 0);
    return !faulted(i);
}

bool gate_code_read(struct insn *i, u16 selector, struct descriptor *d)
{
    if (!(selector & ~3u))
        fault_gp(i, 0);
    if (!descriptor_read(i, selector, VECTOR_GP, d))
        return false;
    if (!is_code(descriptor_type(d)) || descriptor_dpl(d) > i->cpu->cpl)
        fault_gp(i, selector & ~3u);
    else if (!(d->high & SEG_P << 8))
        fault(i, VECTOR_NP, selector & ~3u);
    return !faulted(i);
}

/* SS:ESP of privilege `level` from the TSS. */
static bool tss_stack(struct insn *i, u8 level, u16 *ss, u32 *esp)
{
    const struct x86_segment *tr = &i->cpu->seg[X86_TR];
    u8 size = tr->access & 8 ? 4 : 2;
    u32 at = size + level * 2 * size;

    if (tr->access & SEG_UNUSABLE || at + size + 1 > tr->limit) {
        fault(i, VECTOR_TS, tr->selector & ~3u);
        return false;
    }
    *esp = load_system(i, tr->base + at, size);
    *ss = load_system(i, tr->base + at + size, 2);
    return !faulted(i);
}

bool stack_enter(struct insn *i, u8 level)
{
    struct x86_cpu *cpu = i->cpu;
    struct x86_segment new;
    u16 ss;
    u32 esp;

    if (!tss_stack(i, level, &ss, &esp) || !stack_segment_read(i, ss, level, VECTOR_TS, &new))
        return false;
    i->old_ss = cpu->seg[X86_SS];
    i->old_cpl = cpu->cpl;
    i->switched = true;
    i->user = 0;
    i->ss_error = ss & ~3u;
    cpu->seg[X86_SS] = new;
    cpu->gpr[X86_ESP] = esp;
    cpu->cpl = level;
    return true;
}
