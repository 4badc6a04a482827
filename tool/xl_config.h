/* SPDX-License-Identifier: BSD-2-Clause */
/* A machine as a guest of Xen. */
#ifndef XL_CONFIG_H
#define XL_CONFIG_H

#include "machine.h"
#include <stdio.h>

/* 0, or DFW_USAGE after one line, where the options ask for what a Xen guest cannot have. */
int xl_check(const struct options *o);

/*
 * Write the configuration. With `sockets`, for a run of ours: COM1 and the device model's QMP are the sockets `serial` and
 * `qmp` in that directory, and the guest ends when it switches itself off, resets or crashes.
 */
void xl_config(FILE *out, const struct machine *m, const char *sockets);

/* The name of such a guest, the caller's to free. */
char *xl_run_name(void);

#endif
