/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * INT 09h, IRQ1: one byte of the keyboard (scan code set 1) becomes shift states, a key in the
 * buffer, or an action (Ctrl-Alt-Del, Ctrl-Break, Pause, Print Screen, SysRq).
 * IBM PS/2 and PC BIOS Interface Technical Reference, "Interrupt 09H - Keyboard".
 */
#include "keyboard.h"
#include "keymap.h"
#include "ps2.h"
#include "services.h"
#include "hw/io.h"
#include "hw/kbc.h"
#include "hw/pic.h"
#include "spec/bda.h"

#define SCAN_BREAK    0x80   /* key released */
#define SCAN_CTRL     0x1D
#define SCAN_LSHIFT   0x2A
#define SCAN_RSHIFT   0x36
#define SCAN_PRTSC    0x37   /* with E0h; keypad * without */
#define SCAN_ALT      0x38
#define SCAN_CAPS     0x3A
#define SCAN_NUM      0x45
#define SCAN_SCROLL   0x46   /* Ctrl-Break with E0h */
#define SCAN_KP_HOME  0x47
#define SCAN_INSERT   0x52
#define SCAN_DELETE   0x53
#define SCAN_SYSRQ    0x54
#define KEY_CTRL_PRTSC 0x7200

#define DEVICE_READY  0x9102   /* INT 15h: keyboard */
#define WARM_BOOT     0x1234

/* Alt + keypad digits: the digit of scan codes 47h-53h, FFh for - + and the dot. */
ROM u8 keypad_digit[] = { 7, 8, 9, 0xFF, 4, 5, 6, 0xFF, 1, 2, 3, 0, 0xFF };

bool keyboard_put(u16 key)
{
    u16 tail, next;

    fs_load(SEG_BDA);
    tail = BDA->kbd_tail;
    next = tail + 2;
    if (next >= BDA->kbd_buffer_end)
        next = BDA->kbd_buffer_start;
    if (next == BDA->kbd_head)
        return false;
    *(u16 __seg_fs *)(u32)tail = key;
    BDA->kbd_tail = next;
    return true;
}

u16 keyboard_from_ascii(u8 c)
{
    for (u8 i = 1; i < ARRAY_SIZE(keymap); i++) {
        if ((u8)keymap[i].plain == c)
            return keymap[i].plain;
        if ((u8)keymap[i].shift == c)
            return keymap[i].shift;
    }
    for (u8 i = 1; i < ARRAY_SIZE(keymap); i++)
        if ((u8)keymap[i].ctrl == c && c)
            return keymap[i].ctrl;
    return c;
}

/* Call an interrupt from the IRQ, which has ended as far as the controller knows. */
static NOINLINE void call_out(const struct regs16 *r, u8 vector, u16 ax)
{
    struct regs16 c = *r;

    c.ax = ax;
    call_int(vector, &c);
}

static void ctrl_break(const struct regs16 *r)
{
    BDA->break_flag = 0x80;
    BDA->kbd_head = BDA->kbd_tail = BDA->kbd_buffer_start;
    keyboard_put(0);
    call_out(r, 0x1B, r->ax);
}

/* Pause: nothing goes on, but interrupts, until another key clears the flag. */
static void pause(void)
{
    BDA->kbd_flags2 |= KBD_FLAGS2_PAUSED;
    while (BDA->kbd_flags2 & KBD_FLAGS2_PAUSED) {
        wait_irq();
        fs_load(SEG_BDA);
    }
}

/* Shift-type keys: flag in 40:17, left flag in 40:18, right flag in 40:96. */
static void shift_key(u8 flag1, u8 flag2, u8 flag3, bool right, bool down)
{
    if (right)
        BDA->kbd_flags3 = down ? BDA->kbd_flags3 | flag3 : BDA->kbd_flags3 & ~flag3;
    else
        BDA->kbd_flags2 = down ? BDA->kbd_flags2 | flag2 : BDA->kbd_flags2 & ~flag2;
    if (down)
        BDA->kbd_flags1 |= flag1;
    else if (!(BDA->kbd_flags2 & flag2) && !(BDA->kbd_flags3 & flag3))
        BDA->kbd_flags1 &= ~flag1;
}

/* Lock-type keys toggle on the first make; the keyboard repeats it. */
static void lock_key(u8 flag, bool down)
{
    if (!down) {
        BDA->kbd_flags2 &= ~flag;
        return;
    }
    if (BDA->kbd_flags2 & flag)
        return;
    BDA->kbd_flags2 |= flag;
    BDA->kbd_flags1 ^= flag;
    keyboard_update_leds();
}

