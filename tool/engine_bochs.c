/* SPDX-License-Identifier: BSD-2-Clause */
#include "run.h"
#include "message.h"
static int bochs_start(struct run *r) { return fault(DFW_ENGINE, "bochs: later"); }
const struct engine engine_bochs = { .name = "Bochs", .start = bochs_start };
