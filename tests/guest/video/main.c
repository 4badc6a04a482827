/* SPDX-License-Identifier: BSD-2-Clause */
/* The VGA BIOS: modes, text, graphics, palettes, VBE. Runs on any BIOS and card. */
#include "video.h"

struct regs int10(u16 ax, u16 bx, u16 cx, u16 dx)
{
    struct regs r = { .eax = ax, .ebx = bx, .ecx = cx, .edx = dx };

    call_bios(0x10, &r);
    return r;
}

void set_mode(u8 mode)
{
    int10(mode, 0, 0, 0);
}

void guest_main(u8 drive)
{
    test_modes();
    test_text();
    test_graphics();
    test_memory();
    test_stack();
    test_services();
    test_vbe();
    set_mode(3);
    plan_done();
}
