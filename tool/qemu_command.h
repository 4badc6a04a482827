/* SPDX-License-Identifier: BSD-2-Clause */
/* QEMU's command line for a machine. */
#ifndef QEMU_COMMAND_H
#define QEMU_COMMAND_H

#include "argv.h"
#include "machine.h"

/* What a person could run: the whole machine, COM1 on stdin and stdout. */
void qemu_machine_args(const struct machine *m, struct argv *a);

/* What dfw adds to watch it: QMP and the debug port on inherited sockets. */
void qemu_control_args(struct argv *a, int qmp_fd, int debug_fd);

#endif
