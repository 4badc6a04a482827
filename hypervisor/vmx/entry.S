/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * u64 vmx_enter(struct vcpu *v, bool launched): run the guest until the next VM exit. GPRs but RSP, which the VMCS
 * holds, go through v->gpr. Returns 0 after an exit, 1 when the processor refused the instruction itself.
 */
#include "hw/vmx.h"

#define GPR(n)  (8 * n)(%rdi)

    .text
    .globl vmx_enter
vmx_enter:
    pushq %rbx
    pushq %rbp
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    pushq %rdi
    movl $VMCS_HOST_RSP, %eax
    vmwrite %rsp, %rax
    testl %esi, %esi
    movq GPR(0), %rax
    movq GPR(1), %rcx
    movq GPR(2), %rdx
    movq GPR(3), %rbx
    movq GPR(5), %rbp
    movq GPR(6), %rsi
    movq GPR(8), %r8
    movq GPR(9), %r9
    movq GPR(10), %r10
    movq GPR(11), %r11
    movq GPR(12), %r12
    movq GPR(13), %r13
    movq GPR(14), %r14
    movq GPR(15), %r15
    movq GPR(7), %rdi
    jnz 1f
    vmlaunch
    jmp 2f
1:  vmresume
2:  popq %rdi
    movl $1, %eax
    jmp 3f

    .globl vmx_exit
vmx_exit:
    xchgq %rdi, (%rsp)
    popq GPR(7)
    movq %rax, GPR(0)
    movq %rcx, GPR(1)
    movq %rdx, GPR(2)
    movq %rbx, GPR(3)
    movq %rbp, GPR(5)
    movq %rsi, GPR(6)
    movq %r8, GPR(8)
    movq %r9, GPR(9)
    movq %r10, GPR(10)
    movq %r11, GPR(11)
    movq %r12, GPR(12)
    movq %r13, GPR(13)
    movq %r14, GPR(14)
    movq %r15, GPR(15)
    xorl %eax, %eax
3:  popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbp
    popq %rbx
    ret
