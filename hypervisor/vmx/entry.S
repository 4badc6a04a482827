/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * u64 vmx_enter(struct vcpu *v, bool launched): run the guest until the next VM exit. GPRs but RSP, which the VMCS
 * holds, go through v->gpr. Returns 0 after an exit, 1 when the processor refused the instruction itself.
 */
#include "gprs.h"
#include "hw/vmx.h"

    .text
    .globl vmx_enter
vmx_enter:
    PUSH_HOST
    movl $VMCS_HOST_RSP, %eax
    vmwrite %rsp, %rax
    testl %esi, %esi
    movq GPR(0), %rax
    LOAD_GUEST
    jnz 1f
    vmlaunch
    jmp 2f
1:  vmresume
2:  popq %rdi
    movl $1, %eax
    jmp 3f

    .globl vmx_exit
vmx_exit:
    STORE_GUEST
    movq %rax, GPR(0)
    xorl %eax, %eax
3:  POP_HOST
    ret
