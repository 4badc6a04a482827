/* SPDX-License-Identifier: BSD-2-Clause */
/* ENTER_LONG_MODE: compatibility mode on the page tables at physical address EAX; clobbers EAX, ECX, EDX. Intel SDM vol. 3A, 9.8.5. */
#ifndef LONG_MODE_H
#define LONG_MODE_H

#include "hw/cpu.h"

    .macro ENTER_LONG_MODE
    movl %cr4, %ecx
    orl $CR4_PAE, %ecx
    movl %ecx, %cr4
    movl %eax, %cr3
    movl $MSR_EFER, %ecx
    rdmsr
    orl $EFER_LME, %eax
    wrmsr
    movl %cr0, %eax
    orl $(CR0_PG | CR0_NE), %eax    /* VMX wants NE */
    movl %eax, %cr0
    .endm

#endif
