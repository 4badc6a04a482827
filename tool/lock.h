/* SPDX-License-Identifier: BSD-2-Clause */
/* Image locks as QEMU takes them, for an engine that takes none. */
#ifndef LOCK_H
#define LOCK_H

#include <stdbool.h>

/*
 * Lock `path` until this process ends: for writing, or against writers. 0, or DFW_USAGE after one
 * line when another program holds it.
 */
int lock_image(const char *path, bool write);

#endif
