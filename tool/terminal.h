/* SPDX-License-Identifier: BSD-2-Clause */
/* The user's terminal as the guest's serial console: raw, Ctrl-] leaves. */
#ifndef TERMINAL_H
#define TERMINAL_H

#include <stdbool.h>
#include <sys/types.h>

/* Take input from stdin; a terminal is switched to raw until terminal_close (or exit). */
void terminal_open(void);

/* Descriptor to poll, or -1. */
int terminal_fd(void);

/* Bytes typed; 0 none; -1 the user wants to leave. At the end of the input the descriptor closes. */
ssize_t terminal_read(char *to, size_t bytes);

void terminal_close(void);

#endif
