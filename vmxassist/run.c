/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The three engines: VM86 while it can stand for the guest's state, protected mode as soon as the processor can be
 * entered in it, the interpreter in between.
 */
#include "assist.h"

#define STEPS_BETWEEN_POLLS  64

static void shutdown(struct processor *p) NORETURN;
static void shutdown(struct processor *p)
{
    static const struct { u16 limit; u32 base; } PACKED no_idt;

    print("vmxassist: triple fault of the guest at %x:%x\n", p->cpu.seg[X86_CS].selector, p->cpu.eip);
    asm volatile("lidt %0; ud2" :: "m"(no_idt));
    __builtin_unreachable();
}

void reflect(struct processor *p, u8 vector, enum x86_event_kind kind)
{
    struct x86_event event = { .vector = vector, .kind = kind };

    if (x86_interrupt(&p->cpu, &ops, &event) == X86_SHUTDOWN)
        shutdown(p);
}

static void unknown_instruction(struct processor *p)
{
    const u8 *at = (const u8 *)(p->cpu.seg[X86_CS].base + p->cpu.eip);

    print("vmxassist: instruction %02x %02x %02x %02x at %x:%x is unknown: #UD\n", at[0], at[1], at[2], at[3],
          p->cpu.seg[X86_CS].selector, p->cpu.eip);
    reflect(p, VECTOR_UD, X86_FAULT);
}

/* HLT: wait for an interrupt in ring 0. With IF=0 only a reset or an NMI ends it, as on any PC. */
static void halt(struct processor *p)
{
    int vector = NO_IRQ;

    while (vector == NO_IRQ)
        vector = p->cpu.eflags & EFLAGS_IF ? wait_irq() : wait_nmi();
    p->cpu.shadow = 0;
    reflect(p, vector, X86_EXTERNAL);
}

static NOINLINE void unusual(struct processor *p, enum x86_result result)
{
    struct x86_event event = p->cpu.event;

    if (result == X86_EXCEPTION)
        result = x86_interrupt(&p->cpu, &ops, &event);
    switch (result) {
    case X86_REP:
        p->until_poll = 0;
        return;
    case X86_HALT:
        return halt(p);
    case X86_SHUTDOWN:
        shutdown(p);
    case X86_UNHANDLED:
        return unknown_instruction(p);
    default:
        return;
    }
}

void execute(struct processor *p)
{
    enum x86_result result;

    if (assist_options & VMX_ASSIST_OPTION_TRACE_ASSIST)
        trace_instruction(p);
    result = x86_step(&p->cpu, &ops);
    if (result != X86_DONE && result != X86_MODE)
        unusual(p, result);
}

/*
 * Interrupts get in after STEPS_BETWEEN_POLLS instructions, and at once where they could not before: STI, NOP, CLI is
 * a gap that programs count on.
 */
static void poll(struct processor *p)
{
    int vector;

    if (!x86_interruptible(&p->cpu)) {
        p->until_poll = 0;
        return;
    }
    if (p->until_poll) {
        p->until_poll--;
        return;
    }
    p->until_poll = STEPS_BETWEEN_POLLS;
    vector = poll_irq();
    if (vector != NO_IRQ)
        reflect(p, vector, X86_EXTERNAL);
}

/* VM86 code is about to see ours in their place. */
static NOINLINE void show_tables(struct processor *p)
{
    p->tables_loaded = false;
    p->shown_gdtr = p->cpu.gdtr;
    p->shown_idtr = p->cpu.idtr;
    sync_control(p);
}

static inline void write_frame(struct processor *p)
{
    const struct x86_cpu *cpu = &p->cpu;
    struct vm86_frame *f = &p->frame;

    if (p->tables_loaded)
        show_tables(p);
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

/* The next instruction keeps interrupts or a #DB out that would get in now; IRET to VM86 does not know of it. */
static inline bool shadowed(const struct x86_cpu *cpu)
{
    return cpu->shadow & (X86_SHADOW_STI | X86_SHADOW_MOVSS) && (cpu->eflags & EFLAGS_IF || cpu->held);
}

static bool segments_fit(struct processor *p)
{
    if (assist_options & VMX_ASSIST_OPTION_INTERPRET)
        return false;
    if (!(assist_options & VMX_ASSIST_OPTION_TRACE_ASSIST))
        x86_segment_loads(&p->cpu, &ops);
    return x86_vm86_able(&p->cpu);
}

/* Real mode loads bases of its own kind and leaves limits and rights alone: once the segments fit they go on fitting. */
static inline bool vm86_wanted(struct processor *p)
{
    if (!p->segments_fit)
        p->segments_fit = segments_fit(p);
    return p->segments_fit && p->cpu.eip <= VM86_LIMIT && !shadowed(&p->cpu);
}

void run(struct processor *p)
{
    for (;;) {
        if (p->nmi_pending) {
            p->nmi_pending = false;
            reflect(p, VECTOR_NMI, X86_EXTERNAL);
        }
        if (p->cpu.cr0 & CR0_PE) {
            p->segments_fit = false;
            if (x86_vm_entry_valid(&p->cpu))
                leave(p);
        } else if (vm86_wanted(p)) {
            write_frame(p);
            return;
        }
        poll(p);
        execute(p);
    }
}
