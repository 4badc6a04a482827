/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Traps and interrupts of VM86 code. An error code means an exception that real mode does not have, or has for another
 * reason: the interpreter runs the instruction and knows. Without one, exception or IRQ, the guest's handler is the
 * entry of that number in its vector table either way.
 */
#include "assist.h"

/* #MF where the guest wants IRQ 13, and the #NM that watches its handler. */
static bool for_ferr(const struct processor *p, u32 vector)
{
    return vector == VECTOR_MF ? !(p->cpu.cr0 & CR0_NE) : vector == VECTOR_NM && p->fpu_ignored;
}

static NOINLINE void arrived(struct processor *p, u32 vector)
{
    if (vector == VECTOR_DB)
        asm volatile("mov %%dr6, %0" : "=r"(p->cpu.dr[6]));
    if (for_ferr(p, vector))
        execute(p);
    else
        reflect(p, vector, X86_EXTERNAL);
}

/* What VM86 loaded: base from the selector; limit and rights are what they were. */
static void read_segment(struct x86_segment *s, u32 selector)
{
    s->selector = selector & 0xFFFF;
    s->base = s->selector << 4;
}

static inline void read_frame(struct processor *p)
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

void trap(struct processor *p, u32 vector, u32 error)
{
    read_frame(p);
    if (error == NO_ERROR)
        arrived(p, vector & 0xFF);
    else
        execute(p);
    run(p);
}

void died(struct processor *p, u32 vector, const u32 *stack)
{
    print("vmxassist: exception %u of its own on processor %u:", vector, p->index);
    for (unsigned i = 0; i < 8; i++)
        print(" %x", stack[i]);
    print("; guest at %x:%x\n", p->cpu.seg[X86_CS].selector, p->cpu.eip);
    for (;;)
        asm volatile("cli; hlt");
}
