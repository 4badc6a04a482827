/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Bounded waits for drivers and services. The PM timer counts up at 3.579545 MHz, 24 bits
 * (ACPI 6.4, 4.8.2.1); PIT counter 0 counts down at 1.193182 MHz, 16 bits.
 */
#include "timer.h"
#include "bios.h"
#include "hw/pit.h"
#include "hw/io.h"

#define PM_TIMER_MASK  0xFFFFFFu
#define PM_TIMER_RATIO 3          /* PM timer ticks in a PIT tick */

static u32 read_counter(void)
{
    if (HANDOFF->pm_timer_port)
        return inl(HANDOFF->pm_timer_port);
    outb(PIT_CONTROL, PIT_LATCH_0);
    u8 low = inb(PIT_COUNTER0);
    return low | inb(PIT_COUNTER0) << 8;
}

void timer_start(struct timer *t, u32 us)
{
    /* 1.193182 ticks a microsecond = 1 + 12659 / 65536; split so that no product passes 32 bits */
    u32 ticks = us + (us >> 16) * 12659 + ((us & 0xFFFF) * 12659 >> 16) + 1;

    t->left = HANDOFF->pm_timer_port ? ticks * PM_TIMER_RATIO : ticks;
    t->last = read_counter();
}

bool timer_done(struct timer *t)
{
    u32 now = read_counter(), passed;

    if (HANDOFF->pm_timer_port)
        passed = (now - t->last) & PM_TIMER_MASK;
    else
        passed = (t->last - now) & 0xFFFF;
    t->last = now;
    if (passed >= t->left) {
        t->left = 0;
        return true;
    }
    t->left -= passed;
    return false;
}

void timer_wait(u32 us)
{
    struct timer t;

    while (us > TIMER_MAX_US) {
        timer_wait(TIMER_MAX_US);
        us -= TIMER_MAX_US;
    }
    timer_start(&t, us);
    while (!timer_done(&t))
        wait_irq();
}
