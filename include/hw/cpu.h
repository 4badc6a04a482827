/* SPDX-License-Identifier: BSD-2-Clause */
/* The processor's own registers and tables: Intel SDM vol. 3, chapters 2, 3 and 6; access rights: 25.4.1. */
#ifndef HW_CPU_H
#define HW_CPU_H

#define CR0_PE  0x00000001u
#define CR0_MP  0x00000002u
#define CR0_EM  0x00000004u
#define CR0_TS  0x00000008u
#define CR0_ET  0x00000010u
#define CR0_NE  0x00000020u
#define CR0_WP  0x00010000u
#define CR0_AM  0x00040000u
#define CR0_NW  0x20000000u
#define CR0_CD  0x40000000u
#define CR0_PG  0x80000000u

#define CR3_PCID        0x00000FFFu   /* with CR4.PCIDE */

#define CR4_VME         0x00000001u
#define CR4_PVI         0x00000002u
#define CR4_TSD         0x00000004u
#define CR4_DE          0x00000008u
#define CR4_PSE         0x00000010u
#define CR4_PAE         0x00000020u
#define CR4_MCE         0x00000040u
#define CR4_PGE         0x00000080u
#define CR4_PCE         0x00000100u
#define CR4_OSFXSR      0x00000200u
#define CR4_OSXMMEXCPT  0x00000400u
#define CR4_UMIP        0x00000800u
#define CR4_LA57        0x00001000u
#define CR4_VMXE        0x00002000u
#define CR4_FSGSBASE    0x00010000u
#define CR4_PCIDE       0x00020000u
#define CR4_OSXSAVE     0x00040000u
#define CR4_SMEP        0x00100000u
#define CR4_SMAP        0x00200000u
#define CR4_PKE         0x00400000u
#define CR4_CET         0x00800000u
#define CR4_PKS         0x01000000u

#define EFLAGS_CF    0x00000001u
#define EFLAGS_ONE   0x00000002u   /* always set */
#define EFLAGS_PF    0x00000004u
#define EFLAGS_AF    0x00000010u
#define EFLAGS_ZF    0x00000040u
#define EFLAGS_SF    0x00000080u
#define EFLAGS_TF    0x00000100u
#define EFLAGS_IF    0x00000200u
#define EFLAGS_DF    0x00000400u
#define EFLAGS_OF    0x00000800u
#define EFLAGS_IOPL  0x00003000u
#define EFLAGS_NT    0x00004000u
#define EFLAGS_RF    0x00010000u
#define EFLAGS_VM    0x00020000u
#define EFLAGS_AC    0x00040000u
#define EFLAGS_VIF   0x00080000u
#define EFLAGS_VIP   0x00100000u
#define EFLAGS_ID    0x00200000u

#define EFER_SCE  0x001u
#define EFER_LME  0x100u
#define EFER_LMA  0x400u
#define EFER_NXE  0x800u
#define EFER_SVME 0x1000u
#define EFER_LMSLE    0x002000u    /* AMD, from here */
#define EFER_FFXSR    0x004000u
#define EFER_TCE      0x008000u
#define EFER_MCOMMIT  0x020000u
#define EFER_INTWB    0x040000u
#define EFER_UAIE     0x100000u
#define EFER_AIBRSE   0x200000u

#define MSR_EFER  0xC0000080u

/* DR6, DR7 */
#define DR6_BS   0x4000u
#define DR6_BT   0x8000u
#define DR6_BD   0x2000u
#define DR6_B    0x000Fu   /* B0-B3 */
#define DR7_GD   0x2000u
#define DR7_ENABLED  0x00FFu   /* L0-L3, G0-G3 */
#define DR7_LOCAL    0x0155u   /* L0-L3, LE: cleared by a task switch */

/* Access rights of a segment as VMX keeps them: bytes 5 and 6 of its descriptor. */
#define SEG_TYPE        0x0000Fu
#define SEG_ACCESSED    0x00001u   /* S=1 */
#define SEG_WRITABLE    0x00002u   /* data */
#define SEG_READABLE    0x00002u   /* code */
#define SEG_EXPAND_DOWN 0x00004u   /* data */
#define SEG_CONFORMING  0x00004u   /* code */
#define SEG_CODE        0x00008u
#define SEG_S           0x00010u   /* code or data, not system */
#define SEG_DPL         0x00060u
#define SEG_DPL_SHIFT   5
#define SEG_P           0x00080u
#define SEG_AVL         0x01000u
#define SEG_L           0x02000u
#define SEG_DB          0x04000u   /* 32-bit code, stack; expand-down to 4 GiB */
#define SEG_G           0x08000u
#define SEG_UNUSABLE    0x10000u

/* Types of system descriptors (S=0) */
#define SYS_TSS16       1
#define SYS_LDT         2
#define SYS_TSS16_BUSY  3
#define SYS_CALL16      4
#define SYS_TASK        5
#define SYS_INT16       6
#define SYS_TRAP16      7
#define SYS_TSS32       9
#define SYS_TSS32_BUSY  11
#define SYS_CALL32      12
#define SYS_INT32       14
#define SYS_TRAP32      15

/* Exception vectors */
#define VECTOR_DE  0
#define VECTOR_DB  1
#define VECTOR_NMI 2
#define VECTOR_BP  3
#define VECTOR_OF  4
#define VECTOR_BR  5
#define VECTOR_UD  6
#define VECTOR_NM  7
#define VECTOR_DF  8
#define VECTOR_TS  10
#define VECTOR_NP  11
#define VECTOR_SS  12
#define VECTOR_GP  13
#define VECTOR_PF  14
#define VECTOR_MF  16
#define VECTOR_AC  17
#define VECTOR_MC  18
#define VECTOR_XM  19

#endif
