/* SPDX-License-Identifier: BSD-2-Clause */
/* TAP on the debug port, far memory, the small stack. */
#include "guest.h"

#define PORT_EXIT   0xF4     /* QEMU isa-debug-exit */
#define PORT_BOCHS  0x8900   /* Bochs: the word ends it */
#define STACK_FILL  0xA5

extern u8 small_stack[64];

static u32 tests;

static void put_to(u16 port, const char *s)
{
    while (*s)
        outb(port, *s++);
}

void put_text(const char *s)
{
    put_to(PORT_DEBUG, s);
}

static void put_number(u32 n, u32 base)
{
    char digits[11];
    int i = 10;

    digits[i] = 0;
    do
        digits[--i] = "0123456789abcdef"[n % base];
    while (n /= base);
    put_text(digits + i);
}

void put_value(const char *name, u32 v)
{
    put_text(name);
    put_number(v, 16);
}

void check(bool passed, const char *what)
{
    put_text(passed ? "ok " : "not ok ");
    put_number(++tests, 10);
    put_text(" - ");
    put_text(what);
    put_text("\n");
}

void check_equal(u32 got, u32 wanted, const char *what)
{
    check(got == wanted, what);
    if (got == wanted)
        return;
    put_text("# got ");
    put_number(got, 16);
    put_text("h, wanted ");
    put_number(wanted, 16);
    put_text("h\n");
}

void note(const char *what, u32 n)
{
    put_text("# ");
    put_text(what);
    put_text(" ");
    put_number(n, 10);
    put_text("\n");
}

void plan_done(void)
{
    put_text("1..");
    put_number(tests, 10);
    put_text("\n");
    outb(PORT_EXIT, 0);
    put_to(PORT_BOCHS, "Shutdown");
    for (;;)
        asm volatile("cli; hlt");
}

static void fs(u16 segment)
{
    asm volatile("movw %0, %%fs" :: "r"(segment) : "memory");
}

u8 far_read8(u16 segment, u16 offset)
{
    fs(segment);
    return *(volatile u8 __seg_fs *)(u32)offset;
}

u16 far_read16(u16 segment, u16 offset)
{
    fs(segment);
    return *(volatile u16 __seg_fs *)(u32)offset;
}

u32 far_read32(u16 segment, u16 offset)
{
    fs(segment);
    return *(volatile u32 __seg_fs *)(u32)offset;
}

void far_write8(u16 segment, u16 offset, u8 v)
{
    fs(segment);
    *(volatile u8 __seg_fs *)(u32)offset = v;
}

void far_write16(u16 segment, u16 offset, u16 v)
{
    fs(segment);
    *(volatile u16 __seg_fs *)(u32)offset = v;
}

void far_write32(u16 segment, u16 offset, u32 v)
{
    fs(segment);
    *(volatile u32 __seg_fs *)(u32)offset = v;
}

void small_stack_fill(void)
{
    for (u32 i = 0; i < sizeof(small_stack); i++)
        small_stack[i] = STACK_FILL;
}

bool stack_intact(void)
{
    for (u32 i = 0; i < sizeof(small_stack) / 2; i++)
        if (small_stack[i] != STACK_FILL)
            return false;
    return true;
}
