/* SPDX-License-Identifier: BSD-2-Clause */
/* Keys, sent through the keyboard controller as if typed, and how INT 16h gives them back. */
#include "services.h"

#define KBC_DATA      0x60
#define KBC_CMD       0x64
#define KBC_OBF       0x01
#define KBC_IBF       0x02
#define KBC_INJECT    0xD2   /* the next byte appears as if the keyboard had sent it */

static volatile u8 calls_05, calls_1b;
static volatile u8 seen_4f;
extern const u8 count_05[], count_1b[], swap_4f[];

asm(".section .text.handlers, \"ax\"\n"
    "count_05: incb %cs:calls_05\n iretw\n"
    "count_1b: incb %cs:calls_1b\n iretw\n"
    "swap_4f: cmpb $0x4F, %ah\n jne 1f\n incb %cs:seen_4f\n cmpb $0x1E, %al\n jne 1f\n movb $0x1F, %al\n"
    "1: stc\n lretw $2\n"
    ".text\n");

static void type(u8 byte)
{
    while (inb(KBC_CMD) & (KBC_IBF | KBC_OBF))
        ;
    asm volatile("cli");
    outb(KBC_CMD, KBC_INJECT);
    while (inb(KBC_CMD) & KBC_IBF)
        ;
    outb(KBC_DATA, byte);
    asm volatile("sti");
    for (u32 i = 0; i < 1000000 && inb(KBC_CMD) & KBC_OBF; i++)
        ;
    asm volatile("nop");
}

static void type_all(const u8 *bytes, u32 n)
{
    while (n--)
        type(*bytes++);
}

#define TYPE(...) do { static const u8 b_[] = { __VA_ARGS__ }; type_all(b_, sizeof(b_)); } while (0)

/* What INT 16h AH=function says, FFFFFFFF if there is no key. */
static u32 key(u8 function)
{
    struct regs r = { .eax = (u32)(function | 1) << 8 };

    call_bios(0x16, &r);
    if (r.flags & FLAG_ZF)
        return 0xFFFFFFFF;
    r.eax = (u32)function << 8;
    call_bios(0x16, &r);
    return r.ax;
}

static u8 shift(void)
{
    struct regs r = { .eax = 0x0200 };

    call_bios(0x16, &r);
    return r.al;
}

static void test_plain(void)
{
    TYPE(0x1E, 0x9E);
    check_equal(key(0x00), 0x1E61, "a");
    check_equal(key(0x00), 0xFFFFFFFF, "and nothing more");
    TYPE(0x2A, 0x1E, 0x9E);
    check_equal(shift(), 0x02, "left shift is down");
    TYPE(0xAA);
    check_equal(key(0x10), 0x1E41, "shift a");
    TYPE(0x1D, 0x1E, 0x9E, 0x9D);
    check_equal(key(0x00), 0x1E01, "ctrl a");
    TYPE(0x38, 0x1E, 0x9E, 0xB8);
    check_equal(key(0x00), 0x1E00, "alt a");
    TYPE(0x3A, 0xBA, 0x1E, 0x9E, 0x2A, 0x1E, 0x9E, 0xAA, 0x3A, 0xBA);
    check_equal(key(0x00), 0x1E41, "caps lock a");
    check_equal(key(0x00), 0x1E61, "caps lock shift a");
    check_equal(shift(), 0, "caps lock is off again");
    TYPE(0x3B, 0xBB, 0x57, 0xD7);
    check_equal(key(0x10), 0x3B00, "F1");
    check_equal(key(0x10), 0x8500, "F11 by 10h");
    TYPE(0x57, 0xD7, 0x3B, 0xBB);
    check_equal(key(0x00), 0x3B00, "00h does not see F11");
}

static void test_extended(void)
{
    TYPE(0xE0, 0x48, 0xE0, 0xC8);
    check_equal(key(0x10), 0x48E0, "cursor up by 10h");
    TYPE(0xE0, 0x48, 0xE0, 0xC8);
    check_equal(key(0x00), 0x4800, "cursor up by 00h");
    TYPE(0x48, 0xC8);
    check_equal(key(0x10), 0x4800, "keypad 8");
    TYPE(0x45, 0xC5, 0x48, 0xC8);
    check_equal(key(0x00), 0x4838, "num lock, keypad 8");
    TYPE(0x45, 0xC5, 0xE0, 0x1C, 0xE0, 0x9C);
    check_equal(key(0x00), 0x1C0D, "keypad Enter by 00h");
    TYPE(0xE0, 0x1C, 0xE0, 0x9C, 0xE0, 0x35, 0xE0, 0xB5);
    check_equal(key(0x10), 0xE00D, "keypad Enter by 10h");
    check_equal(key(0x00), 0x352F, "keypad / by 00h");
    TYPE(0x38, 0x48, 0xC8, 0x4C, 0xCC, 0xB8);
    check_equal(key(0x00), 0x0055, "alt 8 5 on the keypad is U");
    TYPE(0x38, 0x1A, 0x9A, 0xB8);
    check_equal(key(0x10), 0x1A00, "alt [ by 10h");
    TYPE(0x1D, 0xE0, 0x37, 0xE0, 0xB7, 0x9D);
    check_equal(key(0x00), 0x7200, "ctrl print screen");
    TYPE(0x1D, 0xE0, 0x4B, 0xE0, 0xCB, 0x9D);
    check_equal(key(0x10), 0x73E0, "ctrl cursor left");
}

