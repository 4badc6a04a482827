/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Questions about a whole state: may VMX enter it, can virtual-8086 mode stand for it; reset; features.
 * SDM vol. 3, 27.3.1.2 "Checks on Guest Segment Registers", 20.2, 9.1.1 (reset).
 */
#include "insn.h"

#define RESERVED    0xFFFE0F00u     /* in the access rights */
#define DATA_TYPE   (SEG_S | SEG_ACCESSED)
#define CODE_TYPE   (SEG_S | SEG_CODE | SEG_ACCESSED)
#define STACK_TYPE  (SEG_S | SEG_WRITABLE | SEG_ACCESSED)

static u8 dpl_of(const struct x86_segment *s)
{
    return (s->access & SEG_DPL) >> SEG_DPL_SHIFT;
}

static bool usable(const struct x86_segment *s)
{
    return !(s->access & SEG_UNUSABLE);
}

/*
 * Present, and of this type as far as `mask` goes; no reserved bit. G=0: no limit above FFFFF; G=1: the low twelve bits
 * are ones.
 */
static inline bool present(const struct x86_segment *s, u32 mask, u32 type)
{
    if ((s->access & (RESERVED | SEG_P | mask)) != (SEG_P | type))
        return false;
    return s->access & SEG_G ? (s->limit & 0xFFF) == 0xFFF : s->limit <= 0xFFFFF;
}

static bool code_fits(const struct x86_cpu *cpu)
{
    const struct x86_segment *cs = &cpu->seg[X86_CS];
    u8 dpl = dpl_of(cs), ss_dpl = dpl_of(&cpu->seg[X86_SS]);

    if (!present(cs, SEG_UNUSABLE | CODE_TYPE, CODE_TYPE))
        return false;
    return cs->access & SEG_CONFORMING ? dpl <= ss_dpl : dpl == ss_dpl;
}

static bool stack_fits(const struct x86_cpu *cpu)
{
    const struct x86_segment *ss = &cpu->seg[X86_SS];
    u8 rpl = ss->selector & 3;

    if (rpl != (cpu->seg[X86_CS].selector & 3) || dpl_of(ss) != rpl)
        return false;
    return !usable(ss) || present(ss, STACK_TYPE | SEG_CODE, STACK_TYPE);
}

static bool data_fits(const struct x86_segment *s)
{
    u32 type = s->access & SEG_TYPE;

    if (!usable(s))
        return true;
    if (!present(s, DATA_TYPE, DATA_TYPE))
        return false;
    if ((type & (SEG_CODE | SEG_READABLE)) == SEG_CODE)
        return false;
    return (type & (SEG_CODE | SEG_CONFORMING)) == (SEG_CODE | SEG_CONFORMING) || dpl_of(s) >= (s->selector & 3);
}

static bool system_fits(const struct x86_segment *s, u32 type, u32 other_type)
{
    return !(s->selector & 4) && (present(s, SEG_S | SEG_TYPE, type) || present(s, SEG_S | SEG_TYPE, other_type));
}

/* What is loaded last in a window, mostly ES or SS, is looked at first: it fails longest. */
bool x86_vm_entry_valid(const struct x86_cpu *cpu)
{
    static const u8 data[] = { X86_ES, X86_GS, X86_FS, X86_DS };

    if (!protected_mode(cpu))
        return false;
    for (u8 n = 0; n < ARRAY_SIZE(data); n++)
        if (!data_fits(&cpu->seg[data[n]]))
            return false;
    return code_fits(cpu) && stack_fits(cpu) && usable(&cpu->seg[X86_TR]) && system_fits(&cpu->seg[X86_TR], SYS_TSS32_BUSY, SYS_TSS16_BUSY) &&
           (!usable(&cpu->seg[X86_LDTR]) || system_fits(&cpu->seg[X86_LDTR], SYS_LDT, SYS_LDT));
}

static bool base_fits(const struct x86_segment *s)
{
    return s->base == s->selector << 4;
}

static bool vm86_data_fits(const struct x86_segment *s)
{
    if (!usable(s))                     /* null since protected mode: as good as selector 0 */
        return base_fits(s);
    return base_fits(s) && s->limit >= VM86_LIMIT && !(s->access & SEG_EXPAND_DOWN && !(s->access & SEG_CODE)) &&
           (s->access & SEG_P) && (s->access & SEG_WRITABLE);
}

