/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Real-time clock and CMOS memory. Motorola MC146818A data sheet; IBM PC AT Technical
 * Reference, "Real-time Clock/CMOS RAM"; Ralf Brown's CMOS.LST.
 */
#ifndef HW_CMOS_H
#define HW_CMOS_H

#define CMOS_INDEX             0x70   /* bit 7: NMI off */
#define CMOS_DATA              0x71

#define RTC_SECONDS            0x00
#define RTC_SECONDS_ALARM      0x01
#define RTC_MINUTES            0x02
#define RTC_MINUTES_ALARM      0x03
#define RTC_HOURS              0x04
#define RTC_HOURS_ALARM        0x05
#define RTC_WEEKDAY            0x06
#define RTC_DAY                0x07
#define RTC_MONTH              0x08
#define RTC_YEAR               0x09
#define RTC_A                  0x0A
#define RTC_A_UIP              0x80   /* update in progress */
#define RTC_A_DEFAULT          0x26   /* 32768 Hz, periodic rate 1024 Hz */
#define RTC_B                  0x0B
#define RTC_B_SET              0x80
#define RTC_B_PIE              0x40   /* periodic interrupt enable */
#define RTC_B_AIE              0x20   /* alarm interrupt enable */
#define RTC_B_UIE              0x10
#define RTC_B_24H              0x02
#define RTC_B_DSE              0x01   /* daylight saving */
#define RTC_C                  0x0C   /* reading clears it */
#define RTC_C_PF               0x40
#define RTC_C_AF               0x20
#define RTC_D                  0x0D
#define CMOS_SHUTDOWN          0x0F   /* what to do after the next processor reset: */
#define CMOS_SHUTDOWN_EOI      0x05   /* continue at 40:67 after an EOI */
#define CMOS_SHUTDOWN_MOVE     0x09   /* return from INT 15h AH=87h */
#define CMOS_SHUTDOWN_JUMP     0x0A   /* continue at 40:67 */
#define CMOS_FLOPPY_TYPES      0x10   /* drive 0 in bits 7:4 */
#define CMOS_DISK_TYPES        0x12
#define CMOS_EQUIPMENT         0x14
#define CMOS_EXT_MEM_LOW       0x30   /* KiB above 1 MiB, at most 65535 */
#define CMOS_EXT_MEM_HIGH      0x31
#define CMOS_CENTURY           0x32
#define CMOS_MEM16_LOW         0x34   /* 34h and above: as Bochs and QEMU have them. 64 KiB units above 16 MiB */
#define CMOS_MEM16_HIGH        0x35
#define CMOS_BOOT3             0x38   /* bits 7:4 third boot device */
#define CMOS_BOOT12            0x3D   /* bits 3:0 first, 7:4 second boot device */
#define CMOS_MEM4G_LOW         0x5B   /* 64 KiB units above 4 GiB */
#define CMOS_MEM4G_MID         0x5C
#define CMOS_MEM4G_HIGH        0x5D
#define CMOS_ONCE              0x6F   /* ours: CMOS_ONCE_USED once option `once=` has had its boot */
#define CMOS_ONCE_USED         0xA5

#define RTC_PERIOD_US          976    /* one period at 1024 Hz */

#ifndef __ASSEMBLER__
#include "hw/io.h"

static inline u8 cmos_read(u8 reg)
{
    outb(CMOS_INDEX, reg);
    return inb(CMOS_DATA);
}

static inline void cmos_write(u8 reg, u8 v)
{
    outb(CMOS_INDEX, reg);
    outb(CMOS_DATA, v);
}

#endif
#endif
