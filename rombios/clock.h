/* SPDX-License-Identifier: BSD-2-Clause */
/* Time of day. */
#ifndef CLOCK_H
#define CLOCK_H

#include "types.h"

/* Set 40:6C, the ticks since midnight, from the real-time clock. */
void clock_ticks_from_rtc(void);

/*
 * Start the 1024 Hz interrupt for a wait of `us` microseconds: INT 70h then sets bit 7 of the
 * byte at `flag` when the time is up. False: a wait is already running.
 */
bool clock_wait_start(struct farptr flag, u32 us);
void clock_wait_cancel(void);

#endif
