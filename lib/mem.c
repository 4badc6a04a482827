/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory functions, ISO C 7.24. String instructions: small, and fast where it counts (whole payloads). */
#include "lib.h"

void *memcpy(void *to, const void *from, usize n)
{
    void *d = to;
    usize words = n / 4, bytes = n % 4;

    asm volatile("rep movsl" : "+D"(d), "+S"(from), "+c"(words) :: "memory");
    asm volatile("rep movsb" : "+D"(d), "+S"(from), "+c"(bytes) :: "memory");
    return to;
}

void *memmove(void *to, const void *from, usize n)
{
    const u8 *s = (const u8 *)from + n - 1;
    u8 *d = (u8 *)to + n - 1;

    if ((usize)to - (usize)from >= n)
        return memcpy(to, from, n);
    asm volatile("std\n\trep movsb\n\tcld" : "+D"(d), "+S"(s), "+c"(n) :: "memory");
    return to;
}

void *memset(void *to, int value, usize n)
{
    void *d = to;
    usize words = n / 4, bytes = n % 4;
    u32 pattern = (u8)value * 0x01010101u;

    asm volatile("rep stosl" : "+D"(d), "+c"(words) : "a"(pattern) : "memory");
    asm volatile("rep stosb" : "+D"(d), "+c"(bytes) : "a"(pattern) : "memory");
    return to;
}

int memcmp(const void *a, const void *b, usize n)
{
    const u8 *x = a, *y = b;

    for (; n; n--, x++, y++)
        if (*x != *y)
            return *x - *y;
    return 0;
}
