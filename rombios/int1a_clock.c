/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * INT 1Ah AH=00h-07h: tick count, real-time clock, alarm. AH=00h is answered in entry_fast.S.
 * IBM PS/2 and PC BIOS Interface Technical Reference, "Interrupt 1AH - Real-Time Clock".
 */
#include "bios.h"
#include "clock.h"
#include "services.h"
#include "hw/cmos.h"
#include "hw/pic.h"
#include "spec/bda.h"

#define SYS_EUNSUPPORTED  0x86
#define TICKS_PER_SECOND  18
#define TICKS_FRACTION    13534u   /* 0.20651 * 65536 */

/* Wait for a moment in which the clock's registers hold still; false: it never came (no clock). */
static bool rtc_ready(void)
{
    for (u16 tries = 0; tries < 10000; tries++)     /* an update takes at most 2.2 ms, a try over 1 us */
        if (!(cmos_read(RTC_A) & RTC_A_UIP))
            return true;
    return false;
}

static u32 from_bcd(u8 v)
{
    return (v >> 4) * 10 + (v & 15);
}

void clock_ticks_from_rtc(void)
{
    u32 seconds;

    if (!rtc_ready())
        return;
    seconds = from_bcd(cmos_read(RTC_SECONDS)) + 60 * from_bcd(cmos_read(RTC_MINUTES))
            + 3600 * from_bcd(cmos_read(RTC_HOURS));
    fs_load(SEG_BDA);
    BDA->timer_ticks = seconds * TICKS_PER_SECOND + (seconds * TICKS_FRACTION >> 16);
}

static void int1a_01(struct regs16 *r)   /* set ticks */
{
    fs_load(SEG_BDA);
    BDA->timer_ticks = (u32)r->cx << 16 | r->dx;
    BDA->timer_overflow = 0;
    ok(r);
}

static void int1a_02(struct regs16 *r)   /* read time */
{
    if (!rtc_ready())
        return fail(r, 0);
    r->dh = cmos_read(RTC_SECONDS);
    r->cl = cmos_read(RTC_MINUTES);
    r->ch = cmos_read(RTC_HOURS);
    r->dl = cmos_read(RTC_B) & RTC_B_DSE;
    ok(r);
    r->al = r->ch;
}

static void int1a_03(struct regs16 *r)   /* set time */
{
    u8 b = cmos_read(RTC_B) & (u8)~RTC_B_DSE;

    cmos_write(RTC_B, b | RTC_B_SET);
    cmos_write(RTC_SECONDS, r->dh);
    cmos_write(RTC_MINUTES, r->cl);
    cmos_write(RTC_HOURS, r->ch);
    b = (b & (u8)~RTC_B_SET) | RTC_B_24H | (r->dl & RTC_B_DSE);
    cmos_write(RTC_B, b);
    ok(r);
    r->al = b;
}

static void int1a_04(struct regs16 *r)   /* read date */
{
    if (!rtc_ready())
        return fail(r, 0);
    r->cl = cmos_read(RTC_YEAR);
    r->dh = cmos_read(RTC_MONTH);
    r->dl = cmos_read(RTC_DAY);
    r->ch = cmos_read(CMOS_CENTURY);
    ok(r);
    r->al = r->ch;
}

static void int1a_05(struct regs16 *r)   /* set date */
{
    u8 b = cmos_read(RTC_B);

    cmos_write(RTC_B, b | RTC_B_SET);
    cmos_write(RTC_YEAR, r->cl);
    cmos_write(RTC_MONTH, r->dh);
    cmos_write(RTC_DAY, r->dl);
    cmos_write(CMOS_CENTURY, r->ch);
    cmos_write(RTC_B, b & (u8)~RTC_B_SET);
    ok(r);
    r->al = b & (u8)~RTC_B_SET;
}

static void int1a_06(struct regs16 *r)   /* set alarm; the program's INT 4Ah is called */
{
    u8 b = cmos_read(RTC_B);

    if (b & RTC_B_AIE)
        return fail(r, 0);
    if (!rtc_ready())
        return fail(r, 0);
    cmos_write(RTC_SECONDS_ALARM, r->dh);
    cmos_write(RTC_MINUTES_ALARM, r->cl);
    cmos_write(RTC_HOURS_ALARM, r->ch);
    pic_unmask(IRQ_RTC);
    cmos_write(RTC_B, (b & (u8)~RTC_B_SET) | RTC_B_AIE);
    ok(r);
}

static void int1a_07(struct regs16 *r)   /* cancel alarm */
{
    u8 b = cmos_read(RTC_B) & (u8)~(RTC_B_AIE | RTC_B_SET);

    cmos_write(RTC_B, b);
    ok(r);
    r->al = b;
}

void int1a(struct regs16 *r)
{
    switch (r->ah) {
    case 0x01: return int1a_01(r);
    case 0x02: return int1a_02(r);
    case 0x03: return int1a_03(r);
    case 0x04: return int1a_04(r);
    case 0x05: return int1a_05(r);
    case 0x06: return int1a_06(r);
    case 0x07: return int1a_07(r);
    default:   return fail(r, SYS_EUNSUPPORTED);
    }
}
