/* SPDX-License-Identifier: BSD-2-Clause */
/* A machine run from its start to its end. */
#ifndef WATCH_H
#define WATCH_H

#include "run.h"

/* The engine of the options. */
const struct engine *engine_of(const struct options *o);

/* Run the machine until what was asked for is seen, it powers off, fails or times out. Returns an exit code. */
int watch_machine(const struct machine *m, const struct engine *engine);

/* Run it, or with --dry-run print how; the final JSON event included. Returns an exit code. */
int run_or_print(const struct machine *m);

#endif
