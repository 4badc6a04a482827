/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where the other processors start: real mode, CS:IP = 0800:0000, in a copy at AP_START. Each
 * writes the MSR list, leaves its APIC ID, counts itself and sleeps until an OS sends it the next start-up IPI.
 */
#include "processor.h"

    .section .rodata
    .code16
    .globl ap_start, ap_count, ap_msrs, ap_ids, ap_end
ap_start:
    cli
    movw %cs, %ax
    movw %ax, %ds
    movw $ap_msrs_offset, %si
1:  movl (%si), %ecx
    jecxz 2f
    movl 4(%si), %eax
    movl 8(%si), %edx
    wrmsr
    addw $MSR_VALUE_SIZE, %si
    jmp 1b
2:  movl $1, %eax                       /* Intel SDM vol. 2A, CPUID 01h: EBX[31:24] is the initial APIC ID */
    cpuid
    shrl $24, %ebx
    movw $1, %si
    lock xaddw %si, ap_slot_offset
    movb %bl, ap_ids_offset(%si)
    lock incl ap_count_offset
3:  hlt
    jmp 3b
    .balign 4
ap_count:
    .long 0
ap_msrs:
    .skip MSR_VALUE_SIZE * (MAX_MSR_VALUES + 1)
ap_slot:
    .word 0
ap_ids:
    .skip MAX_OTHERS
ap_end:
    .set ap_count_offset, ap_count - ap_start
    .set ap_slot_offset, ap_slot - ap_start
    .set ap_ids_offset, ap_ids - ap_start
    .set ap_msrs_offset, ap_msrs - ap_start
