/* SPDX-License-Identifier: BSD-2-Clause */
/* The options of the hypervisor's partition, for both engines. */
#ifndef PARTITION_H
#define PARTITION_H

#include "options.h"
#include <stdbool.h>

/* 0, or DFW_USAGE after one line. */
int partition_check(const struct options *o);

/* CPU model that has what the partition needs, NULL: the engine's default. */
const char *partition_cpu(const struct options *o, bool kvm);

/* The firmware's command line, the caller's to free; NULL: none. */
char *firmware_words(const struct options *o);

/* Name of a copy of `rom` with the words in it, removed at exit; NULL if that cannot be made. */
const char *rom_with_words(const char *rom, const char *words);

#endif
