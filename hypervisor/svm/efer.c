/* SPDX-License-Identifier: BSD-2-Clause */
/* Which bits of EFER this processor has: VMRUN refuses a guest with others. AMD APM vol. 2, 3.1.7; vol. 3, appendix E. */
#include "svm.h"
#include "hw/cpuid.h"

static const struct {
    u32 leaf;
    enum { EAX, EBX, ECX, EDX } word;
    u32 bit;
    u64 efer;
} announced[] = {
    { 0x80000001, EDX, CPUID_81_EDX_FFXSR,     EFER_FFXSR },
    { 0x80000001, ECX, CPUID_81_ECX_TCE,       EFER_TCE },
    { 0x80000008, EBX, CPUID_88_EBX_MCOMMIT,   EFER_MCOMMIT },
    { 0x80000008, EBX, CPUID_88_EBX_INTWB,     EFER_INTWB },
    { 0x80000021, EAX, CPUID_821_EAX_UAI,      EFER_UAIE },
    { 0x80000021, EAX, CPUID_821_EAX_AIBRS,    EFER_AIBRSE },
};

/* All zeros where the processor has no such leaf. */
static struct cpuid leaf(u32 number)
{
    return cpuid(0x80000000, 0).a >= number ? cpuid(number, 0) : (struct cpuid){ 0 };
}

u64 svm_efer_allowed(void)
{
    u64 allowed = EFER_COMMON;

    if (!(leaf(0x80000008).b & CPUID_88_EBX_NO_LMSLE))
        allowed |= EFER_LMSLE;
    for (u32 i = 0; i < ARRAY_SIZE(announced); i++) {
        struct cpuid r = leaf(announced[i].leaf);
        const u32 words[] = { r.a, r.b, r.c, r.d };

        if (words[announced[i].word] & announced[i].bit)
            allowed |= announced[i].efer;
    }
    return allowed;
}
