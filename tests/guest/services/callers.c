/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Services called with everything odd: full 32-bit registers, foreign segments, DF set, interrupts
 * on and off, and 32 bytes of stack. What a service does not document, it must not change.
 */
#include "services.h"

#define OUT_EAX  1
#define OUT_EBX  2
#define OUT_ECX  4
#define OUT_EDX  8
#define OUT_ES   16
#define OUT_EDI  32

static const struct {
    const char *name;
    u8 vector;
    u16 ax, bx, cx, dx;
    u8 changes;          /* OUT_...: low halves it may change */
} calls[] = {
    { "INT 08h", 0x08, 0x1111, 0x2222, 0x3333, 0x4444, 0 },
    { "INT 11h", 0x11, 0x1111, 0x2222, 0x3333, 0x4444, OUT_EAX },
    { "INT 12h", 0x12, 0x1111, 0x2222, 0x3333, 0x4444, OUT_EAX },
    { "INT 13h AH=01h", 0x13, 0x0100, 0x2222, 0x3333, 0x0080, OUT_EAX },
    { "INT 13h AH=08h", 0x13, 0x0800, 0x2222, 0x3333, 0x0080, OUT_EAX | OUT_EBX | OUT_ECX | OUT_EDX },
    { "INT 14h AH=03h", 0x14, 0x0300, 0x2222, 0x3333, 0x0000, OUT_EAX },
    { "INT 15h AH=4Fh", 0x15, 0x4F1E, 0x2222, 0x3333, 0x4444, 0 },
    { "INT 15h AX=5300h", 0x15, 0x5300, 0x0000, 0x3333, 0x4444, OUT_EAX | OUT_EBX | OUT_ECX },
    { "INT 15h AH=86h", 0x15, 0x8600, 0x2222, 0x0000, 0x0100, OUT_EAX },
    { "INT 15h AH=88h", 0x15, 0x8800, 0x2222, 0x3333, 0x4444, OUT_EAX },
    { "INT 15h AH=C0h", 0x15, 0xC000, 0x2222, 0x3333, 0x4444, OUT_EAX | OUT_EBX | OUT_ES },
    { "INT 15h AX=E801h", 0x15, 0xE801, 0x2222, 0x3333, 0x4444, OUT_EAX | OUT_EBX | OUT_ECX | OUT_EDX },
    { "INT 15h AH=77h", 0x15, 0x7700, 0x2222, 0x3333, 0x4444, OUT_EAX },
    { "INT 16h AH=01h", 0x16, 0x0100, 0x2222, 0x3333, 0x4444, OUT_EAX },
    { "INT 16h AH=02h", 0x16, 0x0200, 0x2222, 0x3333, 0x4444, OUT_EAX },
    { "INT 16h AH=12h", 0x16, 0x1200, 0x2222, 0x3333, 0x4444, OUT_EAX },
    { "INT 17h AH=02h", 0x17, 0x0200, 0x2222, 0x3333, 0x0000, OUT_EAX },
    { "INT 1Ah AH=00h", 0x1A, 0x0000, 0x2222, 0x3333, 0x4444, OUT_EAX | OUT_ECX | OUT_EDX },
    { "INT 1Ah AH=02h", 0x1A, 0x0200, 0x2222, 0x3333, 0x4444, OUT_EAX | OUT_ECX | OUT_EDX },
    { "INT 1Ah AH=04h", 0x1A, 0x0400, 0x2222, 0x3333, 0x4444, OUT_EAX | OUT_ECX | OUT_EDX },
};

static bool preserved(u32 before, u32 after, bool low_may_change)
{
    return low_may_change ? before >> 16 == after >> 16 : before == after;
}

static bool one_call(u32 i, u16 flags)
{
    u8 out = calls[i].changes;
    struct regs r = {
        .eax = 0xA1A10000 | calls[i].ax, .ebx = 0xB2B20000 | calls[i].bx, .ecx = 0xC3C30000 | calls[i].cx,
        .edx = 0xD4D40000 | calls[i].dx, .esi = 0x51515151, .edi = 0xD1D1D1D1, .ebp = 0xEBEBEBEB,
        .ds = 0x1234, .es = 0x2345, .fs = 0x3456, .gs = 0x4567, .flags = flags,
    }, was = r;

    small_stack_fill();
    if (flags & FLAG_IF)
        call_bios(calls[i].vector, &r);           /* interrupts need stack of their own */
    else
        call_bios_small_stack(calls[i].vector, &r);
    return preserved(was.eax, r.eax, out & OUT_EAX) && preserved(was.ebx, r.ebx, out & OUT_EBX)
        && preserved(was.ecx, r.ecx, out & OUT_ECX) && preserved(was.edx, r.edx, out & OUT_EDX)
        && was.esi == r.esi && preserved(was.edi, r.edi, out & OUT_EDX) && was.ebp == r.ebp && was.ds == r.ds
        && (was.es == r.es || out & (OUT_ES | OUT_EDX)) && was.fs == r.fs && was.gs == r.gs
        && !((was.flags ^ r.flags) & (FLAG_IF | FLAG_DF)) && r.sp_before == r.sp_after && stack_intact();
}

void test_callers(void)
{
    static const u16 flags[] = { 0, FLAG_IF, FLAG_DF, FLAG_IF | FLAG_DF };

    for (u32 i = 0; i < ARRAY_SIZE(calls); i++) {
        bool passed = true;
        for (u32 f = 0; f < ARRAY_SIZE(flags); f++)
            if (!one_call(i, flags[f])) {
                passed = false;
                note("with flags", flags[f]);
            }
        check(passed, calls[i].name);
    }
}
