/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the processor test share. Assembly: regparm(3), called from 16-bit code in segment 0. */
#ifndef PROCESSOR_H
#define PROCESSOR_H

#include "../guest.h"

/*
 * catch.S: run 32-bit code in protected mode, flat segments, ring 0 or 3, interrupts off, TR loaded; it ends by RET. What came of
 * it: EAX, or the exception that ended it.
 */
#define NOTHING  0xFFFFu
extern u32 caught_vector, caught_error, caught_eip;
u32 in_ring0(u32 code);
u32 in_ring3(u32 code);

/* Where code is put together, with room for a page of operands at OPERAND. */
extern u8 scratch[32];
#define OPERAND  0x30000u

/* The code of a row runs with EAX = OPERAND. */
u32 vector_of(const u8 *code, u32 bytes, u32 ring);

/* code.S: addresses of 32-bit code for in_ring0() */
extern const u8 breakpoint_kept[], step_over_cpuid[], sti_shadow_cpuid[], nmi_to_self[], invd_keeps[];
extern const u8 pg_without_pe[], nw_without_cd[], cr4_reserved[], cr4_vmxe[], pae_bad_pdpte[], pae_pdpte_turns_bad[], cr4_pcide[],
    cr4_cet_without_wp[], lme_without_pae[], lme_with_16bit_tss[],
    lme_off[], cr3_kept[], cr4_kept[], osxsave_follows[];
extern const u8 xsetbv_index[], xsetbv_no_x87[], xsetbv_avx_alone[], xsetbv_good[], xsetbv_off[];
extern const u8 msr_outside_read[], msr_outside_write[], msr_vmx[], msr_feature_control_write[], x2apic_icr_off[],
    efer_reserved[], efer_lme[], sysenter_kept[];
#define GOOD  0x600Du

/* nmi.S */
extern const u8 nmi_at_cpuid[], nmi_at_stepped_cpuid[], nmi_at_rdmsr[];

/* reset.S: by the keyboard controller; comes back, with memory and devices as they were. */
void processor_reset(void);

/* tasks.S */
extern const u8 task_call[], task_jump[], task_gate[], task_exception[], task_interrupt[], task_irq[], task_nmi[], task_16bit[],
    task_paging[], task_busy[];

void test_instructions(void);
void test_nmis(void);
void test_tasks(void);
void test_a20(void);

/* The processor is exact: Bochs and silicon, not QEMU's TCG. And: this is our partition. */
extern bool exact, partition;
/* Page-directory-pointer-table entries stay as loaded: each entry of VMX without EPT loads them again. */
extern bool pdptes_kept;

#endif
