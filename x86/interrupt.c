/* SPDX-License-Identifier: BSD-2-Clause */
/* Interrupts and exceptions to the guest. SDM vol. 3, 6.12, 20.1.4 (real mode), 20.3 (virtual-8086), 6.15 #DF. */
#include "insn.h"

/* FLAGS, CS, IP to the stack, and to the handler of the table at `table`. */
static void enter_table(struct insn *i, u32 table, u8 vector, u32 flags)
{
    u32 handler;

    push(i, flags, 2);
    push(i, i->cpu->seg[X86_CS].selector, 2);
    push(i, i->next, 2);
    handler = load_system(i, table + vector * 4, 4);
    far_commit_real(i, handler >> 16, handler & 0xFFFF);
}

/* Real mode: FLAGS, CS, IP, and nothing else ever. */
static void enter_real(struct insn *i, u8 vector)
{
    struct x86_cpu *cpu = i->cpu;

    if (vector * 4u + 3 > cpu->idtr.limit) {
        fault_gp(i, vector * 8u + 2);
        return;
    }
    enter_table(i, cpu->idtr.base, vector, i->flags);
    i->flags &= ~(EFLAGS_IF | EFLAGS_TF | EFLAGS_AC | EFLAGS_RF);
}

void interrupt_vme(struct insn *i, u8 vector)
{
    bool own = iopl(i->cpu) == 3;

    enter_table(i, 0, vector, own ? i->flags : vme_flags_read(i));
    i->flags &= ~(EFLAGS_TF | EFLAGS_NT | (own ? EFLAGS_IF : EFLAGS_VIF));
    i->debug = 0;
}

/* SS:ESP, and in virtual-8086 mode the data segments, which the handler then finds null. */
static void push_outer(struct insn *i, u8 size)
{
    static const u8 data[] = { X86_GS, X86_FS, X86_DS, X86_ES };
    struct x86_cpu *cpu = i->cpu;

    if (i->flags & EFLAGS_VM)
        for (u8 n = 0; n < ARRAY_SIZE(data); n++)
            push(i, cpu->seg[data[n]].selector, size);
    push(i, i->old_ss.selector, size);
    push(i, i->saved[X86_ESP], size);
}

static void null_data_segments(struct x86_cpu *cpu)
{
    static const u8 data[] = { X86_GS, X86_FS, X86_DS, X86_ES };

    for (u8 n = 0; n < ARRAY_SIZE(data); n++)
        cpu->seg[data[n]] = (struct x86_segment){ .access = SEG_UNUSABLE };
}

/* The image of EFLAGS: a fault that will be restarted must not meet its instruction breakpoint again. */
static u32 pushed_flags(const struct insn *i, const struct x86_event *event)
{
    bool restarts = event->kind == X86_FAULT && event->vector != VECTOR_DB && event->vector != VECTOR_DF;

    return restarts ? i->flags | EFLAGS_RF : i->flags;
}

static void enter_gate(struct insn *i, const struct x86_event *event, const struct descriptor *gate)
{
    struct x86_cpu *cpu = i->cpu;
    u8 type = descriptor_type(gate), level = cpu->cpl;
    u8 size = type & 8 ? 4 : 2;
    u16 selector = gate->low >> 16;
    u32 eip = (gate->low & 0xFFFF) | (size == 4 ? gate->high & 0xFFFF0000u : 0);
    bool vm86 = i->flags & EFLAGS_VM;
    struct x86_segment cs;
    struct descriptor d;

    if (!gate_code_read(i, selector, &d))
        return;
    if (!is_conforming(descriptor_type(&d)))
        level = descriptor_dpl(&d);
    if (vm86 && level) {
        fault_gp(i, selector & ~3u);
        return;
    }
    if (!code_segment_make(i, selector, &d, level, eip, &cs))
        return;
    if (level != cpu->cpl) {
        if (!stack_enter(i, level))
            return;
        push_outer(i, size);
    }
    push(i, pushed_flags(i, event), size);
    push(i, cpu->seg[X86_CS].selector, size);
    push(i, i->next, size);
    if (event->has_error)
        push(i, event->error, size);
    if (faulted(i))
        return;
    far_commit(i, &cs, eip, level);
    if (vm86)
        null_data_segments(cpu);
    i->flags &= ~(EFLAGS_TF | EFLAGS_NT | EFLAGS_RF | EFLAGS_VM);
    if (!(type & 1))
        i->flags &= ~EFLAGS_IF;
}

static void enter_protected(struct insn *i, const struct x86_event *event)
{
    struct x86_cpu *cpu = i->cpu;
    u32 error = event->vector * 8u + 2;
    struct descriptor gate;
    u8 type;

    if (event->vector * 8u + 7 > cpu->idtr.limit) {
        fault_gp(i, error);
        return;
    }
    gate.linear = cpu->idtr.base + event->vector * 8u;
    gate.low = load_system(i, gate.linear, 4);
    gate.high = load_system(i, gate.linear + 4, 4);
    type = descriptor_type(&gate);
    if (type != SYS_TASK && (type & ~9) != SYS_INT16)
        fault_gp(i, error);
    if (event->kind == X86_SOFTWARE && descriptor_dpl(&gate) < cpu->cpl)
        fault_gp(i, error);
    if (!(gate.high & SEG_P << 8))
        fault(i, VECTOR_NP, error);
    if (faulted(i))
        return;
    if (type == SYS_TASK)
        task_switch(i, gate.low >> 16, X86_SWITCH_GATE, event->has_error, event->error);
    else
        enter_gate(i, event, &gate);
}

void interrupt_enter(struct insn *i, const struct x86_event *event)
{
    i->ext = event->kind != X86_SOFTWARE;
    i->debug = 0;
    if (event->vector == VECTOR_DB && event->kind != X86_SOFTWARE)
        i->cpu->dr[7] &= ~DR7_GD;
    if (i->cpu->cr0 & CR0_PE)
        enter_protected(i, event);
    else
        enter_real(i, event->vector);
}

static bool contributory(u8 vector)
{
    return vector == VECTOR_DE || (vector >= VECTOR_TS && vector <= VECTOR_GP);
}

static bool makes_double_fault(const struct x86_event *first, const struct x86_event *second)
{
    if (first->kind != X86_FAULT)
        return false;
    if (first->vector == VECTOR_PF)
        return second->vector == VECTOR_PF || contributory(second->vector);
    return contributory(first->vector) && contributory(second->vector);
}

enum x86_result x86_interrupt(struct x86_cpu *cpu, const struct x86_ops *ops, const struct x86_event *event)
{
    struct x86_event now = *event;
    struct insn i;

    for (;;) {
        insn_start(&i, cpu, ops);
        i.flags = cpu->eflags;
        interrupt_enter(&i, &now);
        if (!faulted(&i))
            break;
        insn_undo(&i);
        if (now.kind == X86_FAULT && now.vector == VECTOR_DF)
            return X86_SHUTDOWN;
        if (makes_double_fault(&now, &cpu->event))
            now = (struct x86_event){ VECTOR_DF, X86_FAULT, true, 0 };
        else
            now = cpu->event;
    }
    cpu->eip = i.next;
    cpu->eflags = i.flags;
    cpu->shadow &= X86_SHADOW_NMI;
    if (now.kind == X86_EXTERNAL && now.vector == VECTOR_NMI)
        cpu->shadow |= X86_SHADOW_NMI;
    return i.result;
}
