/* SPDX-License-Identifier: BSD-2-Clause */
/* A disk in a container, for an engine that does not open it: copied as a raw image. */
#ifndef RAW_COPY_H
#define RAW_COPY_H

#include "run.h"

/* The command line that copies the image of `d` to the file `to`. */
void raw_copy_command(const struct drive *d, const char *to, struct argv *a);

/*
 * Run it into a file without a name in $TMPDIR, or /var/tmp, and show how far it is. *fd is the caller's. 0, or an exit code
 * after one line: no qemu-img, no room, a signal.
 */
int raw_copy(struct run *r, const struct drive *d, int *fd);

#endif
