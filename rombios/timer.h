/* SPDX-License-Identifier: BSD-2-Clause */
/* Bounded waits. Time comes from the ACPI PM timer, or else from PIT counter 0: no interrupt is needed. */
#ifndef TIMER_H
#define TIMER_H

#include "types.h"

struct timer {
    u32 last;   /* counter at the last look */
    u32 left;   /* counter ticks still to pass */
};

#define TIMER_MAX_US 1000000000u

/* Start a wait of `us` microseconds, at most TIMER_MAX_US. */
void timer_start(struct timer *t, u32 us);

/* Whether the wait is over. Look at least every 50 ms. */
bool timer_done(struct timer *t);

/* Wait `us` microseconds with interrupts running on the caller's stack. */
void timer_wait(u32 us);

#define MS 1000u   /* microseconds in a millisecond */

#endif
