/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the SVM side share. */
#ifndef SVM_H
#define SVM_H

#include "hypervisor.h"
#include "hw/svm.h"

void svm_enter(struct vcpu *v, u64 vmcb_physical);   /* entry.S */

/*
 * Find the length of the intercepted instruction at the guest's RIP, and for a CR0 access its operands
 * (v->exit.access, gpr, value, linear). False where the bytes cannot be read or are something else.
 */
bool svm_decode(struct vcpu *v);

/* The instruction at the guest's RIP stores 32 bits to memory: v->exit.value and length; length 0 if it is not known. */
void svm_decode_store(struct vcpu *v);

#endif
