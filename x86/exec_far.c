/* SPDX-License-Identifier: BSD-2-Clause */
/* Far jumps, calls and returns, INT and IRET. SDM vol. 2 "JMP", "CALL", "RET", "IRET"; vol. 3, 5.8. */
#include "exec.h"

/* Where a far jump or call leads. */
struct target {
    struct x86_segment cs;
    struct descriptor d;
    u32 eip;
    u16 selector;
    u8 size;      /* of what a call pushes */
    u8 count;     /* parameters to copy to an inner stack */
    bool gate;
};

/* A code segment named by the instruction itself. */
static bool direct_target(struct insn *i, struct target *t)
{
    u8 type = descriptor_type(&t->d), dpl = descriptor_dpl(&t->d), cpl = i->cpu->cpl;
    u32 error = t->selector & ~3u;

    if (!is_code(type) || (is_conforming(type) ? dpl > cpl : (t->selector & 3) > cpl || dpl != cpl))
        fault_gp(i, error);
    else if (!(t->d.high & SEG_P << 8))
        fault(i, VECTOR_NP, error);
    return !faulted(i);
}

static bool gate_target(struct insn *i, struct target *t)
{
    u32 error = t->selector & ~3u;
    u32 low = t->d.low, high = t->d.high;

    if (!(high & SEG_P << 8)) {
        fault(i, VECTOR_NP, error);
        return false;
    }
    t->gate = true;
    t->size = descriptor_type(&t->d) & 8 ? 4 : 2;
    t->count = high & 31;
    t->eip = (low & 0xFFFF) | (t->size == 4 ? high & 0xFFFF0000u : 0);
    t->selector = low >> 16;
    return gate_code_read(i, t->selector, &t->d);
}

/* false: fault noted, or a task switch that did it all. */
static bool find_target(struct insn *i, u16 selector, u32 eip, enum x86_switch why, struct target *t)
{
    u8 type;

    t->eip = eip;
    t->selector = selector;
    t->size = i->opsize;
    t->gate = false;
    if (!(selector & ~3u))
        fault_gp(i, 0);
    if (!descriptor_read(i, selector, VECTOR_GP, &t->d))
        return false;
    type = descriptor_type(&t->d);
    if (type & SEG_S)
        return direct_target(i, t);
    if (descriptor_dpl(&t->d) < MAX(selector & 3, i->cpu->cpl)) {
        fault_gp(i, selector & ~3u);
        return false;
    }
    switch (type) {
    case SYS_CALL16:
    case SYS_CALL32:
        return gate_target(i, t);
    case SYS_TASK:
        if (!(t->d.high & SEG_P << 8)) {
            fault(i, VECTOR_NP, selector & ~3u);
            return false;
        }
        selector = t->d.low >> 16;
        /* fall through */
    case SYS_TSS16:
    case SYS_TSS32:
        task_switch(i, selector, why, false, 0);
        return false;
    }
    fault_gp(i, selector & ~3u);
    return false;
}

static void far_jump(struct insn *i, u16 selector, u32 eip)
{
    struct target t;

    if (!protected_mode(i->cpu)) {
        far_commit_real(i, selector, eip);
        return;
    }
    if (!find_target(i, selector, eip, X86_SWITCH_JUMP, &t))
        return;
    /* A gate to an inner level is for calls. */
    if (!is_conforming(descriptor_type(&t.d)) && descriptor_dpl(&t.d) != i->cpu->cpl)
        fault_gp(i, t.selector & ~3u);
    if (code_segment_make(i, t.selector, &t.d, i->cpu->cpl, t.eip, &t.cs))
        far_commit(i, &t.cs, t.eip, i->cpu->cpl);
}

/* Old SS:ESP and the gate's parameters go over to the inner stack. */
static void inner_stack(struct insn *i, const struct target *t, u8 level)
{
    u32 esp = i->cpu->gpr[X86_ESP], parameters[31];

    for (u8 n = 0; n < t->count; n++)
        parameters[n] = peek(i, n * t->size, t->size);
    if (faulted(i) || !stack_enter(i, level))
        return;
    push(i, i->old_ss.selector, t->size);
    push(i, esp, t->size);
    for (u8 n = t->count; n > 0; n--)
        push(i, parameters[n - 1], t->size);
}

