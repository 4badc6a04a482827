/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a guest can ask the hypervisor, by CPUID. The leaves are there if and only if CPUID.1:ECX
 * bit 31 is set and leaf 40000000h gives the signature.
 *
 * Asked for by the words `partition=vmx`, `partition=svm` or `partition=auto` of the command line,
 * `strict` (never use real mode, also where the processor has it) and `early` (for tests: use nothing that the first VMX
 * processors lack, neither secondary controls nor MSR bitmaps nor free CR3 accesses) and `a20` (for tests: the A20 gate by an
 * alias, as on VMX processors that block A20M#).
 */
#ifndef ABI_PARTITION_H
#define ABI_PARTITION_H

#include "types.h"
#include "hw/cpuid.h"

#define CPUID_PARTITION              0x40000000u  /* EAX = highest leaf, EBX ECX EDX = signature */
#define PARTITION_SIGNATURE_EBX      0x50776664u  /* "dfwP" */
#define PARTITION_SIGNATURE_ECX      0x69747261u  /* "arti" */
#define PARTITION_SIGNATURE_EDX      0x6E6F6974u  /* "tion" */

#define CPUID_PARTITION_FEATURES     0x40000001u  /* EAX = version, EBX = flags, ECX = processors in the partition */
#define PARTITION_VERSION            1
#define PARTITION_NO_REAL_MODE       0x00000001   /* the guest must start vmxassist, not real mode */
#define PARTITION_NESTED_PAGING      0x00000002   /* the hypervisor's memory is out of the guest's reach */
#define PARTITION_SVM                0x00000004   /* else VMX */

#define CPUID_PARTITION_MEMORY       0x40000002u  /* EAX = base, EBX = bytes: not the guest's, no RAM in its memory map; ECX = resume door (handoff.h) */

/* ECX and EDX in: low and high half of an 8-byte aligned guest-physical address; out: the quadword there.
 * Only while vmxassist runs (Xen 3.1 and later have the same leaf). */
#define CPUID_PARTITION_READ         0x40000003u

/* ECX in: exit kind, 0 upwards; EAX out: VM exits of that kind, ECX = kinds there are. ECX = FFFFFFFFh: all to the debug port. */
#define CPUID_PARTITION_EXITS        0x40000004u
#define PARTITION_EXITS_DUMP         0xFFFFFFFFu
#define CPUID_PARTITION_LAST         CPUID_PARTITION_EXITS

/* What vmxloader asks when it starts the hypervisor, its payload, at HYPERVISOR_BASE; it is then entered again as guest. */
#define HYPERVISOR_BASE  0x400000

enum partition_vendor { PARTITION_ANY_VENDOR, PARTITION_VMX_ONLY, PARTITION_SVM_ONLY };

struct partition_request {
    u32 eax, ebx, entry;   /* registers and entry of the guest */
    u32 vendor;            /* enum partition_vendor */
    u32 strict, early, a20;
};

struct partition {
    u32 flags;        /* PARTITION_... */
    u32 base, size;   /* physical memory that is the hypervisor's */
    u32 resume_door;  /* handoff.h */
    u32 processors;
};

/* partition_probe: true when this code runs under our hypervisor; then *p is filled. */
static inline bool partition_probe(struct partition *p)
{
    struct cpuid r;

    if (!(cpuid(1, 0).c & CPUID_1_ECX_HYPERVISOR))
        return false;
    r = cpuid(CPUID_PARTITION, 0);
    if (r.b != PARTITION_SIGNATURE_EBX || r.c != PARTITION_SIGNATURE_ECX || r.d != PARTITION_SIGNATURE_EDX)
        return false;
    r = cpuid(CPUID_PARTITION_FEATURES, 0);
    p->flags = r.b;
    p->processors = r.c;
    r = cpuid(CPUID_PARTITION_MEMORY, 0);
    p->base = r.a;
    p->size = r.b;
    p->resume_door = r.c;
    return true;
}

#endif
