/* SPDX-License-Identifier: BSD-2-Clause */
/* String functions, ISO C 7.24, and reading a number. */
#include "lib.h"

usize strlen(const char *s)
{
    usize n = 0;

    while (s[n])
        n++;
    return n;
}

int strcmp(const char *a, const char *b)
{
    while (*a && *a == *b)
        a++, b++;
    return (u8)*a - (u8)*b;
}

int strncmp(const char *a, const char *b, usize n)
{
    for (; n; n--, a++, b++)
        if (*a != *b || !*a)
            return (u8)*a - (u8)*b;
    return 0;
}

char *strchr(const char *s, int c)
{
    for (;; s++) {
        if (*s == (char)c)
            return (char *)s;
        if (!*s)
            return NULL;
    }
}

bool starts_with(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

u32 parse_number(const char **s, u32 base)
{
    u32 value = 0;

    for (;; (*s)++) {
        char c = **s;
        u32 digit = c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : 16;

        if (digit >= base)
            return value;
        value = value * base + digit;
    }
}
