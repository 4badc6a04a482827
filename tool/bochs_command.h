/* SPDX-License-Identifier: BSD-2-Clause */
/* Bochs' command line for a machine: bochsrc lines as arguments (Bochs user manual, "The configuration file"). */
#ifndef BOCHS_COMMAND_H
#define BOCHS_COMMAND_H

#include "argv.h"
#include "machine.h"

/* The BIOS is the file `rom`, COM1 the terminal `tty`; the log goes to stderr, port E9h to stdout, the screen to RFB (VNC). */
void bochs_args(const struct machine *m, struct argv *a, const char *rom, const char *tty);

/* What Bochs cannot attach: 0 or DFW_USAGE after one line. */
int bochs_check(const struct machine *m);

/* Bochs does not open the drive's image: it is run from a raw copy. */
bool bochs_needs_copy(const struct machine *m, const struct drive *d);

/* Instructions in a second of the guest's time. */
#define BOCHS_IPS 50000000

#endif