/* Keys that change a state. True: the byte is used up. */
static bool state_key(u8 scan, bool e0, bool down)
{
    switch (scan) {
    case SCAN_LSHIFT:
    case SCAN_RSHIFT:
        if (!e0) {                     /* E0h 2Ah and E0h 36h only frame grey keys */
            u8 flag = scan == SCAN_LSHIFT ? KBD_FLAGS1_LSHIFT : KBD_FLAGS1_RSHIFT;
            BDA->kbd_flags1 = down ? BDA->kbd_flags1 | flag : BDA->kbd_flags1 & ~flag;
        }
        return true;
    case SCAN_CTRL:
        shift_key(KBD_FLAGS1_CTRL, KBD_FLAGS2_LCTRL, KBD_FLAGS3_RCTRL, e0, down);
        return true;
    case SCAN_ALT:
        shift_key(KBD_FLAGS1_ALT, KBD_FLAGS2_LALT, KBD_FLAGS3_RALT, e0, down);
        if (!(BDA->kbd_flags1 & KBD_FLAGS1_ALT) && BDA->alt_keypad) {
            keyboard_put(BDA->alt_keypad);
            BDA->alt_keypad = 0;
        }
        return true;
    case SCAN_CAPS:
        lock_key(KBD_FLAGS1_CAPS, down);
        return true;
    case SCAN_NUM:
        if (e0 || BDA->kbd_flags1 & KBD_FLAGS1_CTRL)
            return false;
        lock_key(KBD_FLAGS1_NUM, down);
        return true;
    case SCAN_SCROLL:
        if (e0 || BDA->kbd_flags1 & KBD_FLAGS1_CTRL)
            return false;
        lock_key(KBD_FLAGS1_SCROLL, down);
        return true;
    case SCAN_INSERT:
        if (!down)
            BDA->kbd_flags2 &= (u8)~KBD_FLAGS2_INSERT;
        else if (!(BDA->kbd_flags2 & KBD_FLAGS2_INSERT) && !(BDA->kbd_flags1 & KBD_FLAGS1_ALT)) {
            BDA->kbd_flags2 |= KBD_FLAGS2_INSERT;
            if (e0 || !(BDA->kbd_flags1 & KBD_FLAGS1_NUM))
                BDA->kbd_flags1 ^= KBD_FLAGS1_INSERT;
        }
        return false;
    }
    return false;
}

/* Keys that do something at once. True: the byte is used up. */
static bool action_key(const struct regs16 *r, u8 scan, bool e0)
{
    u8 flags = BDA->kbd_flags1;
    bool ctrl = flags & KBD_FLAGS1_CTRL, alt = flags & KBD_FLAGS1_ALT;

    if (scan == SCAN_DELETE && ctrl && alt) {
        struct regs16 reset = { .cs = 0xF000, .ip = 0xFFF0 };
        BDA->reset_flag = WARM_BOOT;
        jump_far(&reset);
    }
    if (scan == SCAN_SCROLL && (e0 || ctrl)) {
        ctrl_break(r);
        return true;
    }
    if (scan == SCAN_NUM && ctrl) {
        pause();
        return true;
    }
    if (scan == SCAN_PRTSC && e0) {
        if (alt)                       /* Alt-PrtSc without the scan code of SysRq */
            return true;
        if (ctrl)
            keyboard_put(KEY_CTRL_PRTSC);
        else
            call_out(r, 0x05, r->ax);
        return true;
    }
    return false;
}

static u16 keypad_or_plain(const struct keymap __seg_gs *k, u8 scan, u8 flags)
{
    bool shift = flags & (KBD_FLAGS1_LSHIFT | KBD_FLAGS1_RSHIFT);

    if (scan >= SCAN_KP_HOME && scan <= SCAN_DELETE)
        shift ^= (flags & KBD_FLAGS1_NUM) != 0;
    else if (flags & KBD_FLAGS1_CAPS && (u8)k->plain >= 'a' && (u8)k->plain <= 'z')
        shift = !shift;
    return shift ? k->shift : k->plain;
}

