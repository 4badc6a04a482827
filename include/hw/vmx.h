/* SPDX-License-Identifier: BSD-2-Clause */
/* VMCS fields, controls and exit reasons. Intel SDM vol. 3C, chapter 25 and appendices A-C. */
#ifndef HW_VMX_H
#define HW_VMX_H

#ifndef __ASSEMBLER__
#include "types.h"
#endif

/* VMCS fields, appendix B. The segment fields stand in the order ES CS SS DS FS GS LDTR TR. */
#define VMCS_GUEST_ES_SELECTOR        0x0800
#define VMCS_HOST_ES_SELECTOR         0x0C00   /* ES CS SS DS FS GS TR */
#define VMCS_HOST_CS_SELECTOR         0x0C02
#define VMCS_HOST_SS_SELECTOR         0x0C04
#define VMCS_HOST_TR_SELECTOR         0x0C0C
#define VMCS_IO_BITMAP_A              0x2000
#define VMCS_IO_BITMAP_B              0x2002
#define VMCS_MSR_BITMAP               0x2004
#define VMCS_EPT_POINTER              0x201A
#define VMCS_GUEST_PHYSICAL_ADDRESS   0x2400
#define VMCS_LINK_POINTER             0x2800
#define VMCS_GUEST_DEBUGCTL           0x2802
#define VMCS_GUEST_PDPTE0             0x280A
#define VMCS_PIN_CONTROLS             0x4000
#define VMCS_CPU_CONTROLS             0x4002
#define VMCS_EXCEPTION_BITMAP         0x4004
#define VMCS_PAGE_FAULT_MASK          0x4006
#define VMCS_PAGE_FAULT_MATCH         0x4008
#define VMCS_CR3_TARGET_COUNT         0x400A
#define VMCS_EXIT_CONTROLS            0x400C
#define VMCS_EXIT_MSR_STORE_COUNT     0x400E
#define VMCS_EXIT_MSR_LOAD_COUNT      0x4010
#define VMCS_ENTRY_CONTROLS           0x4012
#define VMCS_ENTRY_MSR_LOAD_COUNT     0x4014
#define VMCS_ENTRY_INTERRUPT_INFO     0x4016
#define VMCS_ENTRY_ERROR_CODE         0x4018
#define VMCS_ENTRY_LENGTH             0x401A
#define VMCS_CPU_CONTROLS2            0x401E
#define VMCS_INSTRUCTION_ERROR        0x4400
#define VMCS_EXIT_REASON              0x4402
#define VMCS_EXIT_INTERRUPT_INFO      0x4404
#define VMCS_EXIT_INTERRUPT_ERROR     0x4406
#define VMCS_IDT_VECTORING_INFO       0x4408
#define VMCS_IDT_VECTORING_ERROR      0x440A
#define VMCS_EXIT_LENGTH              0x440C
#define VMCS_GUEST_ES_LIMIT           0x4800
#define VMCS_GUEST_GDTR_LIMIT         0x4810
#define VMCS_GUEST_IDTR_LIMIT         0x4812
#define VMCS_GUEST_ES_ACCESS          0x4814
#define VMCS_GUEST_INTERRUPTIBILITY   0x4824
#define VMCS_GUEST_ACTIVITY           0x4826
#define VMCS_GUEST_SYSENTER_CS        0x482A
#define VMCS_HOST_SYSENTER_CS         0x4C00
#define VMCS_CR0_MASK                 0x6000
#define VMCS_CR4_MASK                 0x6002
#define VMCS_CR0_SHADOW               0x6004
#define VMCS_CR4_SHADOW               0x6006
#define VMCS_EXIT_QUALIFICATION       0x6400
#define VMCS_GUEST_LINEAR_ADDRESS     0x640A
#define VMCS_GUEST_CR0                0x6800
#define VMCS_GUEST_CR3                0x6802
#define VMCS_GUEST_CR4                0x6804
#define VMCS_GUEST_ES_BASE            0x6806
#define VMCS_GUEST_FS_BASE            0x680E
#define VMCS_GUEST_GS_BASE            0x6810
#define VMCS_GUEST_GDTR_BASE          0x6816
#define VMCS_GUEST_IDTR_BASE          0x6818
#define VMCS_GUEST_DR7                0x681A
#define VMCS_GUEST_RSP                0x681C
#define VMCS_GUEST_RIP                0x681E
#define VMCS_GUEST_RFLAGS             0x6820
#define VMCS_GUEST_PENDING_DEBUG      0x6822
#define VMCS_GUEST_SYSENTER_ESP       0x6824
#define VMCS_GUEST_SYSENTER_EIP       0x6826
#define VMCS_HOST_CR0                 0x6C00
#define VMCS_HOST_CR3                 0x6C02
#define VMCS_HOST_CR4                 0x6C04
#define VMCS_HOST_FS_BASE             0x6C06
#define VMCS_HOST_GS_BASE             0x6C08
#define VMCS_HOST_TR_BASE             0x6C0A
#define VMCS_HOST_GDTR_BASE           0x6C0C
#define VMCS_HOST_IDTR_BASE           0x6C0E
#define VMCS_HOST_SYSENTER_ESP        0x6C10
#define VMCS_HOST_SYSENTER_EIP        0x6C12
#define VMCS_HOST_RSP                 0x6C14
#define VMCS_HOST_RIP                 0x6C16

