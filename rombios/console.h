/* SPDX-License-Identifier: BSD-2-Clause */
/* What the firmware itself says to the human: by INT 10h on the screen, and on the debug port. */
#ifndef CONSOLE_H
#define CONSOLE_H

#include "bios.h"

/* Bytes that `service` and the INT pushed on the caller's stack: r->esp + this is the caller's ESP. */
#define SERVICE_FRAME 16

/* Print on screen and debug port; the formats of log_print. */
void console_print(romstr format, ...);

/* The end: what, where, registers; never returns. */
void fatal(struct regs16 *r, romstr what) NORETURN;

#endif
