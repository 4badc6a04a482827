/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * INT 16h. AH=00h, 01h, 10h and 11h begin in entry_fast.S; here: keys that need translation,
 * and everything else. IBM PS/2 and PC BIOS Interface Technical Reference, "Interrupt 16H".
 */
#include "keyboard.h"
#include "ps2.h"
#include "services.h"
#include "hw/io.h"
#include "hw/kbc.h"
#include "spec/bda.h"

#define KEY_LAST_84        0x84   /* highest scan code that AH=00h and 01h return */
#define KEYBOARD_ID        0x41AB /* 101 keys, as it looks through the controller's translation */
#define INT16_09_SUPPORT   0x35   /* AX=0300h, 0305h, 0A00h; AH=10h-12h */

void keyboard_update_leds(void)
{
    u8 leds;

    fs_load(SEG_BDA);
    leds = BDA->kbd_flags1 >> 4 & KBD_LED_MASK;
    if (leds == (BDA->kbd_led & KBD_LED_MASK) || BDA->kbd_led & KBD_LED_UPDATE)
        return;
    if (inb(KBC_STATUS) & KBC_STATUS_IBF)
        return;
    BDA->kbd_led = leds | KBD_LED_UPDATE;
    outb(KBC_DATA, KBD_CMD_LEDS);
}

bool keyboard_answer(u8 byte)
{
    if (byte != KBD_ACK && byte != KBD_RESEND)
        return false;
    if (byte == KBD_RESEND) {
        BDA->kbd_led = (BDA->kbd_led & (u8)~KBD_LED_UPDATE) | KBD_LED_RESEND;
    } else if (BDA->kbd_led & KBD_LED_UPDATE) {
        BDA->kbd_led &= KBD_LED_MASK;
        outb(KBC_DATA, BDA->kbd_led);
    } else {
        BDA->kbd_led |= KBD_LED_ACK;
        keyboard_update_leds();        /* toggled again meanwhile */
    }
    return true;
}

/* Translate a buffer word for the caller; false: his function does not know the key. */
static bool present(u16 *key, bool enhanced)
{
    u8 scan = *key >> 8, character = (u8)*key;

    if (enhanced) {
        if (character == 0xF0 && scan)
            *key &= 0xFF00;
        return true;
    }
    if (scan == 0xE0) {                /* keypad Enter and / */
        *key = (character == '/' ? 0x3500 : 0x1C00) | character;
        return true;
    }
    if (character == 0xF0 && scan)
        return false;
    if (scan > KEY_LAST_84)
        return false;
    if (character == 0xE0 && scan)
        *key &= 0xFF00;
    return true;
}

/* The next key the caller may see, without taking it; keys he may not see are dropped. FS = BDA. */
static bool peek(u16 *key, bool enhanced)
{
    fs_load(SEG_BDA);
    while (BDA->kbd_head != BDA->kbd_tail) {
        *key = *(u16 __seg_fs *)(u32)BDA->kbd_head;
        if (present(key, enhanced))
            return true;
        keyboard_drop();
    }
    return false;
}

void keyboard_drop(void)
{
    u16 next = BDA->kbd_head + 2;

    BDA->kbd_head = next >= BDA->kbd_buffer_end ? BDA->kbd_buffer_start : next;
}

/* AH=00h, 10h once a key is there: takes it, or returns ZF=1 for entry_fast.S to wait on. */
void int16_take(struct regs16 *r)
{
    u16 key;

    r->flags |= FLAG_ZF;
    keyboard_update_leds();
    if (!peek(&key, r->ah & 0x10))
        return;
    keyboard_drop();
    r->ax = key;
    r->flags &= (u16)~FLAG_ZF;
}

static void int16_01(struct regs16 *r)   /* 01h, 11h: is there a key? */
{
    u16 key;

    r->flags |= FLAG_ZF;
    if (!peek(&key, r->ah & 0x10))
        return;
    r->ax = key;
    r->flags &= (u16)~FLAG_ZF;
}

static void int16_03(struct regs16 *r)   /* typematic rate and delay */
{
    u8 value;

    if (r->al == 0x00)
        value = 0x20;                  /* 500 ms, 10.9 a second: the default */
    else if (r->al == 0x05)
        value = (r->bh & 3) << 5 | (r->bl & 0x1F);
    else
        return fail(r, 0x86);
    kbc_irqs_off();
    if (keyboard_send(KBD_CMD_TYPEMATIC))
        keyboard_send(value);
    keyboard_send(KBD_CMD_ENABLE);
    kbc_irqs_on();
}

static void int16_12(struct regs16 *r)   /* extended shift states */
{
    u8 f2 = BDA->kbd_flags2;

    r->al = BDA->kbd_flags1;
    r->ah = (f2 & (u8)~(KBD_FLAGS2_INSERT | KBD_FLAGS2_PAUSED | KBD_FLAGS2_SYSREQ))
          | (f2 & KBD_FLAGS2_SYSREQ) << 5 | (BDA->kbd_flags3 & (KBD_FLAGS3_RCTRL | KBD_FLAGS3_RALT));
}

void int16(struct regs16 *r)
{
    fs_load(SEG_BDA);
    switch (r->ah) {
    case 0x01:
    case 0x11: return int16_01(r);
    case 0x02: r->al = BDA->kbd_flags1; return;
    case 0x03: return int16_03(r);
    case 0x05: r->al = !keyboard_put(r->cx); return;
    case 0x09: r->al = INT16_09_SUPPORT; return;
    case 0x0A: r->bx = KEYBOARD_ID; return;
    case 0x12: return int16_12(r);
    case 0x6F: if (r->al == 0x08) r->ah = 0x02; return;    /* HP's: AH=02h, it is not there */
    case 0x92: r->ah = 0x80; return;   /* 10h-12h are there: AH changed */
    case 0xA2: return;                 /* 20h-22h are not */
    default:   return fail(r, 0x86);
    }
}
