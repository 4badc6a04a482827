/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For the assembly doors into the guest (svm/entry.S, vmx/entry.S): registers to and from v->gpr, whose address is in RDI.
 * RAX and RSP are left to the door, because the vendors keep them in different places; RDI is loaded last and stored first.
 */
#ifndef GPRS_H
#define GPRS_H

#define GPR(n)  (8 * n)(%rdi)

    .macro PUSH_HOST                /* what the C caller wants back; v on top */
    pushq %rbx
    pushq %rbp
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    pushq %rdi
    .endm

    .macro POP_HOST
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbp
    popq %rbx
    .endm

    .macro LOAD_GUEST
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
    .endm

    .macro STORE_GUEST              /* leaves RAX as it was */
    xchgq %rdi, (%rsp)
    popq GPR(7)
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
    .endm

#endif
