/* SPDX-License-Identifier: BSD-2-Clause */
/* The A20 gate by the BIOS, by port 92h and by the keyboard controller: does FFFF:0510 show 0:0500. */
#include "processor.h"
#include "hw/kbc.h"

static bool wraps(void)
{
    u8 low = far_read8(0, 0x500), high = far_read8(0xFFFF, 0x510);
    bool same;

    far_write8(0, 0x500, 0x5A);
    same = far_read8(0xFFFF, 0x510) == 0x5A;
    far_write8(0, 0x500, 0xA5);
    same &= far_read8(0xFFFF, 0x510) == 0xA5;
    far_write8(0, 0x500, low);
    if (!same)
        far_write8(0xFFFF, 0x510, high);
    return same;
}

static void wait(void)
{
    for (u32 i = 0; i < 100000 && inb(KBC_STATUS) & KBC_STATUS_IBF; i++)
        ;
}

static void output_port(u8 value)
{
    wait();
    outb(KBC_CMD, KBC_CMD_WRITE_OUTPUT);
    wait();
    outb(KBC_DATA, value);
    wait();
}

/* Off at a reset of the processor that shutdown code 0Ah leads back from. */
static void test_reset(void)
{
    outb(PORT_A, inb(PORT_A) & ~(PORT_A_A20 | PORT_A_RESET));
    processor_reset();
    check(!wraps() && inb(PORT_A) & PORT_A_A20, "a reset of the processor opens the gate");
    outb(PORT_A, inb(PORT_A) & ~(PORT_A_A20 | PORT_A_RESET));
    check(wraps(), "and port 92h shuts it again");
    outb(PORT_A, (inb(PORT_A) & ~PORT_A_RESET) | PORT_A_A20);
}

void test_a20(void)
{
    struct regs r = { .ax = 0x2400 };

    check(!wraps(), "A20 is on");
    call_bios(0x15, &r);
    check(wraps(), "INT 15h 2400h");
    r.ax = 0x2401;
    call_bios(0x15, &r);
    check(!wraps(), "INT 15h 2401h");
    outb(PORT_A, inb(PORT_A) & ~(PORT_A_A20 | PORT_A_RESET));
    check(wraps() && !(inb(PORT_A) & PORT_A_A20), "port 92h, bit 1 clear");
    outb(PORT_A, (inb(PORT_A) & ~PORT_A_RESET) | PORT_A_A20);
    check(!wraps() && inb(PORT_A) & PORT_A_A20, "port 92h, bit 1 set");
    output_port(0xDD);
    check(wraps(), "output port of the keyboard controller, bit 1 clear");
    output_port(0xDF);
    check(!wraps(), "output port of the keyboard controller, bit 1 set");
    if (exact)                      /* QEMU starts -kernel again */
        test_reset();
}
