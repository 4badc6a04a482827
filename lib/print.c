/* SPDX-License-Identifier: BSD-2-Clause */
/* A small printf onto print_char(). */
#include "lib.h"

struct field {
    u8   width;
    char pad;       /* ' ' or '0' */
    bool left;
};

static void put_padding(const struct field *f, usize used, bool wanted)
{
    for (usize n = used; wanted && n < f->width; n++)
        print_char(f->pad);
}

static void put_text(const struct field *f, const char *text, usize length)
{
    put_padding(f, length, !f->left);
    for (usize i = 0; i < length; i++)
        print_char(text[i]);
    put_padding(f, length, f->left);
}

bool print_silent;

/* value / 10 without the compiler's 64-bit division routine; returns the remainder. */
static u32 divide10(u64 *value)
{
    u64 quotient = 0, rest = 0;

    if (*value >> 32 == 0) {
        rest = (u32)*value % 10;
        *value = (u32)*value / 10;
        return (u32)rest;
    }
    for (int bit = 63; bit >= 0; bit--) {
        rest = rest << 1 | (*value >> bit & 1);
        if (rest >= 10) {
            rest -= 10;
            quotient |= 1ull << bit;
        }
    }
    *value = quotient;
    return (u32)rest;
}

static void put_number(const struct field *f, u64 value, bool hex, bool negative)
{
    char text[24];
    usize at = sizeof(text);

    do {
        u32 digit = hex ? (u32)value & 15 : divide10(&value);

        text[--at] = (char)(digit < 10 ? '0' + digit : 'a' + digit - 10);
        if (hex)
            value >>= 4;
    } while (value);
    if (negative)
        text[--at] = '-';
    put_text(f, text + at, sizeof(text) - at);
}

static const char *parse_field(const char *format, struct field *f)
{
    *f = (struct field){ .pad = ' ' };
    if (*format == '-') {
        f->left = true;
        format++;
    } else if (*format == '0') {
        f->pad = '0';
        format++;
    }
    f->width = (u8)parse_number(&format, 10);
    return format;
}

void vprint(const char *format, va_list args)
{
    for (; *format && !print_silent; format++) {
        struct field f;
        u64 value;
        bool wide;

        if (*format != '%') {
            print_char(*format);
            continue;
        }
        format = parse_field(format + 1, &f);
        wide = starts_with(format, "ll");
        if (wide)
            format += 2;
        if (*format == 's') {
            const char *s = va_arg(args, const char *);

            put_text(&f, s, strlen(s));
        } else if (*format == 'c') {
            print_char((char)va_arg(args, int));
        } else if (*format == '%') {
            print_char('%');
        } else {
            bool negative = false;

            value = wide ? va_arg(args, u64) : va_arg(args, u32);
            if (*format == 'd' && (wide ? (s64)value < 0 : (s32)value < 0)) {
                negative = true;
                value = wide ? -value : (u32)-(u32)value;
            }
            put_number(&f, value, *format == 'x', negative);
        }
    }
}

void print(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vprint(format, args);
    va_end(args);
}
