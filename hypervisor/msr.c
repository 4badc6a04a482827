/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The MSRs that exit, and XSETBV, whose value the processor itself judges. EFER: CR0.PG is always 1 in VMX hardware, and
 * a WRMSR that changes LME then is #GP; SVM wants SVME in it. MSRs outside the two ranges of the VMX bitmap exit
 * whatever it says: #GP, as a processor without them. MTRRs: the nested map follows them.
 */
#include "apic.h"
#include "hw/msr.h"

static void msr_result(struct vcpu *v, u64 value)
{
    v->gpr[RAX] = (u32)value;
    v->gpr[RDX] = value >> 32;
    advance(v);
}

void exit_rdmsr(struct vcpu *v)
{
    u64 value;

    switch ((u32)v->gpr[RCX]) {
    case MSR_EFER:
        hvm->read_control(v);
        return msr_result(v, v->efer);
    case MSR_FEATURE_CONTROL:
        return msr_result(v, FEATURE_CONTROL_LOCKED);
    }
    if (!hvm->read_msr || !hvm->read_msr(v->gpr[RCX], &value))
        return inject_gp(v);
    msr_result(v, value);
}

static void write_other(struct vcpu *v, u32 msr, u64 value)
{
    if (!hvm->write_msr || !hvm->write_msr(msr, value))
        return inject_gp(v);
    if (mtrr_is(msr))
        nested_retype();
    advance(v);
}

void exit_wrmsr(struct vcpu *v)
{
    u64 value = (u32)v->gpr[RAX] | v->gpr[RDX] << 32;

    if ((u32)v->gpr[RCX] == MSR_X2APIC_ICR)
        return apic_write_icr(value) ? advance(v) : inject_gp(v);
    if ((u32)v->gpr[RCX] != MSR_EFER)
        return write_other(v, v->gpr[RCX], value);
    hvm->read_control(v);
    if ((value & ~(hvm->efer_allowed | EFER_LMA)) || ((v->cr0 & CR0_PG) && ((value ^ v->efer) & EFER_LME)))
        return inject_gp(v);
    v->efer = (value & hvm->efer_allowed) | (v->efer & EFER_LMA);
    hvm->write_control(v);
    advance(v);
}

void exit_xsetbv(struct vcpu *v)
{
    if (!xsetbv_try(v->gpr[RCX], (u32)v->gpr[RAX] | v->gpr[RDX] << 32))
        return inject_gp(v);
    advance(v);
}