bool x86_vm86_able(const struct x86_cpu *cpu)
{
    const struct x86_segment *seg = cpu->seg, *cs = &seg[X86_CS], *ss = &seg[X86_SS];

    if (!base_fits(cs) || cs->limit < VM86_LIMIT || (cs->access & SEG_DB))
        return false;
    if (!vm86_data_fits(ss) || (ss->access & SEG_DB))
        return false;
    return vm86_data_fits(&seg[X86_DS]) && vm86_data_fits(&seg[X86_ES]) && vm86_data_fits(&seg[X86_FS]) && vm86_data_fits(&seg[X86_GS]);
}

void x86_reset(struct x86_cpu *cpu)
{
    u32 features = cpu->features;
    u8 *p = (u8 *)cpu;

    for (usize n = 0; n < sizeof(*cpu); n++)
        p[n] = 0;
    cpu->features = features;
    for (u8 n = 0; n < X86_SEGMENTS; n++)
        cpu->seg[n] = (struct x86_segment){ 0, 0xFFFF, 0, SEG_P | SEG_S | SEG_WRITABLE | SEG_ACCESSED };
    cpu->seg[X86_CS] = (struct x86_segment){ 0xF000, 0xFFFF, 0xFFFF0000, SEG_P | SEG_S | SEG_CODE | SEG_READABLE | SEG_ACCESSED };
    cpu->seg[X86_LDTR].access = SEG_P | SYS_LDT;
    cpu->seg[X86_TR].access = SEG_P | SYS_TSS32_BUSY;
    cpu->eip = 0xFFF0;
    cpu->eflags = EFLAGS_ONE;
    cpu->gdtr.limit = cpu->idtr.limit = 0xFFFF;
    cpu->cr0 = CR0_ET | CR0_NW | CR0_CD;
    cpu->dr[6] = 0xFFFF0FF0;
    cpu->dr[7] = 0x400;
}

/* ---- features --------------------------------------------------------------------------------- */

struct feature {
    u8 leaf;    /* 1; 7; 0x81: 80000001 */
    u8 word;    /* EAX EBX ECX EDX */
    u8 bit;
};

/* In the order of the bits X86_HAS_*. */
static const struct feature features[] = {
    { 1, 3, 4 } /* TSC */, { 1, 3, 5 } /* MSR */, { 1, 3, 8 } /* CX8 */, { 1, 3, 15 } /* CMOV */, { 1, 3, 23 } /* MMX */,
    { 1, 3, 25 } /* SSE */, { 0x81, 3, 27 } /* RDTSCP */, { 1, 2, 22 } /* MOVBE */, { 1, 2, 23 } /* POPCNT */,
    { 0x81, 2, 5 } /* LZCNT */, { 7, 1, 3 } /* BMI1 */, { 1, 2, 30 } /* RDRAND */, { 7, 1, 18 } /* RDSEED */, { 1, 3, 0 } /* FPU */,
    { 1, 3, 11 } /* SYSENTER */, { 7, 1, 19 } /* ADX */, { 1, 2, 3 } /* MONITOR */, { 7, 1, 20 } /* SMAP */,
};
_Static_assert(1u << (ARRAY_SIZE(features) - 1) == X86_HAS_SMAP, "one entry a feature");

void x86_features(struct x86_cpu *cpu, const struct x86_ops *ops)
{
    cpu->features = 0;
    for (u8 n = 0; n < ARRAY_SIZE(features); n++) {
        const struct feature *f = &features[n];
        u32 leaf = (f->leaf & 0x7F) | (f->leaf & 0x80 ? 0x80000000u : 0), r[4] = { leaf & 0x80000000u, 0, 0, 0 };

        if (!ops->cpuid)
            return;
        ops->cpuid(cpu, r);
        if (r[0] < leaf)
            continue;
        r[0] = leaf;
        r[2] = 0;
        ops->cpuid(cpu, r);
        cpu->features |= (r[f->word] >> f->bit & 1) << n;
    }
}
