/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * INT 14h: serial ports. IBM PS/2 and PC BIOS Interface Technical Reference, "Interrupt 14H".
 * A time-out byte in 40:7C is about a second a unit.
 */
#include "bios.h"
#include "services.h"
#include "timer.h"
#include "hw/io.h"
#include "hw/uart.h"
#include "spec/bda.h"

#define SERIAL_ETIMEOUT  0x80
#define SECOND           1000000u

/* AH=00h: divisors by AL bits 7:5, as in the table at F000:E729. */
ROM u16 divisors[8] = { 0x0417, 0x0300, 0x0180, 0x00C0, 0x0060, 0x0030, 0x0018, 0x000C };
/* AH=04h goes on to 19200. */
#define DIVISOR_19200    0x0006

static void set_line(u16 port, u16 divisor, u8 lcr)
{
    outb(port + UART_LCR, lcr | UART_LCR_DLAB);
    outb(port + UART_DLL, divisor);
    outb(port + UART_DLM, divisor >> 8);
    outb(port + UART_LCR, lcr);
}

static void status(struct regs16 *r, u16 port)
{
    r->ah = inb(port + UART_LSR);
    r->al = inb(port + UART_MSR);
}

/* Wait until all `bits` of a register are on; false after `units` of the time-out byte. */
static bool wait_for(u16 port, u8 bits, u8 units)
{
    struct timer t;

    if ((inb(port) & bits) == bits)
        return true;
    timer_start(&t, units * SECOND);
    while ((inb(port) & bits) != bits) {
        if (timer_done(&t))
            return false;
        wait_irq();
    }
    return true;
}

static void int14_01(struct regs16 *r, u16 port, u8 units)   /* send AL */
{
    outb(port + UART_MCR, inb(port + UART_MCR) | UART_MCR_DTR | UART_MCR_RTS);
    if (!wait_for(port + UART_MSR, UART_MSR_DSR | UART_MSR_CTS, units)
        || !wait_for(port + UART_LSR, UART_LSR_THRE, units)) {
        r->ah = inb(port + UART_LSR) | SERIAL_ETIMEOUT;
        return;
    }
    outb(port + UART_DATA, r->al);
    r->ah = inb(port + UART_LSR) & (u8)~SERIAL_ETIMEOUT;
}

static void int14_02(struct regs16 *r, u16 port, u8 units)   /* receive to AL */
{
    outb(port + UART_MCR, inb(port + UART_MCR) | UART_MCR_DTR);
    if (!wait_for(port + UART_LSR, UART_LSR_DR, units)) {
        r->ah = inb(port + UART_LSR) | SERIAL_ETIMEOUT;
        return;
    }
    r->ah = inb(port + UART_LSR) & 0x1E;    /* the error bits */
    r->al = inb(port + UART_DATA);
}

/* AH=04h: AL break, BH parity 0-4, BL stop bits - 1, CH data bits - 5, CL baud 0-8. */
static void int14_04(struct regs16 *r, u16 port)
{
    u8 lcr = (r->ch & 3) | (r->bl & 1) << 2 | (r->al & 1) << 6;

    if (r->bh)
        lcr |= (r->bh * 2 - 1) << 3;        /* odd 1, even 3, stick odd 5, stick even 7 */
    set_line(port, r->cl < 8 ? divisors[r->cl] : DIVISOR_19200, lcr);
    status(r, port);
}

static void int14_05(struct regs16 *r, u16 port)   /* modem control */
{
    if (r->al == 0)
        r->bl = inb(port + UART_MCR);
    else
        outb(port + UART_MCR, r->bl);
    status(r, port);
}

void int14(struct regs16 *r)
{
    u16 port;
    u8 units;

    fs_load(SEG_BDA);
    if (r->dx >= ARRAY_SIZE(BDA->com_port))
        return fail(r, SERIAL_ETIMEOUT);
    port = BDA->com_port[r->dx];
    units = BDA->com_timeout[r->dx];
    if (!port)
        return fail(r, SERIAL_ETIMEOUT);
    switch (r->ah) {
    case 0x00:
        set_line(port, divisors[r->al >> 5], r->al & 0x1F);
        return status(r, port);
    case 0x01: return int14_01(r, port, units);
    case 0x02: return int14_02(r, port, units);
    case 0x03: return status(r, port);
    case 0x04: return int14_04(r, port);
    case 0x05: return int14_05(r, port);
    default:   return fail(r, SERIAL_ETIMEOUT);
    }
}
