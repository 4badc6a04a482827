/* SPDX-License-Identifier: BSD-2-Clause */
/* INT 17h: printers. IBM PS/2 and PC BIOS Interface Technical Reference, "Interrupt 17H". */
#include "bios.h"
#include "services.h"
#include "timer.h"
#include "hw/io.h"
#include "hw/lpt.h"
#include "spec/bda.h"

#define PRINTER_ETIMEOUT  0x01
#define STATUS_INVERTED   0x48   /* ACK and error lines are active low */
#define STATUS_BITS       0xF8
#define STROBE_US         1
#define INIT_US           50
#define SECOND            1000000u

static u8 status(u16 port)
{
    return (inb(port + LPT_STATUS) & STATUS_BITS) ^ STATUS_INVERTED;
}

static void int17_00(struct regs16 *r, u16 port, u8 seconds)   /* print AL */
{
    struct timer t;

    outb(port + LPT_DATA, r->al);
    timer_start(&t, seconds * SECOND);
    while (!(inb(port + LPT_STATUS) & LPT_STATUS_BUSY)) {
        if (timer_done(&t)) {
            r->ah = status(port) | PRINTER_ETIMEOUT;
            return;
        }
        wait_irq();
    }
    outb(port + LPT_CONTROL, LPT_CONTROL_SELECT | LPT_CONTROL_INIT | LPT_CONTROL_STROBE);
    timer_wait(STROBE_US);
    outb(port + LPT_CONTROL, LPT_CONTROL_SELECT | LPT_CONTROL_INIT);
    r->ah = status(port);
}

static void int17_01(struct regs16 *r, u16 port)   /* initialise */
{
    outb(port + LPT_CONTROL, LPT_CONTROL_SELECT);
    timer_wait(INIT_US);
    outb(port + LPT_CONTROL, LPT_CONTROL_SELECT | LPT_CONTROL_INIT);
    r->ah = status(port);
}

void int17(struct regs16 *r)
{
    u16 port = 0;
    u8 seconds = 0;

    fs_load(SEG_BDA);
    if (r->dx < ARRAY_SIZE(BDA->lpt_port)) {
        port = BDA->lpt_port[r->dx];
        seconds = BDA->lpt_timeout[r->dx];
    }
    if (!port) {
        r->ah = PRINTER_ETIMEOUT;
        return;
    }
    switch (r->ah) {
    case 0x00: return int17_00(r, port, seconds);
    case 0x01: return int17_01(r, port);
    case 0x02: r->ah = status(port); return;
    default:   return fail(r, PRINTER_ETIMEOUT);
    }
}
