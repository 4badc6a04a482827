/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the SVM side share. */
#ifndef SVM_H
#define SVM_H

#include "hypervisor.h"
#include "hw/svm.h"

void svm_enter(struct vcpu *v, u64 vmcb_physical);   /* entry.S */
u64 svm_efer_allowed(void);                          /* efer.c */

#endif
