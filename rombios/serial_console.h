/* SPDX-License-Identifier: BSD-2-Clause */
/* The serial console on COM1: text out of INT 10h (serial_output.c), keys into INT 16h (serial_input.c). */
#ifndef SERIAL_CONSOLE_H
#define SERIAL_CONSOLE_H

#include "bios.h"

/* Not 0 once the serial console is on: IRQ0 then polls for keys. */
extern POSTVAR u8 serial_console;

/* No display adapter: INT 10h is served on the serial port alone (int10_serial.c). */
void serial_console_only(void);

/* Do on the terminal what INT 10h with these registers is about to do on the screen. */
void serial_mirror(struct regs16 *r);

/* The I/O port of the terminal. */
u16 serial_console_port(void);

#endif
