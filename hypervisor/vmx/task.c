/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Task switches by hardware, which VMX leaves to us (Intel SDM vol. 3C, 26.4.2): the interpreter's own, x86/task.c, on
 * the state of the VMCS. There are none in 64-bit mode.
 */
#include "vmx.h"
#include "registers.h"
#include "x86/x86.h"

static u8 *ram(struct x86_cpu *cpu, paddr at, bool write)
{
    (void)cpu;
    (void)write;
    return guest_memory(at, 1);
}

static const struct x86_ops ops = { .ram = ram };

static void read_cpu(struct vcpu *v, struct x86_cpu *cpu)
{
    struct vmx_assist_context c;

    hvm->read_control(v);
    hvm->read_segments(v, &c);
    for (unsigned i = 0; i < X86_SEGMENTS; i++) {
        const struct vmx_assist_segment *s = vmx_assist_segment(&c, i);
        cpu->seg[i] = (struct x86_segment){ s->sel, s->limit, s->base, s->arbytes };
    }
    for (unsigned i = 0; i < ARRAY_SIZE(cpu->gpr); i++)
        cpu->gpr[i] = v->gpr[i];
    cpu->eip = v->rip;
    cpu->eflags = v->rflags;
    cpu->gdtr = (struct x86_table){ c.gdtr_base, c.gdtr_limit };
    cpu->idtr = (struct x86_table){ c.idtr_base, c.idtr_limit };
    cpu->cr0 = v->cr0;
    cpu->cr2 = read_cr2();
    cpu->cr3 = v->cr3;
    cpu->cr4 = v->cr4;
    cpu->efer = v->efer;
    cpu->dr[7] = vmread(VMCS_GUEST_DR7);
    cpu->cpl = v->rflags & EFLAGS_VM ? 3 : (c.ss.arbytes & SEG_DPL) >> SEG_DPL_SHIFT;
    x86_load_pdptes(cpu, &ops);
}

static void write_cpu(struct vcpu *v, const struct x86_cpu *cpu)
{
    struct vmx_assist_context c = {
        .gdtr_base = cpu->gdtr.base, .gdtr_limit = cpu->gdtr.limit,
        .idtr_base = cpu->idtr.base, .idtr_limit = cpu->idtr.limit,
    };

    for (unsigned i = 0; i < X86_SEGMENTS; i++)
        *vmx_assist_segment(&c, i) = (struct vmx_assist_segment){
            cpu->seg[i].selector, cpu->seg[i].limit, cpu->seg[i].base, cpu->seg[i].access
        };
    for (unsigned i = 0; i < ARRAY_SIZE(cpu->gpr); i++)
        v->gpr[i] = cpu->gpr[i];
    v->rip = cpu->eip;
    v->rflags = cpu->eflags;
    v->cr0 = cpu->cr0;
    v->cr3 = cpu->cr3;
    vmwrite(VMCS_GUEST_DR7, cpu->dr[7]);
    hvm->write_segments(v, &c);
    hvm->write_control(v);
}

/* NMIs are blocked in the task of vector 2, until its IRET. */
static u32 nmi_blocking(u32 event, enum x86_switch source)
{
    if ((event & ~VMX_EVENT_HAS_ERROR) == VMX_EVENT_NMI)
        return BLOCKING_NMI;
    return source == X86_SWITCH_IRET ? 0 : vmread(VMCS_GUEST_INTERRUPTIBILITY) & BLOCKING_NMI;
}

void vmx_task_switch(struct vcpu *v)
{
    u64 qualification = v->exit.value;
    u32 event = vmread(VMCS_IDT_VECTORING_INFO);
    enum x86_switch source = TASK_QUAL_SOURCE(qualification);
    bool vectored = source == X86_SWITCH_GATE && event & VMX_EVENT_VALID;
    bool has_error = vectored && event & VMX_EVENT_HAS_ERROR;
    struct x86_cpu cpu = { 0 };
    u16 from;

    if (!vectored)
        event = 0;
    read_cpu(v, &cpu);
    from = cpu.seg[X86_TR].selector;
    if (!vectored || (event & VMX_EVENT_TYPE) >= VMX_EVENT_SOFTWARE)
        cpu.eip += v->exit.length;      /* an instruction that is done when the old task goes on */
    enum x86_result result = x86_task_switch(&cpu, &ops, TASK_QUAL_SELECTOR(qualification), source, has_error,
                                             vmread(VMCS_IDT_VECTORING_ERROR));
    if (cpu.seg[X86_TR].selector != from) {
        u32 blocked = nmi_blocking(event, source);
        write_cpu(v, &cpu);             /* which ends all blocking */
        vmwrite(VMCS_GUEST_INTERRUPTIBILITY, blocked);
    }
    if (result == X86_EXCEPTION) {
        write_cr2(cpu.cr2);
        hvm->inject(v, cpu.event.vector, cpu.event.has_error ? (s32)cpu.event.error : NO_ERROR_CODE);
    }
}
