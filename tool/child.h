/* SPDX-License-Identifier: BSD-2-Clause */
/* The engine's process: it never outlives dfw. */
#ifndef CHILD_H
#define CHILD_H

#include "argv.h"
#include <stdbool.h>
#include <sys/types.h>

struct child {
    pid_t pid;
    bool gone;
    int status;          /* as waitpid gives it, when gone */
};

/*
 * Start a program with these as descriptors 0, 1, 2, and `keep` (ends with -1) inherited under
 * their own numbers. Returns 0 or the errno that stopped it (ENOENT: not installed).
 */
int child_start(struct child *c, const struct argv *a, int in, int out, int err, const int *keep);

/* The same, in our process group: it reads this terminal, and a Ctrl-C there is its as well. */
int child_start_foreground(struct child *c, const struct argv *a, int in, int out, int err, const int *keep);

/* Has it ended? Does not wait. */
bool child_ended(struct child *c);

/* Wait for its end. */
void child_wait(struct child *c);

/* Wait up to `milliseconds` for its end, then kill it. */
void child_stop(struct child *c, int milliseconds);

#endif
