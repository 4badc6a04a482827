/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The few MSRs that exit, and XSETBV. EFER: CR0.PG is always 1 in VMX hardware, and a WRMSR that changes LME then is
 * #GP; SVM wants SVME in it. MSRs outside the two ranges of the VMX bitmap exit whatever it says: #GP, as a
 * processor without them.
 */
#include "hypervisor.h"
#include "hw/msr.h"

#define EFER_WRITABLE  (EFER_SCE | EFER_LME | EFER_NXE)
#define EFER_AMD       0x7000ull   /* LMSLE, FFXSR; SVME is ours */

#define XCR0_X87  0x1u
#define XCR0_SSE  0x2u
#define XCR0_AVX  0x4u

static void msr_result(struct vcpu *v, u64 value)
{
    v->gpr[RAX] = (u32)value;
    v->gpr[RDX] = value >> 32;
    advance(v);
}

void exit_rdmsr(struct vcpu *v)
{
    switch ((u32)v->gpr[RCX]) {
    case MSR_EFER:
        hvm->read_control(v);
        return msr_result(v, v->efer);
    case MSR_FEATURE_CONTROL:
        return msr_result(v, FEATURE_CONTROL_LOCKED);
    }
    inject_gp(v);
}

void exit_wrmsr(struct vcpu *v)
{
    u64 value = (u32)v->gpr[RAX] | v->gpr[RDX] << 32;
    u64 writable = EFER_WRITABLE | (hv.svm ? EFER_AMD & ~(u64)EFER_SVME : 0);

    if ((u32)v->gpr[RCX] != MSR_EFER)
        return inject_gp(v);
    hvm->read_control(v);
    if ((value & ~(writable | EFER_LMA)) || ((v->cr0 & CR0_PG) && ((value ^ v->efer) & EFER_LME)))
        return inject_gp(v);
    v->efer = (value & writable) | (v->efer & EFER_LMA);
    hvm->write_control(v);
    advance(v);
}

void exit_xsetbv(struct vcpu *v)
{
    u64 value = (u32)v->gpr[RAX] | v->gpr[RDX] << 32;
    u32 a, b, c, d;

    asm volatile("cpuid" : "=a"(a), "=b"(b), "=c"(c), "=d"(d) : "0"(0xD), "2"(0));
    if ((u32)v->gpr[RCX] != 0 || !(value & XCR0_X87) || (value & ~((u64)d << 32 | a)) ||
        ((value & XCR0_AVX) && !(value & XCR0_SSE)))
        return inject_gp(v);
    asm volatile("xsetbv" :: "c"(0), "a"((u32)value), "d"((u32)(value >> 32)));
    advance(v);
}
