/* SPDX-License-Identifier: BSD-2-Clause */
/* Sums over tables and ROM images. */
#include "lib.h"

/*
 * Sum of the bytes of at most 256 words: `even` adds bytes 0 and 2, each with 16 bits of room; what
 * the sum of whole words has more is bytes 1 and 3, byte 3 modulo 256.
 */
static u32 sum_block(const u32 *p, const u32 *end)
{
    u32 all = 0, even = 0, odd;

    while (p < end) {
        u32 word = *p++;

        all += word;
        even += word & 0x00FF00FF;
    }
    odd = all - even;
    return even + (even >> 16) + (odd >> 8) + (odd >> 24);
}

u8 sum8(const void *data, usize n)
{
    const u8 *p = data;
    u32 sum = 0;

    for (usize words; (words = MIN(n / 4, 256u)) != 0; p += words * 4, n -= words * 4)
        sum += sum_block((const u32 *)p, (const u32 *)p + words);
    while (n--)
        sum += *p++;
    return (u8)sum;
}

u32 sum32(const void *data, usize n)
{
    const u32 *p = data, *end = p + n / 4, *blocks = p + n / 64 * 16;
    u32 sum = 0;

    for (; p < blocks; p += 16) {   /* unrolled: it runs over every payload at each boot */
        sum += p[0] + p[1] + p[2] + p[3] + p[4] + p[5] + p[6] + p[7];
        sum += p[8] + p[9] + p[10] + p[11] + p[12] + p[13] + p[14] + p[15];
    }
    while (p < end)
        sum += *p++;
    return sum;
}
