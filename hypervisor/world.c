/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The world switch (include/abi/vmx_assist.h): INVOKE when the guest clears CR0.PE, RESTORE when vmxassist sets it.
 * The header is read at every switch, by physical addresses.
 */
#include "hypervisor.h"

static struct vmx_assist_context *context(u32 offset)
{
    const struct vmx_assist_header *h = guest_memory(VMX_ASSIST_BASE, sizeof(*h));
    u32 at = offset == VMX_ASSIST_OFF_NEW ? h->new_context : h->old_context;

    if (h->magic != VMX_ASSIST_MAGIC || at == 0)
        return NULL;
    return guest_memory(at, sizeof(struct vmx_assist_context));
}

static void load(struct vcpu *v, const struct vmx_assist_context *c)
{
    v->rip = c->eip;
    v->gpr[RSP] = c->esp;
    v->rflags = (c->eflags & ~(u64)EFLAGS_RF) | EFLAGS_ONE;
    v->cr0 = c->cr0 | CR0_ET;
    v->cr3 = c->cr3;
    v->cr4 = c->cr4 & hvm->cr4_allowed;
    v->efer &= ~(u64)EFER_LMA;
    if ((v->cr0 & CR0_PG) && (v->efer & EFER_LME))
        v->efer |= EFER_LMA;
    hvm->write_segments(v, c);
}

bool world_invoke(struct vcpu *v)
{
    const struct vmx_assist_context *to = context(VMX_ASSIST_OFF_NEW);
    struct vmx_assist_context *from = context(VMX_ASSIST_OFF_OLD);

    if (!to)
        return false;
    if (from) {
        from->eip = v->rip + v->exit.length;
        from->esp = v->gpr[RSP];
        from->eflags = v->rflags & ~(u64)EFLAGS_RF;
        from->cr0 = v->cr0;
        from->cr3 = v->cr3;
        from->cr4 = v->cr4;
        hvm->read_segments(v, from);
    }
    v->assist = true;
    v->count[EXIT_INVOKE]++;
    load(v, to);
    hvm->write_control(v);
    return true;
}

bool world_restore(struct vcpu *v)
{
    const struct vmx_assist_context *to = context(VMX_ASSIST_OFF_OLD);

    if (!to)
        return false;
    v->assist = false;
    v->count[EXIT_RESTORE]++;
    load(v, to);
    hvm->write_control(v);
    return true;
}
