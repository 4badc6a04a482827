/* SPDX-License-Identifier: BSD-2-Clause */
/* Services not written yet. */
#include "services.h"
#include "post.h"
#include "int15.h"
#include "serial_console.h"

extern ROM_EXT char pnp_header[1];
extern POSTVAR u8 serial_console;

void int10(struct regs16 *r) { }
void shadow_lock(void) { }
void serial_console_init(void) { }
void serial_console_only(void) { }
void serial_console_poll(struct regs16 *r) { }
POSTVAR u8 serial_console;
ROM_EXT char pnp_header[1];
