/* SPDX-License-Identifier: BSD-2-Clause */
/* The boot menu: offered only if the loader asks for it (HANDOFF_MENU), for menu_wait milliseconds. */
#include "boot.h"
#include "timer.h"

#define KEY_ESC  0x01            /* scan codes */
#define KEY_F12  0x86

static u8 key(bool *pressed, char *ascii)
{
    struct regs16 r = { .ah = 0x11 };

    call_int(0x16, &r);
    *pressed = !(r.flags & FLAG_ZF);
    if (!*pressed)
        return 0;
    r.ah = 0x10;
    call_int(0x16, &r);
    *ascii = r.al;
    return r.ah;
}

static bool wanted(void)
{
    bool pressed;
    char ascii;

    screen_text(ROMSTR("Press F12 or Esc for the boot menu\n"));
    for (u16 left = HANDOFF->menu_wait / 50 + 1; left; left--) {
        u8 scan = key(&pressed, &ascii);

        if (pressed && (scan == KEY_ESC || scan == KEY_F12))
            return true;
        timer_wait(50 * MS);
    }
    return false;
}

u8 boot_menu(void)
{
    bool pressed;
    char ascii;

    if (!(HANDOFF->flags & HANDOFF_MENU) || !wanted())
        return 0;
    screen_text(ROMSTR("\nBoot from:\n"));
    for (u8 i = 0; i < targets_found; i++) {
        screen_text(ROMSTR("  "));
        screen_char('a' + i);
        screen_text(ROMSTR(". "));
        boot_name(&targets[i]);
        screen_char('\n');
    }
    for (;;) {
        u8 scan = key(&pressed, &ascii), n = (ascii | 0x20) - 'a';

        if (pressed && scan == KEY_ESC)
            return 0;
        if (pressed && n < targets_found)
            return n;
        timer_wait(20 * MS);
    }
}
