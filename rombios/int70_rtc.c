/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * INT 70h, IRQ8: the periodic interrupt counts INT 15h AH=83h waits down, the alarm calls INT 4Ah.
 * IBM PS/2 and PC BIOS Interface Technical Reference, "Interrupt 70H - Real-Time Clock Interrupt".
 */
#include "bios.h"
#include "clock.h"
#include "services.h"
#include "timer.h"
#include "hw/cmos.h"
#include "hw/pic.h"
#include "spec/bda.h"

#define WAIT_ACTIVE    0x01
#define WAIT_FLAG_OVER 0x80

static struct timer wait_timer;   /* a monitor may lose periodic interrupts: the timer does not */

bool clock_wait_start(struct farptr flag, u32 us)
{
    fs_load(SEG_BDA);
    if (BDA->wait_active & WAIT_ACTIVE)
        return false;
    BDA->wait_active = WAIT_ACTIVE;
    BDA->wait_flag.offset = flag.offset;
    BDA->wait_flag.segment = flag.segment;
    BDA->wait_timeout = us;
    timer_start(&wait_timer, MIN(us, TIMER_MAX_US));
    pic_unmask(IRQ_RTC);
    cmos_write(RTC_B, cmos_read(RTC_B) | RTC_B_PIE);
    return true;
}

void clock_wait_cancel(void)
{
    fs_load(SEG_BDA);
    BDA->wait_active = 0;
    cmos_write(RTC_B, cmos_read(RTC_B) & (u8)~RTC_B_PIE);
}

static void periodic(void)
{
    struct farptr flag;

    fs_load(SEG_BDA);
    if (!(BDA->wait_active & WAIT_ACTIVE))
        return;
    if (BDA->wait_timeout > TIMER_MAX_US) {
        BDA->wait_timeout -= RTC_PERIOD_US;
        timer_start(&wait_timer, TIMER_MAX_US);
        return;
    }
    if (!timer_done(&wait_timer)) {
        BDA->wait_timeout -= MIN(BDA->wait_timeout, RTC_PERIOD_US);
        return;
    }
    flag.offset = BDA->wait_flag.offset;
    flag.segment = BDA->wait_flag.segment;
    clock_wait_cancel();
    fs_load(flag.segment);
    *(u8 __seg_fs *)(u32)flag.offset |= WAIT_FLAG_OVER;
}

void int70(struct regs16 *r)
{
    u8 cause = cmos_read(RTC_C) & cmos_read(RTC_B);
    struct regs16 alarm = *r;

    if (cause & RTC_B_PIE)
        periodic();
    pic_eoi(IRQ_RTC);
    if (cause & RTC_B_AIE)
        call_int(0x4A, &alarm);
}
