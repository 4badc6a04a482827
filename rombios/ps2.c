/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Polled exchanges with keyboard controller, keyboard and mouse, for POST and INT 15h AH=C2h.
 * IBM PS/2 Hardware Interface Technical Reference, "Keyboard and Auxiliary Device Controller".
 */
#include "ps2.h"
#include "post.h"
#include "timer.h"
#include "hw/io.h"
#include "hw/kbc.h"
#include "hw/pic.h"
#include "spec/bda.h"

#define BUSY_WAIT   (10 * MS)
#define ACK_WAIT    (20 * MS)
#define BAT_WAIT    (600 * MS)
#define MAX_PENDING 32

static u8 saved_mode;    /* controller mode byte while IRQs are off */
bool kbc_answers;

static bool write_byte(u16 port, u8 v)
{
    struct timer t;

    if (inb(KBC_STATUS) & KBC_STATUS_IBF) {
        timer_start(&t, BUSY_WAIT);
        while (inb(KBC_STATUS) & KBC_STATUS_IBF)
            if (timer_done(&t))
                return false;
    }
    outb(port, v);
    return true;
}

bool kbc_command(u8 command)
{
    return write_byte(KBC_CMD, command);
}

bool kbc_data(u8 byte)
{
    return write_byte(KBC_DATA, byte);
}

s16 kbc_read(u32 us)
{
    struct timer t;

    if (!(inb(KBC_STATUS) & KBC_STATUS_OBF)) {
        timer_start(&t, us);
        while (!(inb(KBC_STATUS) & KBC_STATUS_OBF))
            if (timer_done(&t))
                return -1;
    }
    return inb(KBC_DATA);
}

void kbc_flush(void)
{
    for (u8 i = 0; i < MAX_PENDING && inb(KBC_STATUS) & KBC_STATUS_OBF; i++)
        inb(KBC_DATA);
}

/* The mode byte raises IRQ1. An 8259 drops that when the byte is read; those of QEMU and KVM keep it, so it comes here. */
void kbc_irqs_off(void)
{
    kbc_flush();
    kbc_command(KBC_CMD_READ_MODE);
    s16 mode = kbc_read(BUSY_WAIT);
    saved_mode = mode < 0 ? KBC_MODE_KBD_IRQ | KBC_MODE_SYSTEM | KBC_MODE_TRANSLATE : mode;
    kbc_command(KBC_CMD_WRITE_MODE);
    kbc_data(saved_mode & (u8)~(KBC_MODE_KBD_IRQ | KBC_MODE_AUX_IRQ | KBC_MODE_AUX_OFF));
    kbc_answers = true;
    wait_irq();
    kbc_answers = false;
}

void kbc_irqs_on(void)
{
    kbc_command(KBC_CMD_WRITE_MODE);
    kbc_data(saved_mode);
}

static bool acknowledged(void)
{
    struct timer t;

    timer_start(&t, ACK_WAIT);
    do {
        if (!(inb(KBC_STATUS) & KBC_STATUS_OBF))
            continue;
        u8 answer = inb(KBC_DATA);
        if (answer == KBD_ACK)
            return true;
        if (answer == KBD_RESEND)
            return false;
    } while (!timer_done(&t));
    return false;
}

bool keyboard_send(u8 byte)
{
    return kbc_data(byte) && acknowledged();
}

bool mouse_send(u8 byte)
{
    return kbc_command(KBC_CMD_WRITE_AUX) && kbc_data(byte) && acknowledged();
}

s16 mouse_read(void)
{
    return kbc_read(BAT_WAIT);
}

/* No reset of the devices: they come from power-on, and F6h undoes what a system before us set. */
void keyboard_init(void)
{
    bool mouse;

    if (inb(KBC_STATUS) == 0xFF)       /* no controller */
        return;
    kbc_flush();
    if (!kbc_command(KBC_CMD_SELF_TEST) || kbc_read(BUSY_WAIT) != KBC_SELF_TEST_OK) {
        log_print(ROMSTR("keyboard controller: no answer\n"));
        return;
    }
    kbc_command(KBC_CMD_ENABLE_AUX);
    kbc_command(KBC_CMD_WRITE_MODE);
    kbc_data(KBC_MODE_SYSTEM | KBC_MODE_TRANSLATE);
    mouse = mouse_send(AUX_CMD_DEFAULTS);
    kbc_command(KBC_CMD_ENABLE_KBD);
    if (!keyboard_send(KBD_CMD_DEFAULTS) || !keyboard_send(KBD_CMD_ENABLE))
        log_print(ROMSTR("keyboard: no answer\n"));
    kbc_command(KBC_CMD_WRITE_MODE);
    kbc_data(KBC_MODE_KBD_IRQ | KBC_MODE_SYSTEM | KBC_MODE_TRANSLATE | (mouse ? KBC_MODE_AUX_IRQ : KBC_MODE_AUX_OFF));
    if (!mouse)
        return;
    pic_unmask(IRQ_MOUSE);
    fs_load(SEG_BDA);
    BDA->equipment |= EQUIPMENT_MOUSE;
}
