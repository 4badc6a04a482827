/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Task switches: SDM vol. 3, chapter 8. Until the new task's registers are loaded a fault belongs to the old task; from
 * then on to the new one, which is committed first.
 */
#include "insn.h"

#define DESCRIPTOR_BUSY (2u << 8)

/* Offsets in a TSS. Registers and selectors lie in the order of their numbers. */
struct tss_layout {
    u8 size;        /* of a register */
    u8 slot;        /* of a selector */
    u8 eip, eflags, gpr, segments, ldt;
    u8 limit;       /* the least */
};

static const struct tss_layout layout16 = { 2, 2, 0x0E, 0x10, 0x12, 0x22, 0x2A, 0x2B };
static const struct tss_layout layout32 = { 4, 4, 0x20, 0x24, 0x28, 0x48, 0x60, 0x67 };
#define TSS32_CR3  0x1C
#define TSS32_TRAP 0x64

static const struct tss_layout *layout_of(u32 access)
{
    return access & 8 ? &layout32 : &layout16;
}

/* The 16-bit TSS knows no FS and GS. */
static u8 segments_in(const struct tss_layout *l)
{
    return l->size == 4 ? 6 : 4;
}

static void tss_save(struct insn *i, u32 flags)
{
    const struct x86_cpu *cpu = i->cpu;
    const struct tss_layout *l = layout_of(cpu->seg[X86_TR].access);
    u32 at = cpu->seg[X86_TR].base;

    store_linear(i, at + l->eip, i->next, l->size, 0);
    store_linear(i, at + l->eflags, flags, l->size, 0);
    for (u8 n = 0; n < 8; n++)
        store_linear(i, at + l->gpr + n * l->size, cpu->gpr[n], l->size, 0);
    for (u8 n = 0; n < segments_in(l); n++)
        store_linear(i, at + l->segments + n * l->slot, cpu->seg[n].selector, 2, 0);
}

struct task {
    u32 cr3, eip, eflags, gpr[8], ldt;
    u32 selector[6];
    bool trap;
};

static void tss_load(struct insn *i, const struct x86_segment *tss, struct task *t)
{
    const struct tss_layout *l = layout_of(tss->access);

    t->cr3 = l->size == 4 ? load_system(i, tss->base + TSS32_CR3, 4) : i->cpu->cr3;
    t->eip = load_system(i, tss->base + l->eip, l->size);
    t->eflags = load_system(i, tss->base + l->eflags, l->size);
    for (u8 n = 0; n < 8; n++)
        t->gpr[n] = load_system(i, tss->base + l->gpr + n * l->size, l->size) | (l->size == 2 ? 0xFFFF0000u : 0);
    for (u8 n = 0; n < 6; n++)
        t->selector[n] = n < segments_in(l) ? load_system(i, tss->base + l->segments + n * l->slot, 2) : 0;
    t->ldt = load_system(i, tss->base + l->ldt, 2);
    t->trap = l->size == 4 && load_system(i, tss->base + TSS32_TRAP, 1) & 1;
}

static bool tss_check(struct insn *i, u16 selector, enum x86_switch why, struct descriptor *d)
{
    bool back = why == X86_SWITCH_IRET;
    u8 wrong = back ? VECTOR_TS : VECTOR_GP;
    u32 error = selector & ~3u;
    u8 type;

    if (selector & 4)
        fault(i, wrong, error);
    if (!descriptor_read(i, selector, wrong, d))
        return false;
    type = descriptor_type(d);
    if ((type & ~8) != (back ? SYS_TSS16_BUSY : SYS_TSS16))
        fault(i, wrong, error);
    else if (!(d->high & SEG_P << 8))
        fault(i, VECTOR_NP, error);
    else if (descriptor_cache(selector, d).limit < layout_of(type)->limit)
        fault(i, VECTOR_TS, error);
    return !faulted(i);
}

/* The busy bit of the task that is left. */
static void old_task_idle(struct insn *i)
{
    struct descriptor d;

    if (descriptor_peek(i, i->cpu->seg[X86_TR].selector, &d)) {
        d.high &= ~DESCRIPTOR_BUSY;
        store_linear(i, d.linear + 4, d.high, 4, 0);
    }
}

static void ldt_load(struct insn *i, u16 selector)
{
    struct descriptor d;

    i->cpu->seg[X86_LDTR] = (struct x86_segment){ .selector = selector, .access = SEG_UNUSABLE };
    if (!(selector & ~3u))
        return;
    if (selector & 4)
        fault(i, VECTOR_TS, selector & ~3u);
    if (!descriptor_read(i, selector, VECTOR_TS, &d))
        return;
    if (descriptor_type(&d) != SYS_LDT || !(d.high & SEG_P << 8))
        fault(i, VECTOR_TS, selector & ~3u);
    else
        i->cpu->seg[X86_LDTR] = descriptor_cache(selector, &d);
}

