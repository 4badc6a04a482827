/* SPDX-License-Identifier: BSD-2-Clause */
/* 32-bit code for in_ring0(): what an exit could spoil, and what must raise a fault. GOOD in EAX says that all was as it should be. */
#include "../segments.inc"
#include "hw/lapic.h"
#include "hw/msr.h"
#include "selectors.h"

#define GOOD        0x600D
#define LOCAL_APIC  0xFEE00000
#define APIC_ID     0x20
#define APIC_ICR    0x300
#define ICR_NMI     0x00004400       /* to the processor of ICR bits 63:56 */
#define PIC1_CMD    0x20
#define PIC1_DATA   0x21
#define PIC_IRR     0x0A             /* OCW3: read the request register */
#define PIC_EOI     0x20
#define BAD_PDPT    0x30000
#define PTE_P       1
#define OUTSIDE     0x40000123       /* in no range of the bitmaps */

    .code32
    .section .text.code, "ax"

    .macro CODE name
    .globl \name
\name:
    .endm
    .macro GOOD_IF condition
    movl $GOOD, %eax
    j\condition 1f
    movl $0, %eax
1:  ret
    .endm
    .macro SET_CR register, bits
    movl %\register, %eax
    orl $\bits, %eax
    movl %eax, %\register
    .endm

/* DR7 is as it was after an instruction that exits. */
CODE breakpoint_kept
    movl $0x402, %eax               /* G0, and the bit that is always 1 */
    movl %eax, %dr7
    xorl %eax, %eax
    cpuid
    movl %dr7, %ecx
    movl $0x400, %eax
    movl %eax, %dr7
    cmpl $0x402, %ecx
    GOOD_IF e

/* Single steps: one trap after CPUID, one after the NOP behind it. */
CODE step_over_cpuid
    movl $step_handler, %eax
    movl $idt + VECTOR_DB * 8, %edi
    call gate
    movl $0, steps
    pushfl
    orl $EFLAGS_TF, (%esp)
    popfl
2:  cpuid
3:  nop
4:  nop
    cmpl $3b, steps + 4
    jne 1f
    cmpl $4b, steps + 8
    GOOD_IF e
step_handler:                       /* notes where it came, ends after two */
    pushl %eax
    incl steps
    movl steps, %eax
    shll $2, %eax
    pushl 4(%esp)
    popl steps(%eax)
    cmpl $2, steps
    jb 1f
    andl $~EFLAGS_TF, 12(%esp)
1:  movl %dr6, %eax
    popl %eax
    iretl

/* An interrupt that waits comes after the one instruction behind STI, also where that one exits. */
CODE sti_shadow_cpuid
    movl $tick_handler, %eax
    movl $idt + 8 * 8, %edi
    call gate
    inb $PIC1_DATA, %al
    pushl %eax
    movb $0xFE, %al
    outb %al, $PIC1_DATA
1:  movb $PIC_IRR, %al
    outb %al, $PIC1_CMD
    inb $PIC1_CMD, %al
    testb $1, %al
    jz 1b
    xorl %eax, %eax
    movl $0, steps + 4
    sti
    cpuid
2:  nop
    nop
    cli
    popl %eax
    outb %al, $PIC1_DATA
    cmpl $2b, steps + 4
    GOOD_IF e
tick_handler:
    pushl %eax
    pushl 4(%esp)
    popl steps + 4
    movb $PIC_EOI, %al
    outb %al, $PIC1_CMD
    popl %eax
    iretl

/* An NMI by the local APIC. */
CODE nmi_to_self
    movl $nmi_handler, %eax
    movl $idt + VECTOR_NMI * 8, %edi
    call gate
    movl $0, steps
    call send_nmi
    movl $100000, %ecx
1:  cmpl $0, steps
    jne 1f
    loop 1b
1:  cmpl $1, steps
    GOOD_IF e
nmi_handler:
    incl steps
    iretl
    .globl send_nmi
send_nmi:                           /* clobbers EAX */
    movl LOCAL_APIC + APIC_ID, %eax
    movl %eax, LOCAL_APIC + APIC_ICR + 0x10
    movl $ICR_NMI, LOCAL_APIC + APIC_ICR
    ret

CODE invd_keeps
    movl $0x12345678, steps
    wbinvd
    invd
    cmpl $0x12345678, steps
    GOOD_IF e

/* ---- control registers ---- */
CODE pg_without_pe
    movl %cr0, %eax
    andl $~CR0_PE, %eax
    orl $CR0_PG, %eax
    movl %eax, %cr0
    ret
CODE nw_without_cd
    movl %cr0, %eax
    andl $~CR0_CD, %eax
    orl $CR0_NW, %eax
    movl %eax, %cr0
    ret
CODE cr4_reserved
    SET_CR cr4, 0x80000000
    ret
CODE cr4_vmxe
    SET_CR cr4, CR4_VMXE
    ret
CODE pae_bad_pdpte
    movl $BAD_PDPT, %edi
    movl $0x1E7, (%edi)             /* reserved bits 2:1 and 8:5 */
    movl $0, 4(%edi)
    movl %edi, %cr3
    SET_CR cr4, CR4_PAE
    SET_CR cr0, CR0_PG
    ret
