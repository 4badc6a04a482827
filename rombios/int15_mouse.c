/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * INT 15h AH=C2h: PS/2 mouse, with wheel (package of 4 bytes).
 * IBM PS/2 and PC BIOS Interface Technical Reference, "Interrupt 15H", function C2H.
 */
#include "int15.h"
#include "ps2.h"
#include "services.h"
#include "hw/kbc.h"
#include "hw/io.h"
#include "hw/pic.h"
#include "spec/bda.h"

#define MOUSE_EFUNCTION   0x01
#define MOUSE_EINPUT      0x02
#define MOUSE_EINTERFACE  0x03
#define MOUSE_ENOHANDLER  0x05
#define FLAG1_INDEX       0x07   /* mouse_flag1: bytes of the package so far */
#define FLAG2_SIZE        0x07   /* mouse_flag2: package size - 1 */
#define FLAG2_HANDLER     0x80
#define PACKAGE_MAX       8

ROM u8 sample_rates[] = { 10, 20, 40, 60, 80, 100, 200 };

static bool send2(u8 command, u8 parameter)
{
    return mouse_send(command) && mouse_send(parameter);
}

static bool c2_enable(struct regs16 *r)
{
    if (r->bh > 1) {
        fail(r, MOUSE_EINPUT);
        return true;
    }
    if (r->bh && !(ebda.mouse_flag2 & FLAG2_HANDLER)) {
        fail(r, MOUSE_ENOHANDLER);
        return true;
    }
    ebda.mouse_flag1 = 0;
    return mouse_send(r->bh ? AUX_CMD_ENABLE : AUX_CMD_DISABLE);
}

static bool c2_reset(struct regs16 *r)
{
    if (!mouse_send(AUX_CMD_RESET))
        return false;
    r->bl = mouse_read();
    r->bh = mouse_read();
    return r->bl == AUX_BAT_OK;
}

static bool c2_get_id(struct regs16 *r)
{
    s16 id;

    if (!mouse_send(AUX_CMD_GET_ID))
        return false;
    id = mouse_read();
    r->bh = id;
    return id >= 0;
}

static bool c2_status(struct regs16 *r)
{
    s16 rate;

    if (r->bh == 1 || r->bh == 2)
        return mouse_send(r->bh == 1 ? AUX_CMD_SCALE_1_1 : AUX_CMD_SCALE_2_1);
    if (r->bh) {
        fail(r, MOUSE_EINPUT);
        return true;
    }
    if (!mouse_send(AUX_CMD_STATUS))
        return false;
    r->bl = mouse_read();
    r->cl = mouse_read();
    rate = mouse_read();
    r->dl = rate;
    return rate >= 0;
}

/* The calls that talk to the mouse. False: it did not answer. */
static bool exchange(struct regs16 *r)
{
    switch (r->al) {
    case 0x00: return c2_enable(r);
    case 0x01:
    case 0x05: return c2_reset(r);
    case 0x02: return send2(AUX_CMD_RATE, sample_rates[r->bh]);
    case 0x03: return send2(AUX_CMD_RESOLUTION, r->bh);
    case 0x04: return c2_get_id(r);
    default:   return c2_status(r);
    }
}

static void c2_handler(struct regs16 *r)
{
    ebda.mouse_handler = far_make(r->es, r->bx);
    if (r->es || r->bx) {
        ebda.mouse_flag2 |= FLAG2_HANDLER;
        return ok(r);
    }
    ebda.mouse_flag2 &= (u8)~FLAG2_HANDLER;
    kbc_irqs_off();
    mouse_send(AUX_CMD_DISABLE);
    kbc_irqs_on();
    ok(r);
}

void int15_c2(struct regs16 *r)
{
    u16 ax = r->ax, bx = r->bx;
    bool answered;

    fs_load(SEG_BDA);
    if (!(BDA->equipment & EQUIPMENT_MOUSE))
        return fail(r, MOUSE_EINTERFACE);
    if (r->al > 0x07)
        return fail(r, MOUSE_EFUNCTION);
    if (r->al == 0x07)
        return c2_handler(r);
    if ((r->al == 0x02 && r->bh >= ARRAY_SIZE(sample_rates)) || (r->al == 0x03 && r->bh > 3)
        || (r->al == 0x05 && (r->bh < 1 || r->bh > PACKAGE_MAX)))
        return fail(r, MOUSE_EINPUT);
    r->flags &= (u16)~FLAG_CF;
    kbc_irqs_off();
    answered = exchange(r);
    kbc_irqs_on();
    if (r->flags & FLAG_CF)
        return;
    if (!answered) {
        r->bx = bx;
        return fail(r, MOUSE_EINTERFACE);
    }
    if ((u8)ax == 0x05) {
        ebda.mouse_flag2 = (ebda.mouse_flag2 & (u8)~FLAG2_SIZE) | ((bx >> 8) - 1);
        ebda.mouse_flag1 = 0;
    }
    ok(r);
}

/* Push a word on the stack of the program that the IRQ interrupted. */
static void push(struct regs16 *r, u16 word)
{
    r->esp = (r->esp & 0xFFFF0000) | (u16)(r->esp - 2);
    fs_load(r->ss);
    *(u16 __seg_fs *)(u32)(u16)r->esp = word;
}

/* INT 74h, IRQ12: collects a package and far-calls the handler with status, X, Y and wheel on the stack. */
void int74(struct regs16 *r)
{
    u8 status = inb(KBC_STATUS), index = ebda.mouse_flag1 & FLAG1_INDEX;
    struct regs16 call = *r;
    u32 esp = r->esp;

    if ((status & (KBC_STATUS_OBF | KBC_STATUS_AUX)) != (KBC_STATUS_OBF | KBC_STATUS_AUX))
        return pic_eoi(IRQ_MOUSE);
    ebda.mouse_data[index] = inb(KBC_DATA);
    pic_eoi(IRQ_MOUSE);
    if (!(ebda.mouse_flag2 & FLAG2_HANDLER))
        return;
    if (index < (ebda.mouse_flag2 & FLAG2_SIZE)) {
        ebda.mouse_flag1 = index + 1;
        return;
    }
    ebda.mouse_flag1 = 0;
    push(r, ebda.mouse_data[0]);
    push(r, ebda.mouse_data[1]);
    push(r, ebda.mouse_data[2]);
    push(r, (ebda.mouse_flag2 & FLAG2_SIZE) >= 3 ? ebda.mouse_data[3] : 0);
    call.ip = ebda.mouse_handler.offset;
    call.cs = ebda.mouse_handler.segment;
    call.flags &= (u16)~FLAG_IF;
    call_far(&call);
    r->esp = esp;
}
