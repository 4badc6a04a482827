/* SPDX-License-Identifier: BSD-2-Clause */
/* Descriptor tables and the instructions that ask about descriptors. SDM vol. 3, 2.8, 5.10 "Pointer Validation". */
#include "exec.h"

/* #GP(0) for programs where CR4.UMIP hides the tables from them. */
static bool umip_denied(struct insn *i)
{
    if (!(i->cpu->cr4 & CR4_UMIP) || !i->cpu->cpl)
        return false;
    fault_gp(i, 0);
    return true;
}

/* Memory gets the word, a register the operand size. */
static void selector_store(struct insn *i, u8 reg)
{
    if (umip_denied(i))
        return;
    i->dst = i->cpu->seg[reg].selector;
    if (modrm_mod(i) != 3)
        i->size = 2;
}

void exec_sldt(struct insn *i)
{
    selector_store(i, X86_LDTR);
}

void exec_str(struct insn *i)
{
    selector_store(i, X86_TR);
}

void exec_lldt(struct insn *i)
{
    u16 selector = i->dst;
    struct descriptor d;

    if (!(selector & ~3u)) {
        i->cpu->seg[X86_LDTR] = (struct x86_segment){ .selector = selector, .access = SEG_UNUSABLE };
        return;
    }
    if (selector & 4)
        fault_gp(i, selector & ~3u);
    if (!descriptor_read(i, selector, VECTOR_GP, &d))
        return;
    if (descriptor_type(&d) != SYS_LDT)
        fault_gp(i, selector & ~3u);
    else if (!(d.high & SEG_P << 8))
        fault(i, VECTOR_NP, selector & ~3u);
    else
        i->cpu->seg[X86_LDTR] = descriptor_cache(selector, &d);
}

void exec_ltr(struct insn *i)
{
    u16 selector = i->dst;
    struct descriptor d;

    if (!(selector & ~3u))
        fault_gp(i, 0);
    else if (selector & 4)
        fault_gp(i, selector & ~3u);
    if (!descriptor_read(i, selector, VECTOR_GP, &d))
        return;
    if ((descriptor_type(&d) & ~8) != SYS_TSS16)
        fault_gp(i, selector & ~3u);
    else if (!(d.high & SEG_P << 8))
        fault(i, VECTOR_NP, selector & ~3u);
    else
        descriptor_mark(i, &d, 2u << 8);
    if (!faulted(i))
        i->cpu->seg[X86_TR] = descriptor_cache(selector, &d);
}

/* ---- questions: no fault, ZF answers ------------------------------------------------------------ */

/* May a program of this CPL and RPL see the descriptor at all? */
static bool visible(struct insn *i, u16 selector, struct descriptor *d)
{
    if (!(selector & ~3u) || !descriptor_peek(i, selector, d))
        return false;
    return is_conforming(descriptor_type(d)) || descriptor_dpl(d) >= MAX(selector & 3, i->cpu->cpl);
}

/* System descriptor types that LAR and LSL know: bit n = type n. */
#define LAR_TYPES (1u << SYS_TSS16 | 1u << SYS_LDT | 1u << SYS_TSS16_BUSY | 1u << SYS_CALL16 | 1u << SYS_TASK | \
                   1u << SYS_TSS32 | 1u << SYS_TSS32_BUSY | 1u << SYS_CALL32)
#define LSL_TYPES (1u << SYS_TSS16 | 1u << SYS_LDT | 1u << SYS_TSS16_BUSY | 1u << SYS_TSS32 | 1u << SYS_TSS32_BUSY)

static bool known_to(const struct descriptor *d, u32 types)
{
    u8 type = descriptor_type(d);

    return type & SEG_S || types >> type & 1;
}

void exec_lar(struct insn *i)
{
    struct descriptor d;
    bool ok = visible(i, i->src, &d) && known_to(&d, LAR_TYPES);

    flag_put(i, EFLAGS_ZF, ok);
    if (ok)
        reg_write(i->cpu, modrm_reg(i), i->opsize, d.high & 0x00FFFF00);
}

void exec_lsl(struct insn *i)
{
    struct descriptor d;
    bool ok = visible(i, i->src, &d) && known_to(&d, LSL_TYPES);

    flag_put(i, EFLAGS_ZF, ok);
    if (ok)
        reg_write(i->cpu, modrm_reg(i), i->opsize, descriptor_cache(0, &d).limit);
}

void exec_verr(struct insn *i)
{
    struct descriptor d;
    bool ok = visible(i, i->dst, &d);
    u8 type = ok ? descriptor_type(&d) : 0;

    flag_put(i, EFLAGS_ZF, ok && type & SEG_S && (type & (SEG_CODE | SEG_READABLE)) != SEG_CODE);
}

void exec_verw(struct insn *i)
{
    struct descriptor d;
    bool ok = visible(i, i->dst, &d);

    flag_put(i, EFLAGS_ZF, ok && (descriptor_type(&d) & (SEG_S | SEG_CODE | SEG_WRITABLE)) == (SEG_S | SEG_WRITABLE));
}

void exec_arpl(struct insn *i)
{
    bool raise = (i->dst & 3) < (i->src & 3);

    flag_put(i, EFLAGS_ZF, raise);
    if (!raise)
        return;   /* and write nothing: a read-only segment does for the question */
    i->dst = (i->dst & ~3u) | (i->src & 3);
    rm_write(i);
}

/* ---- GDTR, IDTR ------------------------------------------------------------------------------- */

static void table_store(struct insn *i, const struct x86_table *t)
{
    if (umip_denied(i))
        return;
    store(i, i->ea_segment, i->ea, t->limit, 2);
    store(i, i->ea_segment, ea_after(i, 2), t->base, 4);
}

/* A 16-bit operand size takes 24 bits of the base. */
static void table_load(struct insn *i, struct x86_table *t)
{
    u32 limit, base;

    limit = load(i, i->ea_segment, i->ea, 2, 0);
    base = load(i, i->ea_segment, ea_after(i, 2), 4, 0);
    if (faulted(i))
        return;
    t->limit = limit;
    t->base = i->opsize == 4 ? base : base & 0xFFFFFF;
    if (i->ops->table_loaded)
        i->ops->table_loaded(i->cpu);
}

void exec_sgdt(struct insn *i)
{
    table_store(i, &i->cpu->gdtr);
}

void exec_sidt(struct insn *i)
{
    table_store(i, &i->cpu->idtr);
}

void exec_lgdt(struct insn *i)
{
    table_load(i, &i->cpu->gdtr);
}

void exec_lidt(struct insn *i)
{
    table_load(i, &i->cpu->idtr);
}