static void far_call(struct insn *i, u16 selector, u32 eip)
{
    struct x86_cpu *cpu = i->cpu;
    u32 back = cpu->seg[X86_CS].selector;
    struct target t;
    u8 level = cpu->cpl;

    if (!protected_mode(cpu)) {
        push(i, back, i->opsize);
        push(i, i->next, i->opsize);
        far_commit_real(i, selector, eip);
        return;
    }
    if (!find_target(i, selector, eip, X86_SWITCH_CALL, &t))
        return;
    if (t.gate && !is_conforming(descriptor_type(&t.d)) && descriptor_dpl(&t.d) < level) {
        level = descriptor_dpl(&t.d);
        inner_stack(i, &t, level);
    }
    push(i, back, t.size);
    push(i, i->next, t.size);
    if (code_segment_make(i, t.selector, &t.d, level, t.eip, &t.cs))
        far_commit(i, &t.cs, t.eip, level);
}

void exec_jmp_far(struct insn *i)
{
    far_jump(i, i->src, i->dst);
}

void exec_call_far(struct insn *i)
{
    far_call(i, i->src, i->dst);
}

/* FF /3, /5: offset, then selector. */
static bool far_pointer(struct insn *i)
{
    i->dst = load(i, i->ea_segment, i->ea, i->opsize, 0);
    i->src = load(i, i->ea_segment, ea_after(i, i->opsize), 2, 0);
    return !faulted(i);
}

void exec_jmp_far_m(struct insn *i)
{
    if (far_pointer(i))
        far_jump(i, i->src, i->dst);
}

void exec_call_far_m(struct insn *i)
{
    if (far_pointer(i))
        far_call(i, i->src, i->dst);
}

/* ---- returns -------------------------------------------------------------------------------- */

/* SS:ESP of the caller lie `above` the stack pointer; `drop` goes from its stack too. */
static void return_outward(struct insn *i, const struct x86_segment *cs, u32 eip, u32 above, u32 drop)
{
    struct x86_cpu *cpu = i->cpu;
    u8 cpl = cs->selector & 3;
    u32 esp = peek(i, above, i->opsize);
    u16 selector = peek(i, above + i->opsize, i->opsize);
    struct x86_segment ss;

    if (faulted(i) || !stack_segment_read(i, selector, cpl, VECTOR_GP, &ss))
        return;
    cpu->seg[X86_SS] = ss;
    reg_put(cpu, X86_ESP, stack_mask(cpu), esp + drop);
    far_commit(i, cs, eip, cpl);
    segments_drop(cpu);
}

/* The return address is read, `above` bytes of frame are done with; `drop` bytes of parameters follow. */
static void return_far(struct insn *i, u16 selector, u32 eip, u32 above, u32 drop)
{
    struct x86_segment cs;
    struct descriptor d;
    u8 rpl = selector & 3, type, dpl;

    if (!(selector & ~3u) && !faulted(i))
        fault_gp(i, 0);
    if (!descriptor_read(i, selector, VECTOR_GP, &d))
        return;
    type = descriptor_type(&d);
    dpl = descriptor_dpl(&d);
    if (!is_code(type) || rpl < i->cpu->cpl || (is_conforming(type) ? dpl > rpl : dpl != rpl))
        fault_gp(i, selector & ~3u);
    else if (!(d.high & SEG_P << 8))
        fault(i, VECTOR_NP, selector & ~3u);
    if (faulted(i) || !code_segment_make(i, selector, &d, rpl, eip, &cs))
        return;
    if (rpl > i->cpu->cpl) {
        return_outward(i, &cs, eip, above + drop, drop);
    } else {
        stack_drop(i, above + drop);
        far_commit(i, &cs, eip, rpl);
    }
}

/* CA drops parameters, CB has none. */
void exec_retf(struct insn *i)
{
    u32 eip = peek(i, 0, i->opsize);
    u16 cs = peek(i, i->opsize, i->opsize);
    u32 drop = i->opcode & 1 ? 0 : i->src;

    if (protected_mode(i->cpu)) {
        return_far(i, cs, eip, 2 * i->opsize, drop);
        return;
    }
    stack_drop(i, 2 * i->opsize + drop);
    far_commit_real(i, cs, eip);
}

