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

bool vm86_able(void)
{
    const struct x86_segment *cs = &cpu.seg[X86_CS], *ss = &cpu.seg[X86_SS];

    if (!base_fits(cs) || cs->limit < VM86_LIMIT || (cs->access & SEG_DB) || cpu.eip > VM86_LIMIT)
        return false;
    if (!data_fits(ss) || (ss->access & SEG_DB))
        return false;
    return data_fits(&cpu.seg[X86_DS]) && data_fits(&cpu.seg[X86_ES]) && data_fits(&cpu.seg[X86_FS]) &&
           data_fits(&cpu.seg[X86_GS]);
}

/* What VM86 loaded: base from the selector; limit and rights are what they were. */
static void read_segment(u8 index, u32 selector)
{
    struct x86_segment *s = &cpu.seg[index];

    s->selector = selector & 0xFFFF;
    s->base = s->selector << 4;
}

void vm86_read(void)
{
    cpu.gpr[X86_EAX] = frame.eax;
    cpu.gpr[X86_ECX] = frame.ecx;
    cpu.gpr[X86_EDX] = frame.edx;
    cpu.gpr[X86_EBX] = frame.ebx;
    cpu.gpr[X86_ESP] = frame.esp;
    cpu.gpr[X86_EBP] = frame.ebp;
    cpu.gpr[X86_ESI] = frame.esi;
    cpu.gpr[X86_EDI] = frame.edi;
    cpu.eip = frame.eip;
    cpu.eflags = frame.eflags & ~(EFLAGS_VM | EFLAGS_RF | EFLAGS_VIF | EFLAGS_VIP);
    cpu.shadow = 0;
    read_segment(X86_CS, frame.cs);
    read_segment(X86_SS, frame.ss);
    read_segment(X86_DS, frame.ds);
    read_segment(X86_ES, frame.es);
    read_segment(X86_FS, frame.fs);
    read_segment(X86_GS, frame.gs);
}

static void write_registers(void)
{
    frame.eax = cpu.gpr[X86_EAX];
    frame.ecx = cpu.gpr[X86_ECX];
    frame.edx = cpu.gpr[X86_EDX];
    frame.ebx = cpu.gpr[X86_EBX];
    frame.esp = cpu.gpr[X86_ESP];
    frame.ebp = cpu.gpr[X86_EBP];
    frame.esi = cpu.gpr[X86_ESI];
    frame.edi = cpu.gpr[X86_EDI];
}

/*
 * SGDT and SIDT run in VM86 unseen and give our tables; programs save them so and load them again (iPXE at every switch).
 * Whoever loads our tables means those that he had in VM86.
 */
static struct x86_table shown_gdtr, shown_idtr;

static void restore_table(struct x86_table *t, u32 base, u32 limit, const struct x86_table *shown)
{
    if (t->base == base && t->limit == limit)
        *t = *shown;
}

void restore_tables(void)
{
    restore_table(&cpu.gdtr, new_context.gdtr_base, new_context.gdtr_limit, &shown_gdtr);
    restore_table(&cpu.idtr, new_context.idtr_base, new_context.idtr_limit, &shown_idtr);
}

bool vector_table_at_zero(void)
{
    return cpu.idtr.base == 0 && cpu.idtr.limit >= VECTOR_TABLE_LIMIT;
}

void vm86_write(void)
{
    shown_gdtr = cpu.gdtr;
    shown_idtr = cpu.idtr;
    if (vector_table_at_zero() != synced_at_zero)
        sync_control();
    write_registers();
    frame.eip = cpu.eip;
    frame.eflags = cpu.eflags | EFLAGS_VM | EFLAGS_IOPL;
    frame.cs = cpu.seg[X86_CS].selector;
    frame.ss = cpu.seg[X86_SS].selector;
    frame.ds = cpu.seg[X86_DS].selector;
    frame.es = cpu.seg[X86_ES].selector;
    frame.fs = cpu.seg[X86_FS].selector;
    frame.gs = cpu.seg[X86_GS].selector;
}
