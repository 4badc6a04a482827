/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a guest test is made of: a boot program in segment 0 (guest_boot.S loads it) that calls the
 * BIOS and writes TAP on the debug port. guest_main() is the test; guest.c has the rest.
 */
#ifndef GUEST_H
#define GUEST_H

#include "types.h"
#include "hw/io.h"

#define FLAG_CF  0x0001
#define FLAG_ZF  0x0040
#define FLAG_DF  0x0400
#define FLAG_IF  0x0200

/* The registers around an INT; guest_boot.S knows the layout. */
struct regs {
    union { u32 eax; u16 ax; struct { u8 al, ah; }; };
    union { u32 ebx; u16 bx; struct { u8 bl, bh; }; };
    union { u32 ecx; u16 cx; struct { u8 cl, ch; }; };
    union { u32 edx; u16 dx; struct { u8 dl, dh; }; };
    union { u32 esi; u16 si; };
    union { u32 edi; u16 di; };
    u32 ebp;
    u16 ds, es, fs, gs;
    u16 flags, pad;      /* in: IF and DF of the caller; out: all */
    u16 sp_before, sp_after;
};

/* INT vector with r's registers. */
void call_bios(u8 vector, struct regs *r);

/* The same on a stack that has only 32 bytes below SP before it is found damaged (see stack_intact). */
void call_bios_small_stack(u8 vector, struct regs *r);
void small_stack_fill(void);
bool stack_intact(void);

/*
 * Far CALL an entry of the BIOS from protected mode: offset in a code segment that starts at base
 * (0: flat). Data segments are flat, for call16 the first 64 KiB. protected.S
 */
void call32(u32 offset, struct regs *r, u32 base);
void call16(u32 offset, struct regs *r, u32 base);

/* INT 15h AH=89h and back; whether protected mode was on in between. protected.S */
bool switch_89(void);

/* What is printed goes to the debug port: text; name and hexadecimal number; TAP. */
void put_text(const char *s);
void put_value(const char *name, u32 v);
void plan_done(void) __attribute__((noreturn));
void check(bool passed, const char *what);
void check_equal(u32 got, u32 wanted, const char *what);
void note(const char *text, u32 value);

/* Far memory below 1 MiB. */
u8 far_read8(u16 segment, u16 offset);
u16 far_read16(u16 segment, u16 offset);
u32 far_read32(u16 segment, u16 offset);
void far_write8(u16 segment, u16 offset, u8 v);
void far_write16(u16 segment, u16 offset, u16 v);
void far_write32(u16 segment, u16 offset, u32 v);

void guest_main(u8 drive);

#endif
