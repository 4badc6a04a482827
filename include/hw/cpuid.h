/* SPDX-License-Identifier: BSD-2-Clause */
/* CPUID, and its feature bits. Intel SDM vol. 2A, CPUID; AMD APM vol. 3, appendix E. */
#ifndef HW_CPUID_H
#define HW_CPUID_H

#define CPUID_1_EDX_VME         (1u << 1)
#define CPUID_1_EDX_PSE         (1u << 3)
#define CPUID_1_ECX_VMX         (1u << 5)
#define CPUID_1_ECX_SMX         (1u << 6)
#define CPUID_1_ECX_X2APIC      (1u << 21)
#define CPUID_1_ECX_XSAVE       (1u << 26)
#define CPUID_1_ECX_OSXSAVE     (1u << 27)
#define CPUID_1_ECX_HYPERVISOR  (1u << 31)
#define CPUID_7_EBX_SGX         (1u << 2)
#define CPUID_7_EBX_INVPCID     (1u << 10)
#define CPUID_7_ECX_UMIP        (1u << 2)
#define CPUID_7_ECX_OSPKE       (1u << 4)
#define CPUID_7_ECX_WAITPKG     (1u << 5)
#define CPUID_7_ECX_RDPID       (1u << 22)
#define CPUID_7_EDX_PCONFIG     (1u << 18)
#define CPUID_D1_EAX_XSAVES     (1u << 3)
#define CPUID_81_ECX_SVM        (1u << 2)
#define CPUID_81_ECX_SKINIT     (1u << 12)
#define CPUID_81_ECX_TCE        (1u << 17)
#define CPUID_81_EDX_FFXSR      (1u << 25)
#define CPUID_81_EDX_1G_PAGES   (1u << 26)
#define CPUID_81_EDX_RDTSCP     (1u << 27)
#define CPUID_81_EDX_LONG_MODE  (1u << 29)
#define CPUID_88_EBX_INVLPGB    (1u << 3 | 1u << 21)   /* with TLBSYNC; and of nested pages */
#define CPUID_88_EBX_MCOMMIT    (1u << 8)
#define CPUID_88_EBX_INTWB      (1u << 13)
#define CPUID_88_EBX_NO_LMSLE   (1u << 20)
#define CPUID_88_EDX_INVLPGB    0xFFFFu                /* pages at once */
#define CPUID_821_EAX_UAI       (1u << 7)
#define CPUID_821_EAX_AIBRS     (1u << 8)
#define CPUID_8A_EDX_NPT        (1u << 0)

#ifndef __ASSEMBLER__
#include "types.h"

struct cpuid {
    u32 a, b, c, d;
};

/* What EAX, EBX, ECX and EDX are after CPUID of a leaf, whether or not the processor has it. */
static inline struct cpuid cpuid(u32 leaf, u32 subleaf)
{
    struct cpuid r;

    asm volatile("cpuid" : "=a"(r.a), "=b"(r.b), "=c"(r.c), "=d"(r.d) : "0"(leaf), "2"(subleaf));
    return r;
}

#endif
#endif