static void test_actions(void)
{
    struct regs r = { .eax = 0x0500, .ecx = 0x1234 };
    u32 saved = far_read32(0, 0x15 * 4);

    far_write32(0, 0x05 * 4, (u32)count_05);
    far_write32(0, 0x1B * 4, (u32)count_1b);
    TYPE(0xE0, 0x2A, 0xE0, 0x37, 0xE0, 0xB7, 0xE0, 0xAA);
    check_equal(calls_05, 1, "print screen calls INT 05h");
    TYPE(0x1E, 0x9E, 0x1D, 0xE0, 0x46, 0xE0, 0xC6, 0x9D);
    check(calls_1b == 1 && far_read8(BDA, 0x71) == 0x80, "ctrl break calls INT 1Bh and sets 40:71");
    check_equal(key(0x00), 0x0000, "and leaves one zero in the buffer");
    call_bios(0x16, &r);
    check(r.al == 0 && key(0x10) == 0x1234, "05h: put a key");
    for (u32 i = 0; i < 16; i++) {
        r.eax = 0x0500;
        call_bios(0x16, &r);
    }
    check_equal(r.al, 1, "05h: AL=1 when the buffer is full");
    while (key(0x10) != 0xFFFFFFFF)
        ;
    far_write32(0, 0x15 * 4, (u32)swap_4f);
    TYPE(0x1E, 0x9E);
    far_write32(0, 0x15 * 4, saved);
    check(key(0x00) == 0x1F73 && seen_4f >= 2, "INT 15h AH=4Fh may change a key");
    r.eax = 0x1200;
    TYPE(0xE0, 0x1D, 0xE0, 0x38);
    call_bios(0x16, &r);
    TYPE(0xE0, 0xB8, 0xE0, 0x9D);
    check_equal(r.ax, 0x0C0C, "12h: right ctrl and right alt");
    check_equal(shift(), 0, "all keys are up");
    r.eax = 0x0900;
    call_bios(0x16, &r);
    check(r.al & 0x20, "09h: 10h-12h are there");
    r.eax = 0x0A00;
    call_bios(0x16, &r);
    check_equal(r.bx, 0x41AB, "0Ah: keyboard id");
    r = (struct regs){ .eax = 0x0305, .ebx = 0x0000 };
    call_bios(0x16, &r);
    TYPE(0x1E, 0x9E);
    check_equal(key(0x00), 0x1E61, "03h: typematic rate set, keys still come");
    for (u32 i = 0; i < 20; i++)
        TYPE(0x1E, 0x9E);
    u32 n = 0;
    while (key(0x00) == 0x1E61)
        n++;
    check_equal(n, 15, "the buffer holds 15 keys");
}

/* A program may put a buffer of its own elsewhere in segment 40h. */
static void test_moved_buffer(void)
{
    u16 start = far_read16(BDA, 0x80), end = far_read16(BDA, 0x82);

    for (u8 at = 0x1A; at <= 0x1C; at += 2)
        far_write16(BDA, at, 0x1F0);
    far_write16(BDA, 0x80, 0x1F0);
    far_write16(BDA, 0x82, 0x1F6);
    TYPE(0x1E, 0x9E, 0x30, 0xB0, 0x2E, 0xAE);
    check(far_read16(BDA, 0x1F0) == 0x1E61 && far_read16(BDA, 0x1F2) == 0x3062, "keys go to a buffer that 40:80 names");
    check(key(0x00) == 0x1E61 && key(0x00) == 0x3062 && key(0x00) == 0xFFFFFFFF, "which holds two keys: the third is lost");
    TYPE(0x2E, 0xAE);
    check(key(0x10) == 0x2E63 && far_read16(BDA, 0x1A) == 0x1F0, "and wraps at its own end");
    for (u8 at = 0x1A; at <= 0x1C; at += 2)
        far_write16(BDA, at, start);
    far_write16(BDA, 0x80, start);
    far_write16(BDA, 0x82, end);
}

void test_keyboard(void)
{
    test_plain();
    test_extended();
    test_actions();
    test_moved_buffer();
}