/* Controls, 25.6-25.8 */
#define CPU_INTERRUPT_WINDOW          (1u << 2)
#define CPU_CR3_LOAD_EXITING          (1u << 15)
#define CPU_CR3_STORE_EXITING         (1u << 16)
#define CPU_IO_BITMAPS                (1u << 25)
#define CPU_MSR_BITMAPS               (1u << 28)
#define CPU_SECONDARY                 (1u << 31)
#define CPU2_EPT                      (1u << 1)
#define CPU2_RDTSCP                   (1u << 3)
#define CPU2_UNRESTRICTED             (1u << 7)
#define CPU2_INVPCID                  (1u << 12)
#define CPU2_XSAVES                   (1u << 20)
#define CPU2_WAITPKG                  (1u << 26)
#define EXIT_SAVE_DEBUG               (1u << 2)
#define EXIT_HOST_64                  (1u << 9)
#define ENTRY_LOAD_DEBUG              (1u << 2)
#define ENTRY_IA32E                   (1u << 9)

#define EPT_POINTER_WB_4LEVEL         0x1Eull   /* memory type 6, walk length 4 - 1 */
#define INVEPT_ALL                    2
#define EPT_RWX                       0x7ull
#define EPT_TYPE(mtrr_type)           ((u64)(mtrr_type) << 3)
#define EPT_QUAL_WRITE                0x2
#define EPT_QUAL_MAPPED               0x38      /* qualification of a violation: reads, writes or fetches are allowed */
#define EPT_LARGE                     0x80ull

#define VMX_EVENT_EXCEPTION           0x300
#define VMX_EVENT_TYPE                0x700
#define VMX_EVENT_SOFTWARE            0x400      /* types 4, 5, 6: instructions with a length */
#define VMX_EVENT_HAS_ERROR           0x800
#define VMX_EVENT_VALID               0x80000000
#define VMX_EVENT_NMI                 0x80000202

#define BLOCKING_STI                  0x1        /* interruptibility state, 25.4.2 */
#define BLOCKING_MOV_SS               0x2
#define BLOCKING_NMI                  0x8
#define MEMORY_QUAL_NMI_UNBLOCKED     0x1000     /* by an IRET that met an EPT violation, table 28-7; undefined if an event was delivered */

#define ACTIVITY_ACTIVE               0
#define ACTIVITY_HLT                  1
#define ACTIVITY_WAIT_FOR_SIPI        3

/* Exit reasons, appendix C */
#define VMX_EXIT_EXCEPTION            0
#define VMX_EXIT_TRIPLE_FAULT         2
#define VMX_EXIT_INIT                 3
#define VMX_EXIT_SIPI                 4
#define VMX_EXIT_INTERRUPT_WINDOW     7
#define VMX_EXIT_TASK_SWITCH          9
#define VMX_EXIT_CPUID                10
#define VMX_EXIT_GETSEC               11
#define VMX_EXIT_INVD                 13
#define VMX_EXIT_VMCALL               18
#define VMX_EXIT_VMXON                27
#define VMX_EXIT_CR                   28
#define VMX_EXIT_IO                   30
#define VMX_EXIT_RDMSR                31
#define VMX_EXIT_WRMSR                32
#define VMX_EXIT_EPT_VIOLATION        48
#define VMX_EXIT_EPT_MISCONFIG        49
#define VMX_EXIT_INVEPT               50
#define VMX_EXIT_INVVPID              53
#define VMX_EXIT_XSETBV               55
#define VMX_EXIT_ENTRY_FAILED         0x80000000u

/* Qualification of a task switch, table 28-2 */
#define TASK_QUAL_SELECTOR(q)         ((q) & 0xFFFF)
#define TASK_QUAL_SOURCE(q)           ((q) >> 30 & 3)

/* Qualification of an I/O instruction, table 28-5 */
#define IO_QUAL_BYTES(q)              (((q) & 7) + 1)
#define IO_QUAL_IN                    0x08
#define IO_QUAL_STRING                0x10
#define IO_QUAL_PORT(q)               ((q) >> 16 & 0xFFFF)

/* Qualification of a CR access, table 28-3 */
#define CR_QUAL_NUMBER(q)             ((q) & 0xF)
#define CR_QUAL_ACCESS(q)             ((q) >> 4 & 3)
#define CR_QUAL_TO_CR                 0
#define CR_QUAL_FROM_CR               1
#define CR_QUAL_CLTS                  2
#define CR_QUAL_LMSW                  3
#define CR_QUAL_REGISTER(q)           ((q) >> 8 & 0xF)
#define CR_QUAL_LMSW_VALUE(q)         ((q) >> 16 & 0xFFFF)

#ifndef __ASSEMBLER__

static inline u64 vmread(u64 field)
{
    u64 value;
    asm volatile("vmread %1, %0" : "=rm"(value) : "r"(field) : "cc");
    return value;
}

static inline void vmwrite(u64 field, u64 value)
{
    asm volatile("vmwrite %1, %0" :: "r"(field), "rm"(value) : "cc");
}

#endif
#endif
