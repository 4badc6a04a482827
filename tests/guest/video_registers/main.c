/* SPDX-License-Identifier: BSD-2-Clause */
/* Prints every VGA register after each mode set, for comparing VGA BIOSes: tests/guest/video_registers.t. */
#include "../guest.h"
#include "hw/vga.h"

static void put(const char *s)
{
    while (*s)
        outb(0xE9, *s++);
}

static void hex(u8 v)
{
    outb(0xE9, "0123456789abcdef"[v >> 4]);
    outb(0xE9, "0123456789abcdef"[v & 15]);
}

static void indexed(const char *name, u8 mode, u16 port, u8 count)
{
    for (u8 i = 0; i < count; i++) {
        outb(port, i);
        u8 v = inb((u16)(port + 1));
        put("mode ");
        hex(mode);
        put(name);
        hex(i);
        put(" ");
        hex(v);
        put("\n");
    }
}

static void one(u8 mode, const char *name, u8 index, u8 v)
{
    put("mode ");
    hex(mode);
    put(name);
    hex(index);
    put(" ");
    hex(v);
    put("\n");
}

static void dump(u8 mode)
{
    u16 crtc = inb(VGA_MISC_READ) & VGA_MISC_COLOR ? VGA_CRTC_COLOR : VGA_CRTC_MONO;
    u32 sum = 0;

    one(mode, " misc ", 0, inb(VGA_MISC_READ));
    indexed(" seq ", mode, VGA_SEQ, VGA_SEQ_COUNT);
    indexed(" crtc ", mode, crtc, VGA_CRTC_COUNT);
    indexed(" gc ", mode, VGA_GC, VGA_GC_COUNT);
    for (u8 i = 0; i < VGA_ATTR_COUNT; i++) {
        inb((u16)(crtc + 6));
        outb(VGA_ATTR, i);
        one(mode, " attr ", i, inb(VGA_ATTR_READ));
    }
    inb((u16)(crtc + 6));
    outb(VGA_ATTR, ATTR_PALETTE_ON);
    outb(VGA_DAC_READ, 0);
    for (u32 i = 0; i < (mode == 0x13 ? 768 : 192); i++) {
        sum = sum * 31 + inb(VGA_DAC_DATA);
        if (i % 24 == 23)
            one(mode, " dac ", (u8)(i / 24), (u8)(sum ^ sum >> 8 ^ sum >> 16));
    }
    for (u8 i = 0x49; i <= 0x66; i++)
        one(mode, " bda ", i, far_read8(0x40, i));
    for (u8 i = 0x84; i <= 0x8A; i++)
        one(mode, " bda ", i, far_read8(0x40, i));
}

void guest_main(u8 drive)
{
    static const u8 modes[] = { 0, 1, 2, 3, 4, 5, 6, 7, 0x0D, 0x0E, 0x0F, 0x10, 0x11, 0x12, 0x13 };

    for (u32 i = 0; i < sizeof(modes); i++) {
        struct regs r = { .eax = modes[i] };
        call_bios(0x10, &r);
        dump(modes[i]);
    }
    plan_done();
}