CODE pae_pdpte_turns_bad            /* found by a change of CR4.PSE, not before */
    movl $BAD_PDPT, %edi
    xorl %eax, %eax
    movl $0x800, %ecx
    rep stosl
    movl $BAD_PDPT, %edi
    movl $BAD_PDPT + 0x1000 + PTE_P, (%edi)
    movl $0x83, 0x1000(%edi)        /* 2 MiB: present, writable, PS */
    movl %edi, %cr3
    SET_CR cr4, CR4_PAE
    SET_CR cr0, CR0_PG
    movl $0x1E7, 8(%edi)
    SET_CR cr4, CR4_PSE
    ret
CODE cr4_pcide                      /* outside IA-32e mode */
    SET_CR cr4, CR4_PCIDE
    ret
CODE cr4_cet_without_wp
    SET_CR cr4, CR4_CET
    ret
CODE lme_without_pae
    movl $MSR_EFER, %ecx
    rdmsr
    orl $EFER_LME, %eax
    wrmsr
    SET_CR cr0, CR0_PG
    ret
CODE lme_with_16bit_tss
    movw $TSS_16, %ax
    ltr %ax
    movl $MSR_EFER, %ecx
    rdmsr
    orl $EFER_LME, %eax
    wrmsr
    SET_CR cr4, CR4_PAE
    SET_CR cr0, CR0_PG
    ret
CODE lme_off
    movl $MSR_EFER, %ecx
    rdmsr
    andl $~EFER_LME, %eax
    wrmsr
    ret
CODE cr3_kept
    movl $0x12345000, %eax
    movl %eax, %cr3
    xorl %eax, %eax
    cpuid
    movl %cr3, %eax
    cmpl $0x12345000, %eax
    GOOD_IF e
CODE cr4_kept
    SET_CR cr4, (CR4_PSE | CR4_PAE)
    movl %cr4, %ecx
    andl $~(CR4_PSE | CR4_PAE), %eax
    movl %eax, %cr4
    andl $(CR4_PSE | CR4_PAE), %ecx
    cmpl $(CR4_PSE | CR4_PAE), %ecx
    GOOD_IF e
CODE osxsave_follows                /* CPUID shows CR4.OSXSAVE */
    movl $1, %eax
    cpuid
    testl $1 << 27, %ecx
    jnz 1f
    SET_CR cr4, CR4_OSXSAVE
    movl $1, %eax
    cpuid
    testl $1 << 27, %ecx
    GOOD_IF nz

/* ---- XSETBV ---- */
    .macro SET_XCR index, value
    SET_CR cr4, CR4_OSXSAVE
    movl $\index, %ecx
    movl $\value, %eax
    xorl %edx, %edx
    xsetbv
    ret
    .endm
CODE xsetbv_index
    SET_XCR 1, 1
CODE xsetbv_no_x87
    SET_XCR 0, 2
CODE xsetbv_avx_alone
    SET_XCR 0, 5
CODE xsetbv_good
    SET_XCR 0, 3
CODE xsetbv_off                     /* #UD while CR4.OSXSAVE is 0 */
    xorl %ecx, %ecx
    xorl %edx, %edx
    movl $1, %eax
    xsetbv
    ret

/* ---- MSRs ---- */
CODE msr_outside_read
    movl $OUTSIDE, %ecx
    rdmsr
    ret
CODE msr_outside_write
    movl $OUTSIDE, %ecx
    wrmsr
    ret
CODE msr_vmx
    movl $MSR_VMX_BASIC, %ecx
    rdmsr
    ret
CODE msr_feature_control_write
    movl $MSR_FEATURE_CONTROL, %ecx
    movl $5, %eax
    xorl %edx, %edx
    wrmsr
    ret
CODE x2apic_icr_off                 /* the local APIC is in xAPIC mode */
    movl $MSR_X2APIC_ICR, %ecx
    xorl %edx, %edx
    xorl %eax, %eax
    wrmsr
    ret
CODE efer_reserved
    movl $MSR_EFER, %ecx
    rdmsr
    orl $0x10, %eax
    wrmsr
    ret
CODE efer_lme                       /* is what was written, and without paging LMA is not there */
    movl $MSR_EFER, %ecx
    rdmsr
    orl $EFER_LME, %eax
    wrmsr
    xorl %eax, %eax
    cpuid
    movl $MSR_EFER, %ecx
    rdmsr
    movl %eax, %ebp
    andl $~EFER_LME, %eax
    wrmsr
    andl $(EFER_LME | EFER_LMA), %ebp
    cmpl $EFER_LME, %ebp
    GOOD_IF e
CODE sysenter_kept
    movl $MSR_SYSENTER_EIP, %ecx
    movl $0x12345678, %eax
    xorl %edx, %edx
    wrmsr
    xorl %eax, %eax
    cpuid
    movl $MSR_SYSENTER_EIP, %ecx
    rdmsr
    cmpl $0x12345678, %eax
    GOOD_IF e

    .bss
    .balign 4
steps:  .skip 16
