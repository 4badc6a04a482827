/* SPDX-License-Identifier: BSD-2-Clause */
/* The keyboard controller and its two devices, by polling: every call ends within its time. */
#ifndef PS2_H
#define PS2_H

#include "types.h"

/* Give the controller a command or data byte; false if it stays busy for 10 ms. */
bool kbc_command(u8 command);
bool kbc_data(u8 byte);

/* The next byte from either device, or -1 when none came within `us` microseconds. */
s16 kbc_read(u32 us);

/* Throw away what waits in the output buffer (at most 32 bytes). */
void kbc_flush(void);

/* Stop and restart the delivery of bytes by IRQ1 and IRQ12 around polled exchanges. */
void kbc_irqs_off(void);
void kbc_irqs_on(void);
extern bool kbc_answers;   /* an IRQ1 now is the controller's answer, not a key */

/* Send a byte to a device and wait (20 ms) for its ACK. False: no device, or it refused. */
bool keyboard_send(u8 byte);
bool mouse_send(u8 byte);

/* Wait for a whole answer byte of the mouse, or -1. */
s16 mouse_read(void);

#endif
