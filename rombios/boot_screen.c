/* SPDX-License-Identifier: BSD-2-Clause */
/* Text for the person in front of the machine: INT 10h AH=0Eh, whoever serves it. */
#include "boot.h"

void screen_char(char c)
{
    struct regs16 r = { .ah = 0x0E, .al = c, .bl = 7 };

    if (c == '\n')
        screen_char('\r');
    call_int(0x10, &r);
}

void screen_text(romstr s)
{
    while (*s)
        screen_char(*s++);
}

void screen_number(u32 n)
{
    if (n > 9)
        screen_number(n / 10);
    screen_char('0' + n % 10);
}
