/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Text for humans. log_print: the debug port only, silent where there is none.
 * console_print: the screen by INT 10h AH=0Eh, and the debug port.
 */
#include <stdarg.h>
#include "bios.h"
#include "console.h"
#include "hw/io.h"

static void put_debug(char c)
{
    if (HANDOFF->debug_port)
        outb(HANDOFF->debug_port, c);
}

static void put_screen(char c)
{
    struct regs16 r = { .ah = 0x0E, .al = c, .bx = 0x0007 };

    put_debug(c);
    call_int(0x10, &r);
}

typedef void put_fn(char c);

static void put_number(put_fn *put, u32 value, u8 base, u8 width, char pad)
{
    char digits[10];
    u8 n = 0;

    do {
        u8 d = value % base;
        digits[n++] = d < 10 ? '0' + d : 'a' + d - 10;
        value /= base;
    } while (value);
    while (width-- > n)
        put(pad);
    while (n)
        put(digits[--n]);
}

static void print(put_fn *put, romstr format, va_list args)
{
    for (char c; (c = *format++);) {
        u8 width = 0;
        char pad = ' ';

        if (c != '%') {
            put(c);
            continue;
        }
        c = *format++;
        if (c == '0')
            pad = '0';
        for (; c >= '0' && c <= '9'; c = *format++)
            width = width * 10 + (c - '0');
        if (c == 's')
            for (romstr s = va_arg(args, romstr); *s; s++)
                put(*s);
        else if (c == 'c')
            put(va_arg(args, int));
        else
            put_number(put, va_arg(args, u32), c == 'x' ? 16 : 10, width, pad);
    }
}

void log_print(romstr format, ...)
{
    va_list args;

    if (!HANDOFF->debug_port)
        return;
    va_start(args, format);
    print(put_debug, format, args);
    va_end(args);
}

void console_print(romstr format, ...)
{
    va_list args;

    va_start(args, format);
    print(put_screen, format, args);
    va_end(args);
}

void log_fail(const struct regs16 *r, romstr file, u16 line, u8 code)
{
    log_print(ROMSTR("%s:%d failed %02x: eax=%08x ebx=%08x ecx=%08x edx=%08x ds=%04x es=%04x si=%04x di=%04x from %04x:%04x\n"),
              file, line, code, r->eax, r->ebx, r->ecx, r->edx, r->ds, r->es, r->si, r->di, r->cs, r->ip);
}