/* The buffer word of a key, 0 for none. */
static u16 translate(u8 scan, bool e0)
{
    u8 flags = BDA->kbd_flags1;
    const struct keymap __seg_gs *k = NULL;

    if (e0) {
        for (u8 i = 0; i < ARRAY_SIZE(keymap_e0); i++)
            if (keymap_e0[i].scan == scan)
                k = &keymap_e0[i].key;
        if (!k)
            return 0;
    } else {
        if (scan >= ARRAY_SIZE(keymap))
            return 0;
        k = &keymap[scan];
    }
    if (flags & KBD_FLAGS1_ALT) {
        if (!e0 && scan >= SCAN_KP_HOME && scan <= SCAN_DELETE && keypad_digit[scan - SCAN_KP_HOME] != 0xFF) {
            BDA->alt_keypad = BDA->alt_keypad * 10 + keypad_digit[scan - SCAN_KP_HOME];
            return 0;
        }
        return k->alt;
    }
    if (flags & KBD_FLAGS1_CTRL)
        return k->ctrl;
    if (e0)
        return flags & (KBD_FLAGS1_LSHIFT | KBD_FLAGS1_RSHIFT) ? k->shift : k->plain;
    return keypad_or_plain(k, scan, flags);
}

/* One scan code; e0: it came after E0h. */
static void key(const struct regs16 *r, u8 byte, bool e0)
{
    u8 scan = byte & (u8)~SCAN_BREAK;
    bool down = !(byte & SCAN_BREAK);
    u16 word;

    if (state_key(scan, e0, down))
        return;
    if (scan == SCAN_SYSRQ) {
        u8 flag = down ? KBD_FLAGS2_SYSREQ : 0;
        if ((BDA->kbd_flags2 & KBD_FLAGS2_SYSREQ) == flag)
            return;
        BDA->kbd_flags2 = (BDA->kbd_flags2 & (u8)~KBD_FLAGS2_SYSREQ) | flag;
        return call_out(r, 0x15, 0x8500 | !down);
    }
    if (!down)
        return;
    if (BDA->kbd_flags2 & KBD_FLAGS2_PAUSED) {
        BDA->kbd_flags2 &= (u8)~KBD_FLAGS2_PAUSED;
        return;
    }
    if (action_key(r, scan, e0))
        return;
    word = translate(scan, e0);
    if (!word || !keyboard_put(word))
        return;
    if (int15_hooked())
        call_out(r, 0x15, DEVICE_READY);
}

/* INT 15h AH=4Fh may change the byte or eat it (false). */
static NOINLINE bool intercept(const struct regs16 *r, u8 *byte)
{
    struct regs16 c = *r;

    c.ax = 0x4F00 | *byte;
    c.flags |= FLAG_CF;
    call_int(0x15, &c);
    *byte = c.al;
    fs_load(SEG_BDA);
    return c.flags & FLAG_CF;
}

/* Everything but a plain key. FS = BDA. */
static NOINLINE void special_byte(const struct regs16 *r, u8 byte)
{
    u8 flags3 = BDA->kbd_flags3;

    if (keyboard_answer(byte))
        return;
    if (byte == 0xE0 || byte == 0xE1) {
        BDA->kbd_flags3 |= byte == 0xE0 ? KBD_FLAGS3_E0 : KBD_FLAGS3_E1;
        return;
    }
    if (flags3 & KBD_FLAGS3_E1) {      /* Pause: E1h 1Dh 45h E1h 9Dh C5h */
        if ((byte & ~SCAN_BREAK) == SCAN_CTRL)
            return;
        BDA->kbd_flags3 &= (u8)~(KBD_FLAGS3_E0 | KBD_FLAGS3_E1);
        if (byte == SCAN_NUM)
            pause();
        return;
    }
    BDA->kbd_flags3 &= (u8)~(KBD_FLAGS3_E0 | KBD_FLAGS3_E1);
    key(r, byte, flags3 & KBD_FLAGS3_E0);
}

/* The word of a key that only types, with nothing held but Shift; 0 for any other byte. FS = BDA. */
static u16 plain_key(u8 byte)
{
    u8 flags = BDA->kbd_flags1;

    if (byte >= SCAN_NUM || flags & (KBD_FLAGS1_CTRL | KBD_FLAGS1_ALT)
        || BDA->kbd_flags3 & (KBD_FLAGS3_E0 | KBD_FLAGS3_E1) || BDA->kbd_flags2 & KBD_FLAGS2_PAUSED)
        return 0;
    return keypad_or_plain(&keymap[byte], byte, flags);
}

void int09(struct regs16 *r)
{
    u8 byte = inb(KBC_DATA);
    bool hooked = int15_hooked(), pass = !kbc_answers && (!hooked || intercept(r, &byte));
    u16 word;

    outb(PIC1_CMD, PIC_EOI);
    if (!pass)
        return;
    word = plain_key(byte);
    if (!word)
        special_byte(r, byte);
    else if (keyboard_put(word) && hooked)
        call_out(r, 0x15, DEVICE_READY);
}
