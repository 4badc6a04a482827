/* SPDX-License-Identifier: BSD-2-Clause */
/* What `dfw xml` and `dfw xl` share: a machine printed for another program. */
#ifndef PRINTED_H
#define PRINTED_H

#include "machine.h"
#include <stdio.h>

/* The path from the root, for a program that runs elsewhere; the caller's to free. */
char *full_path(const char *path);

/* The machine's name (--name, else of its first image), the caller's to free. */
char *printed_name(const struct machine *m);

/* Call `print` with stdout, or the file `path`; 0 or DFW_USAGE after one line. */
int print_to(const char *path, void (*print)(FILE *out, const struct machine *m), const struct machine *m);

#endif
