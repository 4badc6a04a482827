/* SPDX-License-Identifier: BSD-2-Clause */
/* The serial console on COM1: text out of INT 10h, keys into INT 16h. */
#ifndef SERIAL_CONSOLE_H
#define SERIAL_CONSOLE_H

#include "bios.h"

/* No display adapter: INT 10h is served here alone, with a BDA as of an 80x25 text mode. */
void serial_console_only(void);

#endif
