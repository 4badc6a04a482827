/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * 16-bit C (gcc -m16): the caller's registers, constants in the ROM, far memory.
 * In every 16-bit room DS = SS = ES is the segment of plain C objects, GS = CS is the ROM,
 * and FS is free for far memory.
 */
#ifndef M16_H
#define M16_H

#include "types.h"
#include "m16/frame.h"

/* ---- the caller's registers -------------------------------------------------------- */

#define REG8_16_32(e, x, h, l) union { u32 e; u16 x; struct { u8 l, h; }; }

/* Built by `service` in entry.S; what a handler changes, the caller sees. */
struct regs16 {
    u16 gs, fs, es, ds;
    union { u32 edi; u16 di; };
    union { u32 esi; u16 si; };
    union { u32 ebp; u16 bp; };
    u32 pushal_esp;      /* PUSHAL fills it, POPAL skips it */
    REG8_16_32(ebx, bx, bh, bl);
    REG8_16_32(edx, dx, dh, dl);
    REG8_16_32(ecx, cx, ch, cl);
    REG8_16_32(eax, ax, ah, al);
    u16 ip, cs;          /* return address: changes here have no effect */
    u16 flags, pad;
    u32 esp;             /* the caller's stack */
    u16 ss, pad2;
};
SIZE_ASSERT(struct regs16, FRAME_SIZE);
_Static_assert(offsetof(struct regs16, ds) == FRAME_DS, "frame.h");
_Static_assert(offsetof(struct regs16, ebx) == FRAME_EBX, "frame.h");
_Static_assert(offsetof(struct regs16, eax) == FRAME_EAX, "frame.h");
_Static_assert(offsetof(struct regs16, flags) == FRAME_FLAGS, "frame.h");
_Static_assert(offsetof(struct regs16, esp) == FRAME_ESP, "frame.h");
_Static_assert(offsetof(struct regs16, ss) == FRAME_SS, "frame.h");

#define FLAG_CF  0x0001
#define FLAG_ZF  0x0040
#define FLAG_IF  0x0200

/* ---- constants and far memory -------------------------------------------------------- */

#define ROM      static const __seg_gs SECTION(".romdata")
#define ROM_EXT  const __seg_gs SECTION(".romdata")        /* for a constant other files see */
#define ROMSTR(text) __extension__ ({ ROM char s_[] = text; s_; })

typedef const char __seg_gs *romstr;

/* Select the segment that __seg_fs pointers mean. Any function called may change it. */
static inline void fs_load(u16 segment)
{
    asm volatile("movw %w0, %%fs" :: "r"(segment) : "memory");
}

static inline struct farptr far_make(u16 segment, u16 offset)
{
    return (struct farptr){ offset, segment };
}

#endif
