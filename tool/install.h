/* SPDX-License-Identifier: BSD-2-Clause */
/* What `dfw install` makes of its options. */
#ifndef INSTALL_H
#define INSTALL_H

#include "options.h"

/* The disk format that a file's name asks for: raw qcow2 vmdk vdi vpc vhdx. */
const char *format_of_name(const char *path);

/* "disk.qcow2,20G": the path, the caller's to free, and the size. 0, or DFW_USAGE after one line. */
int split_disk(const char *argument, char **path, unsigned *mebibytes);

/* What an installation needs and nobody said; the CD boots once, the disk ever after, and what is written stays. */
void install_default(struct options *o);

#endif
