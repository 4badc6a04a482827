/* SPDX-License-Identifier: BSD-2-Clause */
/* The virtual machine control block. AMD APM vol. 2, 15.5-15.12 and appendices B and C. */
#ifndef HW_SVM_H
#define HW_SVM_H

#include "types.h"

/* intercept_misc1, intercept_misc2 (offsets 0Ch, 10h) */
#define SVM_INTERCEPT_CR0_SEL_WRITE  (1u << 5)   /* a bit other than TS and MP changes */
#define SVM_INTERCEPT_CPUID          (1u << 18)
#define SVM_INTERCEPT_INVD           (1u << 22)
#define SVM_INTERCEPT_INVLPGA        (1u << 26)
#define SVM_INTERCEPT_MSR            (1u << 28)
#define SVM_INTERCEPT_SHUTDOWN       (1u << 31)
#define SVM_INTERCEPT2_VM            0x7Fu       /* VMRUN VMMCALL VMLOAD VMSAVE STGI CLGI SKINIT */

#define SVM_TLB_FLUSH_ALL            1
#define SVM_INTERRUPT_SHADOW         1ull
#define SVM_NESTED_PAGING            1

#define SVM_EVENT_EXCEPTION          (3u << 8)
#define SVM_EVENT_HAS_ERROR          (1u << 11)
#define SVM_EVENT_VALID              (1u << 31)

#define SVM_EXIT_CR0_READ            0x000
#define SVM_EXIT_CR0_WRITE           0x010
#define SVM_EXIT_CR0_SEL_WRITE       0x065
#define SVM_EXIT_PAGE_FAULT          0x04E       /* exitinfo1: error code; exitinfo2: address */
#define SVM_EXIT_CPUID               0x072
#define SVM_EXIT_INVD                0x076
#define SVM_EXIT_INVLPGA             0x07A
#define SVM_EXIT_MSR                 0x07C       /* exitinfo1: 1 = WRMSR */
#define SVM_EXIT_SHUTDOWN            0x07F
#define SVM_EXIT_VMRUN               0x080
#define SVM_EXIT_SKINIT              0x086
#define SVM_EXIT_NPF                 0x400       /* exitinfo2: guest-physical address */
#define SVM_EXIT_INVALID             0xFFFFFFFFu /* QEMU stores it in 32 bits */

/* Bits of the MSR permission map: two for each MSR, read and write; 2 KiB for each range. */
#define SVM_MSRPM_BYTES              8192
#define SVM_MSRPM_C0000000           0x0800
#define SVM_MSRPM_C0010000           0x1000

struct svm_segment {
    u16 sel;
    u16 attrib;      /* bits 55:52 and 47:40 of the descriptor, together */
    u32 limit;
    u64 base;
};

struct vmcb {
    u32 intercept_cr;         /* 15:0 reads, 31:16 writes */
    u32 intercept_dr;
    u32 intercept_exception;
    u32 intercept_misc1;
    u32 intercept_misc2;
    u8  reserved1[0x40 - 0x14];
    u64 iopm_base;
    u64 msrpm_base;
    u64 tsc_offset;
    u32 asid;
    u8  tlb_control;
    u8  reserved2[3];
    u64 v_intr;
    u64 interrupt_shadow;
    u64 exitcode;
    u64 exitinfo1;
    u64 exitinfo2;
    u64 exitintinfo;
    u64 nested;               /* SVM_NESTED_PAGING */
    u8  reserved3[0xA8 - 0x98];
    u64 eventinj;
    u64 nested_cr3;
    u64 lbr;
    u8  reserved4[0x400 - 0xC0];

    struct svm_segment es, cs, ss, ds, fs, gs, gdtr, ldtr, idtr, tr;
    u8  reserved5[0x4CB - 0x4A0];
    u8  cpl;
    u32 reserved6;
    u64 efer;
    u8  reserved7[0x548 - 0x4D8];
    u64 cr4, cr3, cr0, dr7, dr6, rflags, rip;
    u8  reserved8[0x5D8 - 0x580];
    u64 rsp;
    u8  reserved9[0x5F8 - 0x5E0];
    u64 rax;
    u64 star, lstar, cstar, sfmask, kernel_gs_base, sysenter_cs, sysenter_esp, sysenter_eip;
    u64 cr2;
    u8  reserved10[0x668 - 0x648];
    u64 pat;
    u8  reserved11[0x1000 - 0x670];
};
_Static_assert(offsetof(struct vmcb, exitcode) == 0x70, "exitcode");
_Static_assert(offsetof(struct vmcb, eventinj) == 0xA8, "eventinj");
_Static_assert(offsetof(struct vmcb, es) == 0x400, "es");
_Static_assert(offsetof(struct vmcb, efer) == 0x4D0, "efer");
_Static_assert(offsetof(struct vmcb, rip) == 0x578, "rip");
_Static_assert(offsetof(struct vmcb, rsp) == 0x5D8, "rsp");
_Static_assert(offsetof(struct vmcb, cr2) == 0x640, "cr2");
_Static_assert(offsetof(struct vmcb, pat) == 0x668, "pat");
SIZE_ASSERT(struct vmcb, 4096);

#endif
