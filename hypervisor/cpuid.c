/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * CPUID: the processor's own answers, without what the guest does not have, and our leaves (include/abi/partition.h).
 * An instruction gated by a VMX control that we could not set must not be announced: Linux patches RDTSCP and
 * INVPCID into its own code when it sees their bits, and dies of #UD.
 */
#include "hypervisor.h"
#include "abi/partition.h"
#include "hw/cpuid.h"

struct gated gated = { true, true, true, true };

static void partition_leaf(struct vcpu *v, u32 leaf, struct cpuid *r)
{
    u32 index = r->c;
    const u64 *memory = guest_memory((u64)r->d << 32 | r->c, sizeof(u64));

    *r = (struct cpuid){ 0 };
    switch (leaf) {
    case CPUID_PARTITION:
        *r = (struct cpuid){ CPUID_PARTITION_LAST, PARTITION_SIGNATURE_EBX, PARTITION_SIGNATURE_ECX, PARTITION_SIGNATURE_EDX };
        break;
    case CPUID_PARTITION_FEATURES:
        r->a = PARTITION_VERSION;
        r->b = (hvm->real_mode ? 0 : PARTITION_NO_REAL_MODE) | (hvm->nested_paging ? PARTITION_NESTED_PAGING : 0) |
               (hv.svm ? PARTITION_SVM : 0);
        r->c = processor_count;
        break;
    case CPUID_PARTITION_MEMORY:
        r->a = hv.base;
        r->b = hv.size;
        r->c = physical(resume_door);
        break;
    case CPUID_PARTITION_READ:
        if (v->assist && memory) {
            r->c = *memory;
            r->d = *memory >> 32;
        }
        break;
    case CPUID_PARTITION_EXITS:
        r->c = EXIT_KINDS;
        if (index < EXIT_KINDS)
            r->a = exits_of_kind(index);
        if (index == PARTITION_EXITS_DUMP)
            dump_exits();
        break;
    }
}

static void hide(const struct vcpu *v, u32 leaf, u32 subleaf, struct cpuid *r)
{
    switch (leaf) {
    case 1:
        r->c &= ~(CPUID_1_ECX_VMX | CPUID_1_ECX_SMX | CPUID_1_ECX_OSXSAVE);
        r->c |= CPUID_1_ECX_HYPERVISOR;
        if ((r->c & CPUID_1_ECX_XSAVE) && (v->cr4 & CR4_OSXSAVE))
            r->c |= CPUID_1_ECX_OSXSAVE;
        break;
    case 7:
        if (subleaf != 0)
            break;
        r->b &= ~(CPUID_7_EBX_SGX | (gated.invpcid ? 0 : CPUID_7_EBX_INVPCID));
        r->c &= ~(CPUID_7_ECX_OSPKE | (gated.rdtscp ? 0 : CPUID_7_ECX_RDPID) | (gated.waitpkg ? 0 : CPUID_7_ECX_WAITPKG));
        if (v->cr4 & CR4_PKE)
            r->c |= CPUID_7_ECX_OSPKE;
        r->d &= ~CPUID_7_EDX_PCONFIG;
        break;
    case 0xD:
        if (subleaf == 1 && !gated.xsaves)
            r->a &= ~CPUID_D1_EAX_XSAVES;
        break;
    case 0x80000001:
        r->c &= ~(CPUID_81_ECX_SVM | CPUID_81_ECX_SKINIT);
        if (!gated.rdtscp)
            r->d &= ~CPUID_81_EDX_RDTSCP;
        break;
    case 0x80000008:                    /* #UD in a guest but by a bit of newer VMCBs */
        r->b &= ~CPUID_88_EBX_INVLPGB;
        r->d &= ~CPUID_88_EDX_INVLPGB;
        break;
    case 0x8000000A:
        *r = (struct cpuid){ 0 };
        break;
    }
}

void exit_cpuid(struct vcpu *v)
{
    u32 leaf = v->gpr[RAX], subleaf = v->gpr[RCX];
    struct cpuid r = { leaf, 0, subleaf, v->gpr[RDX] };

    hvm->read_control(v);
    if (leaf >= CPUID_PARTITION && leaf < CPUID_PARTITION + 0x100) {
        partition_leaf(v, leaf, &r);
    } else {
        r = cpuid(leaf, subleaf);
        hide(v, leaf, subleaf, &r);
    }
    v->gpr[RAX] = r.a;
    v->gpr[RBX] = r.b;
    v->gpr[RCX] = r.c;
    v->gpr[RDX] = r.d;
    advance(v);
}
