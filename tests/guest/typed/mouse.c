/* SPDX-License-Identifier: BSD-2-Clause */
/* A mouse with a wheel: INT 15h AH=C2h and its handler, moved by QEMU. */
#include "typed.h"

#define STATUS_BUTTONS  0x07
#define STATUS_X_SIGN   0x10
#define STATUS_Y_SIGN   0x20

static volatile u16 words[4];          /* status, X, Y, wheel of the last package */
static volatile s32 x, y, wheel;
static volatile u8 packages;
extern const u8 mouse_handler[];
void on_package(void);

asm(".section .text.handlers, \"ax\"\n"
    "mouse_handler: pushw %bp\n movw %sp, %bp\n pushal\n pushw %ds\n pushw %es\n xorw %ax, %ax\n movw %ax, %ds\n movw %ax, %es\n"
    "movw 12(%bp), %ax\n movw %ax, words\n movw 10(%bp), %ax\n movw %ax, words + 2\n"
    "movw 8(%bp), %ax\n movw %ax, words + 4\n movw 6(%bp), %ax\n movw %ax, words + 6\n cld\n"
    "calll on_package\n popw %es\n popw %ds\n popal\n popw %bp\n lretw\n"
    ".text\n");

void on_package(void)
{
    x += (s32)words[1] - (words[0] & STATUS_X_SIGN ? 0x100 : 0);
    y += (s32)words[2] - (words[0] & STATUS_Y_SIGN ? 0x100 : 0);
    wheel += (s8)words[3];
    packages++;
}

static struct regs mouse(u8 function, u8 bh)
{
    struct regs r = { .eax = 0xC200 | function, .ebx = bh << 8, .flags = FLAG_IF };

    call_bios(0x15, &r);
    return r;
}

/* A command of the monitor, and the packages it makes. */
static void moved(const char *command)
{
    u32 start = ticks();

    x = y = wheel = packages = 0;
    ask(command);
    while (!packages && ticks() - start < LIMIT)
        asm volatile("hlt");
    idle(8);
}

void test_mouse(void)
{
    struct regs r = { .eax = 0xC207, .ebx = (u32)mouse_handler };

    mouse(0x05, 4);
    mouse(0x02, 6);
    mouse(0x02, 5);
    mouse(0x02, 4);
    check_equal(mouse(0x04, 0).bh, 3, "mouse with a wheel");
    check_equal(key(2), NO_KEY, "what it answered is no key");
    call_bios(0x15, &r);
    check(!(mouse(0x00, 1).flags & FLAG_CF), "mouse on");
    moved("mouse_move 10 5 1");
    check(x == 10 && y == -5, "right and down: X and Y of the handler");
    check_equal(wheel, (u32)-1, "wheel up: the fourth byte");
    moved("mouse_move -300 -7 -1");
    check(x == -300 && y == 7 && wheel == 1, "left, up, wheel down, in more than one package");
    moved("mouse_button 1");
    check_equal(words[0] & STATUS_BUTTONS, 1, "left button down");
    moved("mouse_button 0");
    check_equal(words[0] & STATUS_BUTTONS, 0, "and up");
    mouse(0x00, 0);
}
