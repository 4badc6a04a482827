/* SPDX-License-Identifier: BSD-2-Clause */
/* Sums over tables and ROM images. */
#include "lib.h"

u8 sum8(const void *data, usize n)
{
    const u8 *p = data;
    u8 sum = 0;

    while (n--)
        sum += *p++;
    return sum;
}

u32 sum32(const void *data, usize n)
{
    const u32 *p = data, *end = p + n / 4;
    u32 sum = 0;

    for (; end - p >= 8; p += 8)   /* unrolled: it runs over every payload at each boot */
        sum += p[0] + p[1] + p[2] + p[3] + p[4] + p[5] + p[6] + p[7];
    while (p < end)
        sum += *p++;
    return sum;
}
