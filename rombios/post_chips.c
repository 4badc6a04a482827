/* SPDX-License-Identifier: BSD-2-Clause */
/* POST: interrupt controllers, timer, real-time clock, coprocessor. The data sheets are named in hw/. */
#include "post.h"
#include "clock.h"
#include "hw/cmos.h"
#include "hw/pic.h"
#include "hw/pit.h"
#include "spec/bda.h"

/* Let through: timer, keyboard, cascade, clock, coprocessor. Drivers unmask their own. */
#define PIC1_OPEN  (1 << IRQ_TIMER | 1 << IRQ_KEYBOARD | 1 << IRQ_CASCADE)
#define PIC2_OPEN  (1 << (IRQ_RTC - 8) | 1 << (IRQ_FPU - 8))

void pic_init(void)
{
    outb(PIC1_CMD, PIC_ICW1);
    outb(PIC2_CMD, PIC_ICW1);
    outb(PIC1_DATA, PIC1_VECTOR);
    outb(PIC2_DATA, PIC2_VECTOR);
    outb(PIC1_DATA, PIC_ICW3_MASTER);
    outb(PIC2_DATA, PIC_ICW3_SLAVE);
    outb(PIC1_DATA, PIC_ICW4);
    outb(PIC2_DATA, PIC_ICW4);
    outb(PIC1_DATA, (u8)~PIC1_OPEN);
    outb(PIC2_DATA, (u8)~PIC2_OPEN);
}

void pit_init(void)
{
    outb(PIT_CONTROL, PIT_CONTROL_0_RATE);
    outb(PIT_COUNTER0, 0);             /* 65536: 18.2065 Hz */
    outb(PIT_COUNTER0, 0);
}

void rtc_init(void)
{
    cmos_write(RTC_A, RTC_A_DEFAULT);
    cmos_write(RTC_B, RTC_B_24H);
    cmos_read(RTC_C);
    cmos_read(RTC_D);
    clock_ticks_from_rtc();
}

void fpu_init(void)
{
    u16 status = 0xFFFF;

    asm volatile("fninit\n\tfnstsw %0" : "+m"(status));
    if (status)
        return;
    fs_load(SEG_BDA);
    BDA->equipment |= EQUIPMENT_FPU;
}
