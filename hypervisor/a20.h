/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The A20 gate where the processor blocks A20M# in VMX operation (Intel SDM vol. 3C, 24.8): the machine's gate stays open, and
 * the guest's, as it sets and reads it at port 92h and through the keyboard controller, is an alias of 100000-10FFFF.
 */
#ifndef A20_H
#define A20_H

#include "types.h"

struct a20 {
    bool off;             /* the guest's gate: bit 20 is masked */
    u8 awaited;           /* the controller's command whose byte is the next at port 60h, or 0 */
};

/* Is the port one of those to intercept. */
bool a20_port(u16 port);

/* The guest writes or has read `value` there; what the machine gets, or the guest. The last write wins, as on QEMU and Bochs. */
u8 a20_write(struct a20 *a, u16 port, u8 value);
u8 a20_read(struct a20 *a, u16 port, u8 value);

#endif
