/* SPDX-License-Identifier: BSD-2-Clause */
/* What --partition and --strict mean for the engine, its processor and the firmware's command line. */
#ifndef PARTITION_H
#define PARTITION_H

#include "options.h"
#include <stdbool.h>

/* Which engine, where none was named: --partition vmx needs Bochs unless KVM passes VMX on. */
void partition_choose_engine(struct options *o);

/* Contradictions; defaults are filled in. 0, or DFW_USAGE after one line. */
int partition_check(const struct options *o);

/* Can KVM carry it (then *kvm stays), or must QEMU emulate? 0, or DFW_USAGE after one line. */
int partition_accelerate(const struct options *o, bool *kvm);

/* QEMU's -cpu, the caller's to free; NULL: the default one. */
char *partition_cpu(const struct options *o, bool kvm);

/* The firmware's command line (docs/boot-contract.md), the caller's to free; NULL: none. */
char *firmware_words(const struct options *o);

#endif
