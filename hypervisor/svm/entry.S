/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * void svm_enter(struct vcpu *v, u64 vmcb_physical): run the guest until the next #VMEXIT. GPRs but RAX and RSP,
 * which the VMCB holds, go through v->gpr. GIF stays 0 outside the guest: nothing interrupts the hypervisor.
 */
#include "gprs.h"

    .text
    .globl svm_enter
svm_enter:
    PUSH_HOST
    movq %rsi, %rax
    LOAD_GUEST
    vmload %rax
    vmrun %rax
    vmsave %rax
    STORE_GUEST
    POP_HOST
    cld
    ret
