/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The world switch (include/abi/vmx_assist.h): INVOKE when the guest clears CR0.PE, RESTORE when vmxassist sets it.
 * The header is read at every switch, by physical addresses.
 */
#include "hypervisor.h"

/* The header, if vmxassist has contexts for this processor. */
static const struct vmx_assist_header *header(const struct vcpu *v)
{
    const struct vmx_assist_header *h = guest_memory(VMX_ASSIST_BASE, sizeof(*h));

    if (h->magic != VMX_ASSIST_MAGIC || (v->index && (h->extension != VMX_ASSIST_EXTENSION || v->index >= h->processors)))
        return NULL;
    return h;
}

bool world_has_room(const struct vcpu *v)
{
    return header(v);
}

/* Where the header has `at`; NULL if it has none, or in our memory. */
static struct vmx_assist_context *context(const struct vcpu *v, const struct vmx_assist_header *h, u32 at)
{
    if (at && v->index)
        at += v->index * h->stride;
    return at ? guest_memory(at, sizeof(struct vmx_assist_context)) : NULL;
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
    const struct vmx_assist_header *h = header(v);
    const struct vmx_assist_context *to = h ? context(v, h, h->new_context) : NULL;
    struct vmx_assist_context *from;

    if (!to)
        return false;
    from = context(v, h, h->old_context);
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
    v->shielded = false;
    v->count[EXIT_INVOKE]++;
    load(v, to);
    hvm->write_control(v);
    return true;
}

bool world_restore(struct vcpu *v)
{
    const struct vmx_assist_header *h = header(v);
    const struct vmx_assist_context *to = h ? context(v, h, h->old_context) : NULL;

    if (!to)
        return false;
    v->assist = false;
    v->shielded = true;
    v->count[EXIT_RESTORE]++;
    load(v, to);
    hvm->write_control(v);
    return true;
}
