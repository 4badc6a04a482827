/* SPDX-License-Identifier: BSD-2-Clause */
/* The integer types, and what every room needs of the compiler. */
#ifndef TYPES_H
#define TYPES_H

typedef unsigned char      u8;
typedef unsigned short     u16;
typedef unsigned int       u32;
typedef unsigned long long u64;
typedef signed char        s8;
typedef signed short       s16;
typedef signed int         s32;
typedef signed long long   s64;
typedef __SIZE_TYPE__      usize;
typedef u64                paddr;   /* physical address */

typedef _Bool bool;
#define true  1
#define false 0
#define NULL  ((void *)0)

#define PACKED         __attribute__((packed))
#define ALIGNED(n)     __attribute__((aligned(n)))
#define SECTION(name)  __attribute__((section(name)))
#define NOINLINE       __attribute__((noinline))
#define INLINE         static inline __attribute__((always_inline))
#define COLD           __attribute__((cold))          /* small, not fast */
#define NORETURN       __attribute__((noreturn))

#define offsetof(type, member)   __builtin_offsetof(type, member)
#define ARRAY_SIZE(a)            (sizeof(a) / sizeof((a)[0]))
#define SIZE_ASSERT(type, bytes) _Static_assert(sizeof(type) == (bytes), #type " has the wrong size")
#define MIN(a, b)                ((a) < (b) ? (a) : (b))
#define MAX(a, b)                ((a) > (b) ? (a) : (b))
#define ALIGN_UP(x, a)           (((x) + (a) - 1) & ~((a) - 1))

/* A real-mode far pointer as it lies in memory. */
struct farptr {
    u16 offset;
    u16 segment;
} PACKED;
SIZE_ASSERT(struct farptr, 4);

#endif
