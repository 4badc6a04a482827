/* SPDX-License-Identifier: BSD-2-Clause */
/* Freestanding C that the 32-bit and 64-bit rooms share: memory, strings, numbers, print, checksums. */
#ifndef LIB_H
#define LIB_H

#include "types.h"
#include <stdarg.h>

/* ISO C 7.24; gcc emits calls to the first four. */
void *memcpy(void *to, const void *from, usize n);
void *memmove(void *to, const void *from, usize n);
void *memset(void *to, int value, usize n);
int memcmp(const void *a, const void *b, usize n);
usize strlen(const char *s);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, usize n);
char *strchr(const char *s, int c);

/* True if `s` begins with `prefix`. */
bool starts_with(const char *s, const char *prefix);

/* Read a number in `base` (10 or 16) at *s and move *s behind its last digit; 0 where there is none. */
u32 parse_number(const char **s, u32 base);

/* Sum of n bytes modulo 256: 0 for a table or an option ROM that is whole. */
u8 sum8(const void *data, usize n);

/* The byte that makes sum8 over the table 0, given the table with this byte as 0. */
static inline u8 checksum8(const void *data, usize n)
{
    return (u8)-sum8(data, n);
}

/* Sum of the little-endian 32-bit words; n is a multiple of 4. */
u32 sum32(const void *data, usize n);

/* Where print() goes: each room that prints defines it. */
void print_char(char c);

/* Set where nobody listens: print() then formats nothing. */
extern bool print_silent;

/*
 * %s string, %c character, %d and %u decimal, %x hexadecimal, %% percent; `ll` for 64-bit
 * values; a width, with a leading 0 or - as printf has them.
 */
void print(const char *format, ...) __attribute__((format(printf, 1, 2)));
void vprint(const char *format, va_list args);

#endif