static void code_load(struct insn *i, u16 selector)
{
    u8 rpl = selector & 3, type, dpl;
    struct x86_segment cs;
    struct descriptor d;

    if (!(selector & ~3u))
        fault(i, VECTOR_TS, 0);
    if (!descriptor_read(i, selector, VECTOR_TS, &d))
        return;
    type = descriptor_type(&d);
    dpl = descriptor_dpl(&d);
    if (!is_code(type) || (is_conforming(type) ? dpl > rpl : dpl != rpl))
        fault(i, VECTOR_TS, selector & ~3u);
    else if (!(d.high & SEG_P << 8))
        fault(i, VECTOR_NP, selector & ~3u);
    else if (code_segment_make(i, selector, &d, rpl, i->next, &cs))
        i->cpu->seg[X86_CS] = cs;
}

static void segments_load(struct insn *i, const struct task *t)
{
    struct x86_cpu *cpu = i->cpu;
    struct x86_segment ss;

    for (u8 n = 0; n < 6; n++)
        cpu->seg[n] = (struct x86_segment){ .selector = t->selector[n], .access = SEG_UNUSABLE };
    ldt_load(i, t->ldt);
    if (i->flags & EFLAGS_VM) {
        cpu->cpl = 3;
        for (u8 n = 0; n < 6; n++)
            segment_load_real(cpu, n, t->selector[n]);
        return;
    }
    cpu->cpl = t->selector[X86_CS] & 3;
    code_load(i, t->selector[X86_CS]);
    if (!faulted(i) && stack_segment_read(i, t->selector[X86_SS], cpu->cpl, VECTOR_TS, &ss))
        cpu->seg[X86_SS] = ss;
    for (u8 n = 0; n < 6; n++)
        if (n != X86_CS && n != X86_SS)
            segment_load(i, n, t->selector[n]);
    if (i->fault == VECTOR_GP)
        i->fault = VECTOR_TS;
}

/* From here on faults are the new task's. */
static void task_commit(struct insn *i, const struct x86_segment *tss, const struct task *t)
{
    struct x86_cpu *cpu = i->cpu;
    u32 cr3 = cpu->cr3;

    cpu->seg[X86_TR] = *tss;
    cpu->cr0 |= CR0_TS;
    if (cpu->cr0 & CR0_PG && t->cr3 != cr3) {
        cpu->cr3 = t->cr3;
        control_written(i, 3, cr3);
    }
    for (u8 n = 0; n < 8; n++)
        i->saved[n] = cpu->gpr[n] = t->gpr[n];
    cpu->eip = i->next = t->eip;
    i->flags = (t->eflags & 0x003F7FD5) | EFLAGS_ONE;
    cpu->eflags = i->flags;
    cpu->dr[7] &= ~DR7_LOCAL;
    i->user = 0;
    i->debug = t->trap ? DR6_BT : 0;
    i->result = X86_MODE;
}

void task_switch(struct insn *i, u16 selector, enum x86_switch why, bool has_error, u32 error)
{
    struct x86_cpu *cpu = i->cpu;
    bool nested = why == X86_SWITCH_CALL || why == X86_SWITCH_GATE;
    struct x86_segment tss;
    struct descriptor d;
    struct task t;

    if (!tss_check(i, selector, why, &d))
        return;
    tss = descriptor_cache(selector, &d);
    tss_load(i, &tss, &t);
    if (faulted(i))
        return;
    tss_save(i, why == X86_SWITCH_IRET ? i->flags & ~EFLAGS_NT : i->flags);
    if (!nested)
        old_task_idle(i);
    if (nested)
        store_linear(i, tss.base, cpu->seg[X86_TR].selector, 2, 0);
    if (why != X86_SWITCH_IRET)
        descriptor_mark(i, &d, DESCRIPTOR_BUSY);
    if (faulted(i))
        return;
    if (nested)
        t.eflags |= EFLAGS_NT;
    tss.access |= DESCRIPTOR_BUSY >> 8;
    task_commit(i, &tss, &t);
    segments_load(i, &t);
    i->user = cpu->cpl == 3 ? X86_USER : 0;
    if (has_error)
        push(i, error, layout_of(tss.access)->size);
}

void task_return(struct insn *i)
{
    u16 link = load_system(i, i->cpu->seg[X86_TR].base, 2);

    if (!faulted(i))
        task_switch(i, link, X86_SWITCH_IRET, false, 0);
}

enum x86_result x86_task_switch(struct x86_cpu *cpu, const struct x86_ops *ops, u16 selector, enum x86_switch why,
                                bool has_error, u32 error)
{
    struct insn i;

    insn_start(&i, cpu, ops);
    i.flags = cpu->eflags;
    task_switch(&i, selector, why, has_error, error);
    if (faulted(&i)) {
        insn_undo(&i);
        return X86_EXCEPTION;
    }
    cpu->eip = i.next;
    cpu->eflags = i.flags;
    cpu->held |= i.debug;
    return cpu->held ? insn_trap(cpu) : X86_MODE;
}