/* IRETD at CPL 0 with VM in the flags: ESP, SS, ES, DS, FS, GS follow. */
static void return_to_vm86(struct insn *i, u32 eip, u16 cs, u32 flags)
{
    static const u8 order[] = { X86_SS, X86_ES, X86_DS, X86_FS, X86_GS };
    struct x86_cpu *cpu = i->cpu;
    u16 selector[ARRAY_SIZE(order)];
    u32 esp = peek(i, 12, 4);

    for (u8 n = 0; n < ARRAY_SIZE(order); n++)
        selector[n] = peek(i, 16 + 4 * n, 4);
    if (faulted(i))
        return;
    i->flags = (flags & (EFLAGS_ARITHMETIC | EFLAGS_TF | EFLAGS_IF | EFLAGS_DF | EFLAGS_IOPL | EFLAGS_NT | EFLAGS_RF |
                         EFLAGS_VM | EFLAGS_AC | EFLAGS_VIF | EFLAGS_VIP | EFLAGS_ID)) | EFLAGS_ONE;
    cpu->eflags |= EFLAGS_VM;
    for (u8 n = 0; n < ARRAY_SIZE(order); n++)
        segment_load_real(cpu, order[n], selector[n]);
    segment_load_real(cpu, X86_CS, cs);
    cpu->gpr[X86_ESP] = esp;
    cpu->cpl = 3;
    i->next = eip & 0xFFFF;
    i->result = X86_MODE;
}

/* Real and virtual-8086 mode. */
static void return_real(struct insn *i, u32 eip, u16 cs, u32 flags, u32 mask)
{
    if (vm86_restricted(i->cpu))
        vme_flags_write(i, flags);
    else
        i->flags = (i->flags & ~mask) | (flags & mask);
    stack_drop(i, 3 * i->opsize);
    far_commit_real(i, cs, eip);
}

void exec_iret(struct insn *i)
{
    struct x86_cpu *cpu = i->cpu;
    u8 size = i->opsize;
    u32 eip, flags, mask = flags_writable(cpu, size);
    u16 cs;

    if (vm86_restricted(cpu) && !(cpu->cr4 & CR4_VME && size == 2)) {
        fault_gp(i, 0);
        return;
    }
    if (protected_mode(cpu) && cpu->eflags & EFLAGS_NT) {
        task_return(i);
        return;
    }
    eip = peek(i, 0, size);
    cs = peek(i, size, size);
    flags = peek(i, 2 * size, size);
    if (size == 4)
        mask |= EFLAGS_RF | (protected_mode(cpu) && !cpu->cpl ? EFLAGS_VIF | EFLAGS_VIP : 0);
    if (!protected_mode(cpu)) {
        return_real(i, eip, cs, flags, mask);
    } else if (size == 4 && flags & EFLAGS_VM && !cpu->cpl) {
        return_to_vm86(i, eip, cs, flags);
    } else {
        i->flags = (i->flags & ~mask) | (flags & mask);
        return_far(i, cs, eip, 3 * size, 0);
    }
    if (!faulted(i))
        cpu->shadow &= ~X86_SHADOW_NMI;
}

/* ---- INT ------------------------------------------------------------------------------------ */

static void software_interrupt(struct insn *i, u8 vector, u8 kind)
{
    struct x86_event event = { .vector = vector, .kind = kind };

    interrupt_enter(i, &event);
}

/* Does the TSS's redirection map, 32 bytes before the I/O map, leave this vector to the program's own table? */
static bool redirected(struct insn *i, u8 vector)
{
    const struct x86_segment *tr = &i->cpu->seg[X86_TR];
    u32 at;

    if (!(i->cpu->eflags & EFLAGS_VM) || !(i->cpu->cr4 & CR4_VME))
        return false;
    at = load_system(i, tr->base + TSS32_IO_MAP, 2) - 32 + vector / 8;
    return at <= tr->limit && !(load_system(i, tr->base + at, 1) >> (vector & 7) & 1);
}

void exec_int(struct insn *i)
{
    if (redirected(i, i->src))
        interrupt_vme(i, i->src);
    else if (vm86_restricted(i->cpu))
        fault_gp(i, 0);
    else
        software_interrupt(i, i->src, X86_SOFTWARE);
}

void exec_int3(struct insn *i)
{
    software_interrupt(i, VECTOR_BP, X86_SOFTWARE);
}

/* No gate check: it is a hardware event. */
void exec_int1(struct insn *i)
{
    software_interrupt(i, VECTOR_DB, X86_EXTERNAL);
}

void exec_into(struct insn *i)
{
    if (i->flags & EFLAGS_OF)
        software_interrupt(i, VECTOR_OF, X86_SOFTWARE);
}
