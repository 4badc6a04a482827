/* SPDX-License-Identifier: BSD-2-Clause */
/* Descriptors and segment register loads. SDM vol. 3, 3.4.5, 5.5 "Privilege Levels", 5.7. */
#include "insn.h"

#define MOV_SREG_RM      0x8E
#define MODRM_REGISTERS  0xC0   /* from here on r/m is a register */

bool descriptor_peek(struct insn *i, u16 selector, struct descriptor *d)
{
    const struct x86_cpu *cpu = i->cpu;
    const struct x86_segment *ldt = &cpu->seg[X86_LDTR];
    u32 base = cpu->gdtr.base, limit = cpu->gdtr.limit;

    if (selector & 4) {
        if (ldt->access & SEG_UNUSABLE)
            return false;
        base = ldt->base;
        limit = ldt->limit;
    }
    if ((selector | 7u) > limit || faulted(i))
        return false;
    d->linear = base + (selector & ~7u);
    d->low = load_system(i, d->linear, 4);
    d->high = load_system(i, d->linear + 4, 4);
    return !faulted(i);
}

bool descriptor_read(struct insn *i, u16 selector, u8 vector, struct descriptor *d)
{
    if (descriptor_peek(i, selector, d))
        return true;
    fault(i, vector, selector & ~3u);
    return false;
}

void descriptor_mark(struct insn *i, struct descriptor *d, u32 high_bits)
{
    if (~d->high & high_bits) {
        d->high |= high_bits;
        store_linear(i, d->linear + 4, d->high, 4, 0);
    }
}

struct x86_segment descriptor_cache(u16 selector, const struct descriptor *d)
{
    struct x86_segment s = {
        .selector = selector,
        .limit = (d->low & 0xFFFF) | (d->high & 0xF0000),
        .base = d->low >> 16 | (d->high & 0xFF) << 16 | (d->high & 0xFF000000u),
        .access = d->high >> 8 & 0xF0FF,
    };

    if (s.access & SEG_G)
        s.limit = s.limit << 12 | 0xFFF;
    return s;
}

/*
 * Limit and rights stay as they are: that is how unreal mode lives. Only what protected mode made null becomes usable
 * again.
 */
void segment_load_real(struct x86_cpu *cpu, u8 reg, u16 selector)
{
    struct x86_segment *s = &cpu->seg[reg];

    s->selector = selector;
    s->base = (u32)selector << 4;
    if (cpu->eflags & EFLAGS_VM) {
        s->limit = 0xFFFF;
        s->access = SEG_P | SEG_DPL | SEG_S | SEG_WRITABLE | SEG_ACCESSED;
    } else if (s->access & SEG_UNUSABLE) {
        s->limit = 0xFFFF;
        s->access = SEG_P | SEG_S | SEG_WRITABLE | SEG_ACCESSED;
    }
}

void x86_segment_loads(struct x86_cpu *cpu, const struct x86_ops *ops)
{
    const struct x86_segment *cs = &cpu->seg[X86_CS];
    u32 linear = cs->base + cpu->eip, bytes = MIN(cs->limit - cpu->eip, ~linear & 0xFFF) + 1;
    const u8 *code;

    if (cpu->cr0 & (CR0_PE | CR0_PG) || cpu->eflags & EFLAGS_TF || cpu->dr[7] & DR7_ENABLED || cpu->held || cpu->eip > cs->limit)
        return;
    code = ops->ram(cpu, linear, false);
    if (!code)
        return;
    for (; bytes >= 2 && code[0] == MOV_SREG_RM && code[1] >= MODRM_REGISTERS; code += 2, bytes -= 2) {
        u8 reg = code[1] >> 3 & 7;

        if (reg == X86_CS || reg > X86_GS)
            return;
        segment_load_real(cpu, reg, cpu->gpr[code[1] & 7]);
        cpu->shadow = (cpu->shadow & X86_SHADOW_NMI) | (reg == X86_SS ? X86_SHADOW_MOVSS : 0);
        cpu->eflags &= ~EFLAGS_RF;
        cpu->eip += 2;
    }
}

bool stack_segment_read(struct insn *i, u16 selector, u8 cpl, u8 vector, struct x86_segment *s)
{
    struct descriptor d;
    u32 error = selector & ~3u;

    if (!(selector & ~3u)) {
        fault(i, vector, 0);
        return false;
    }
    if (!descriptor_read(i, selector, vector, &d))
        return false;
    if ((selector & 3) != cpl || descriptor_dpl(&d) != cpl ||
        (descriptor_type(&d) & (SEG_S | SEG_CODE | SEG_WRITABLE)) != (SEG_S | SEG_WRITABLE)) {
        fault(i, vector, error);
        return false;
    }
    if (!(d.high & SEG_P << 8)) {
        fault(i, VECTOR_SS, error);
        return false;
    }
    descriptor_mark(i, &d, SEG_ACCESSED << 8);
    *s = descriptor_cache(selector, &d);
    return !faulted(i);
}

static void data_segment_load(struct insn *i, u8 reg, u16 selector)
{
    struct descriptor d;
    u32 error = selector & ~3u;
    u8 type, dpl;

    if (!error) {
        i->cpu->seg[reg] = (struct x86_segment){ .selector = selector, .access = SEG_UNUSABLE };
        return;
    }
    if (!descriptor_read(i, selector, VECTOR_GP, &d))
        return;
    type = descriptor_type(&d);
    dpl = descriptor_dpl(&d);
    if (!(type & SEG_S) || (type & (SEG_CODE | SEG_READABLE)) == SEG_CODE)
        fault_gp(i, error);
    else if ((type & (SEG_CODE | SEG_CONFORMING)) != (SEG_CODE | SEG_CONFORMING) && dpl < MAX(selector & 3, i->cpu->cpl))
        fault_gp(i, error);
    else if (!(d.high & SEG_P << 8))
        fault(i, VECTOR_NP, error);
    else
        descriptor_mark(i, &d, SEG_ACCESSED << 8);
    if (!faulted(i))
        i->cpu->seg[reg] = descriptor_cache(selector, &d);
}

void segment_load(struct insn *i, u8 reg, u16 selector)
{
    struct x86_segment s;

    if (faulted(i))
        return;
    if (!protected_mode(i->cpu))
        segment_load_real(i->cpu, reg, selector);
    else if (reg != X86_SS)
        data_segment_load(i, reg, selector);
    else if (stack_segment_read(i, selector, i->cpu->cpl, VECTOR_GP, &s))
        i->cpu->seg[X86_SS] = s;
}

void segments_drop(struct x86_cpu *cpu)
{
    static const u8 data[] = { X86_ES, X86_DS, X86_FS, X86_GS };

    for (u8 n = 0; n < ARRAY_SIZE(data); n++) {
        struct x86_segment *s = &cpu->seg[data[n]];

        if ((s->access & (SEG_CODE | SEG_CONFORMING)) != (SEG_CODE | SEG_CONFORMING) &&
            (s->access & SEG_DPL) >> SEG_DPL_SHIFT < cpu->cpl)
            *s = (struct x86_segment){ .access = SEG_UNUSABLE };
    }
}
