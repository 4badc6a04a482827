/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * INT 15h: who serves which function; A20, waits, hooks, configuration.
 * IBM PS/2 and PC BIOS Interface Technical Reference, "Interrupt 15H - System Services".
 */
#include "bios.h"
#include "clock.h"
#include "int15.h"
#include "services.h"
#include "timer.h"
#include "hw/io.h"
#include "hw/kbc.h"
#include "spec/bda.h"

#define CONFIG_TABLE   0xE6F5   /* fixed.S */
#define A20_BY_KBC     0x01
#define A20_BY_PORT_A  0x02

static void int15_24(struct regs16 *r)   /* A20 gate */
{
    u8 port = inb(PORT_A) & (u8)~PORT_A_RESET;

    switch (r->al) {
    case 0x00:
        outb(PORT_A, port & (u8)~PORT_A_A20);
        break;
    case 0x01:
        outb(PORT_A, port | PORT_A_A20);
        break;
    case 0x02:
        r->al = (port & PORT_A_A20) != 0;
        r->cx = 0;
        break;
    case 0x03:
        r->bx = A20_BY_KBC | A20_BY_PORT_A;
        break;
    default:
        return fail(r, SYS_EUNSUPPORTED);
    }
    ok(r);
}

static void int15_83(struct regs16 *r)   /* event wait: returns at once, ES:BX bit 7 later */
{
    if (r->al == 1) {
        clock_wait_cancel();
        return ok(r);
    }
    if (!clock_wait_start(far_make(r->es, r->bx), (u32)r->cx << 16 | r->dx))
        return fail(r, 0);
    ok(r);
}

static void int15_86(struct regs16 *r)   /* wait CX:DX microseconds */
{
    timer_wait((u32)r->cx << 16 | r->dx);
    ok(r);
}

static void int15_c0(struct regs16 *r)   /* configuration table */
{
    r->es = 0xF000;
    r->bx = CONFIG_TABLE;
    ok(r);
}

static void int15_c1(struct regs16 *r)   /* EBDA segment */
{
    fs_load(SEG_BDA);
    r->es = BDA->ebda_segment;
    r->flags &= (u16)~FLAG_CF;
}

void int15(struct regs16 *r)
{
    switch (r->ah) {
    case 0x24: return int15_24(r);
    case 0x4F: r->flags |= FLAG_CF; return;   /* keyboard intercept: take the key as it is */
    case 0x52:                                /* media eject: allowed */
    case 0x80:                                /* device open, close, program end: nothing to do */
    case 0x81:
    case 0x82:
    case 0x85:                                /* SysRq */
    case 0x90:                                /* device busy, ready: hooks of multitaskers */
    case 0x91: return ok(r);
    case 0x83: return int15_83(r);
    case 0x86: return int15_86(r);
    case 0x87: return int15_87(r);
    case 0x88: return int15_88(r);
    case 0xC0: return int15_c0(r);
    case 0xC1: return int15_c1(r);
    case 0xC2: return int15_c2(r);
    case 0xE8: return int15_e8(r);
    default:   return fail(r, SYS_EUNSUPPORTED);
    }
}
