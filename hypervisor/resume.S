/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Back into the partition after a processor reset that left memory alone, and whose CMOS shutdown code wants the guest to go
 * on: dfw.rom finds this door's address in the handoff (include/abi/boot_magic.h).
 *   in: EAX = physical address of the door; 32-bit protected mode, flat segments, interrupts off
 */
#include "long_mode.h"

#define CODE64       0x18
#define TO_PHYSICAL  0x80000000      /* - HV_VIRTUAL */

    .section .head.resume, "ax"
    .code32
    .globl resume_door
resume_door:
    movl %eax, %ebp
    andl $~0x1FFFFF, %ebp           /* hv.base */
    leal stack_top + TO_PHYSICAL(%ebp), %esp
    leal core_gdt + TO_PHYSICAL(%ebp), %eax
    pushl %eax
    pushw $31
    lgdtl (%esp)
    leal first_tables(%ebp), %eax
    ENTER_LONG_MODE
    pushl $CODE64
    leal 1f + TO_PHYSICAL(%ebp), %eax
    pushl %eax
    lret
    .code64
1:  xorl %edi, %edi                 /* no struct hv_start: we have it */
    movabsq $core_entry, %rax
    jmp *%rax
