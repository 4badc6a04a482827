/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Control registers that the guest does not write by itself. Intel SDM vol. 3A, 2.5 and vol. 2B,
 * "MOV--Move to/from Control Registers" for the faults.
 */
#include "hypervisor.h"
#include "hw/paging.h"

/* A page-directory-pointer-table entry of PAE paging: bits 2:1, 8:5 and those above any physical address. */
#define PDPTE_RESERVED  (~PTE_ADDRESS & ~0xE19ull)

static bool pdptes_valid(const struct vcpu *v)
{
    const u64 *entry = guest_memory(v->cr3 & 0xFFFFFFE0, 4 * sizeof(u64));

    for (unsigned i = 0; entry && i < 4; i++)
        if ((entry[i] & PTE_P) && (entry[i] & PDPTE_RESERVED))
            return false;
    return entry;
}

static bool in_16bit_task(struct vcpu *v)
{
    struct vmx_assist_context c;

    hvm->read_segments(v, &c);
    return (c.tr.arbytes & SEG_TYPE) == SYS_TSS16_BUSY;
}

/* Turn paging on or off in protected mode; false: #GP. */
static bool change_paging(struct vcpu *v, u64 cr0)
{
    if (!(cr0 & CR0_PG)) {
        if (hvm->long_code(v) || (v->cr4 & CR4_PCIDE))
            return false;
        v->efer &= ~(u64)EFER_LMA;
        return true;
    }
    if (v->efer & EFER_LME) {
        if (!(v->cr4 & CR4_PAE) || hvm->long_code(v) || in_16bit_task(v))
            return false;
        v->efer |= EFER_LMA;
        return true;
    }
    return !(v->cr4 & CR4_PAE) || pdptes_valid(v);
}

static void write_cr0(struct vcpu *v, u64 value)
{
    u64 old = v->cr0;

    value |= CR0_ET;
    if (value >> 32 || ((value & CR0_PG) && !(value & CR0_PE)) || ((value & CR0_NW) && !(value & CR0_CD)))
        return inject_gp(v);
    if (v->assist && (value & CR0_PE)) {
        if (!world_restore(v))
            guest_dies(v, "vmxassist left real mode without an OLD context");
        return;
    }
    if ((v->cr4 & CR4_CET) && !(value & CR0_WP))
        return inject_gp(v);
    if (((value ^ old) & CR0_PG) && !change_paging(v, value))
        return inject_gp(v);
    v->cr0 = value;
    if (!hvm->real_mode && !v->assist && !(value & CR0_PE)) {
        if (!world_invoke(v))
            guest_dies(v, "real mode entered, and there is no vmxassist at D0000");
        return;
    }
    hvm->write_control(v);
    advance(v);
}

static void write_cr3(struct vcpu *v, u64 value)
{
    u64 old = v->cr3;

    v->cr3 = v->efer & EFER_LMA ? value & ~(1ull << 63) : (u32)value;
    if ((v->cr0 & CR0_PG) && (v->cr4 & CR4_PAE) && !(v->efer & EFER_LMA) && !pdptes_valid(v)) {
        v->cr3 = old;
        return inject_gp(v);
    }
    hvm->write_control(v);
    advance(v);
}

/* PAE paging loads its PDPTEs when one of these changes (SDM vol. 3A, 4.4.1). */
#define CR4_LOADS_PDPTES  (CR4_PAE | CR4_PSE | CR4_PGE | CR4_SMEP)

static bool cr4_fits(const struct vcpu *v, u64 value)
{
    u64 changed = value ^ v->cr4;

    if ((value & ~hvm->cr4_allowed) || ((value & CR4_CET) && !(v->cr0 & CR0_WP)))
        return false;
    if ((changed & value & CR4_PCIDE) && (!(v->efer & EFER_LMA) || (v->cr3 & CR3_PCID)))
        return false;
    if (v->efer & EFER_LMA)
        return !(changed & (CR4_PAE | CR4_LA57));
    return !(v->cr0 & CR0_PG) || !(value & CR4_PAE) || !(changed & CR4_LOADS_PDPTES) || pdptes_valid(v);
}

static void write_cr4(struct vcpu *v, u64 value)
{
    if (!cr4_fits(v, value))
        return inject_gp(v);
    v->cr4 = value;
    hvm->write_control(v);
    advance(v);
}

static void read_cr(struct vcpu *v, u64 value)
{
    u64 *gpr = &v->gpr[v->exit.gpr];

    if (v->exit.access == CR_SMSW_MEMORY) {
        if (!guest_write(v, v->exit.linear, &value, 2))
            return inject_gp(v);
    } else if (v->exit.operand_size == 2) {
        *gpr = (*gpr & ~0xFFFFull) | (value & 0xFFFF);
    } else {
        *gpr = v->exit.operand_size == 8 ? value : (u32)value;
    }
    advance(v);
}

void exit_cr(struct vcpu *v)
{
    bool write = v->exit.access == CR_WRITE;

    hvm->read_control(v);
    switch (v->exit.cr) {
    case 0:
        return write ? write_cr0(v, v->exit.value) : read_cr(v, v->cr0);
    case 3:
        return write ? write_cr3(v, v->exit.value) : read_cr(v, v->cr3);
    case 4:
        return write ? write_cr4(v, v->exit.value) : read_cr(v, v->cr4);
    }
    guest_dies(v, "access to a control register that is not intercepted");
}
