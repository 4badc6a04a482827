/* SPDX-License-Identifier: BSD-2-Clause */
/* A command line that grows. */
#ifndef ARGV_H
#define ARGV_H

#include <stddef.h>

struct argv {
    char **items;      /* NULL-terminated, each item owned */
    size_t count;
};

/* Append a formatted item. */
void argv_add(struct argv *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Append an option and its formatted value: argv_pair(a, "-m", "%u", 256). */
void argv_pair(struct argv *a, const char *option, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The whole command as a POSIX shell reads it; the caller frees it. */
char *argv_quote(const struct argv *a);

/* `value` for a QEMU option list: commas doubled; the caller frees it. */
char *double_commas(const char *value);

void argv_free(struct argv *a);

#endif
