/* SPDX-License-Identifier: BSD-2-Clause */
/* The states in which a virtual processor begins. */
#include "processors.h"
#include "hw/cpuid.h"

#define TR_STATE    { 0, 0xFFFF, 0, SEG_P | SYS_TSS32_BUSY }
#define LDTR_STATE  { 0, 0, 0, SEG_UNUSABLE }

static void begin(struct vcpu *v, const struct vmx_assist_context *c)
{
    v->assist = v->shielded = false;
    v->rflags = EFLAGS_ONE;
    v->cr3 = v->cr4 = v->efer = 0;
    hvm->write_segments(v, c);
    hvm->write_control(v);
}

/* 32-bit protected mode with flat segments: as every VMM starts vmxloader. */
void flat_state(struct vcpu *v, u32 entry)
{
    const struct vmx_assist_segment data = { 0x10, 0xFFFFFFFF, 0, SEG_G | SEG_DB | SEG_P | SEG_S | SEG_WRITABLE | SEG_ACCESSED };
    const struct vmx_assist_context c = {
        .cs = { 0x08, 0xFFFFFFFF, 0, SEG_G | SEG_DB | SEG_P | SEG_S | SEG_CODE | SEG_READABLE | SEG_ACCESSED },
        .ds = data, .es = data, .ss = data, .fs = data, .gs = data, .tr = TR_STATE, .ldtr = LDTR_STATE,
        .gdtr_limit = 0xFFFF, .idtr_limit = 0xFFFF,
    };

    v->rip = entry;
    v->cr0 = CR0_PE | CR0_ET;
    begin(v, &c);
}

/* Intel SDM vol. 3A, table 10-1, after INIT. */
void real_state(struct vcpu *v, u16 cs, u16 ip)
{
    const struct vmx_assist_segment data = { 0, 0xFFFF, 0, SEG_P | SEG_S | SEG_WRITABLE | SEG_ACCESSED };
    const struct vmx_assist_context c = {
        .cs = { cs, 0xFFFF, cs << 4, SEG_P | SEG_S | SEG_CODE | SEG_READABLE | SEG_ACCESSED },
        .ds = data, .es = data, .ss = data, .fs = data, .gs = data, .tr = TR_STATE, .ldtr = LDTR_STATE,
        .gdtr_limit = 0xFFFF, .idtr_limit = 0xFFFF,
    };

    v->rip = ip;
    v->cr0 = CR0_ET;
    begin(v, &c);
}

void processor_wait(struct vcpu *v)
{
    flat_state(v, VMX_ASSIST_BASE);
    hvm->sleep(v, UNTIL_SIPI);
}

void processor_start(struct vcpu *v, u8 vector)
{
    memset(v->gpr, 0, sizeof(v->gpr));
    v->gpr[RDX] = cpuid(1, 0).a;                   /* the processor's signature */
    if (hvm->real_mode)
        return real_state(v, vector << 8, 0);
    if (!world_has_room(v)) {
        print("hypervisor: processor %u stays parked: vmxassist has no room for it\n", v->index);
        return processor_wait(v);
    }
    v->gpr[RDX] = v->index;             /* include/abi/vmx_assist.h */
    v->gpr[RBX] = vector;
    flat_state(v, VMX_ASSIST_BASE);
}
