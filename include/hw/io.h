/* SPDX-License-Identifier: BSD-2-Clause */
/* Port I/O. Intel SDM vol. 1, chapter 19 "Input/Output". */
#ifndef HW_IO_H
#define HW_IO_H

#include "types.h"

#define PORT_DEBUG  0xE9   /* of Bochs and QEMU: messages */

static inline u8 inb(u16 port)
{
    u8 v;
    asm volatile("inb %1, %0" : "=a"(v) : "Nd"(port));
    return v;
}

static inline u16 inw(u16 port)
{
    u16 v;
    asm volatile("inw %1, %0" : "=a"(v) : "Nd"(port));
    return v;
}

static inline u32 inl(u16 port)
{
    u32 v;
    asm volatile("inl %1, %0" : "=a"(v) : "Nd"(port));
    return v;
}

static inline void outb(u16 port, u8 v)
{
    asm volatile("outb %0, %1" :: "a"(v), "Nd"(port));
}

static inline void outw(u16 port, u16 v)
{
    asm volatile("outw %0, %1" :: "a"(v), "Nd"(port));
}

static inline void outl(u16 port, u32 v)
{
    asm volatile("outl %0, %1" :: "a"(v), "Nd"(port));
}

/* An access of 1, 2 or 4 bytes, as an instruction of somebody else asks for it. */
static inline u32 port_in(u16 port, u8 bytes)
{
    return bytes == 1 ? inb(port) : bytes == 2 ? inw(port) : inl(port);
}

static inline void port_out(u16 port, u32 v, u8 bytes)
{
    if (bytes == 1)
        outb(port, v);
    else if (bytes == 2)
        outw(port, v);
    else
        outl(port, v);
}

/* Spin-wait hint between two looks at what a device or another processor writes; before the Pentium 4 it is NOP. */
static inline void spin_hint(void)
{
    asm volatile("pause" ::: "memory");
}

/* String I/O between a port and far memory segment:offset; the offset may not wrap. */
static inline void insw(u16 port, u16 segment, u16 offset, u16 words)
{
    u32 di = offset, n = words;
    asm volatile("pushw %%es; movw %w3, %%es; rep insw; popw %%es" : "+D"(di), "+c"(n) : "d"(port), "r"(segment) : "memory");
}

static inline void insl(u16 port, u16 segment, u16 offset, u16 dwords)
{
    u32 di = offset, n = dwords;
    asm volatile("pushw %%es; movw %w3, %%es; rep insl; popw %%es" : "+D"(di), "+c"(n) : "d"(port), "r"(segment) : "memory");
}

static inline void outsw(u16 port, u16 segment, u16 offset, u16 words)
{
    u32 si = offset, n = words;
    asm volatile("pushw %%ds; movw %w3, %%ds; rep outsw; popw %%ds" : "+S"(si), "+c"(n) : "d"(port), "r"(segment) : "memory");
}

static inline void outsl(u16 port, u16 segment, u16 offset, u16 dwords)
{
    u32 si = offset, n = dwords;
    asm volatile("pushw %%ds; movw %w3, %%ds; rep outsl; popw %%ds" : "+S"(si), "+c"(n) : "d"(port), "r"(segment) : "memory");
}

#endif
