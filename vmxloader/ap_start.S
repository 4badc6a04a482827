/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where the other processors start: real mode, CS:IP = 0800:0000, in a copy at AP_START. Each
 * writes the MSR list, counts itself and sleeps until an OS sends it the next start-up IPI.
 */
#include "processor.h"

    .section .rodata
    .code16
    .globl ap_start, ap_count, ap_msrs, ap_end
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
2:  lock incl ap_count_offset
3:  hlt
    jmp 3b
    .balign 4
ap_count:
    .long 0
ap_msrs:
    .skip MSR_VALUE_SIZE * (MAX_MSR_VALUES + 1)
ap_end:
    .set ap_count_offset, ap_count - ap_start
    .set ap_msrs_offset, ap_msrs - ap_start
