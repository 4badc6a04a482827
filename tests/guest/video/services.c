/* SPDX-License-Identifier: BSD-2-Clause */
/* Palettes, alternate select, display combination, functionality, save and restore, odd callers. */
#include "video.h"

static u8 buffer[1024];

static void test_palette(void)
{
    struct regs r;

    set_mode(3);
    int10(0x1000, 0x2A05, 0, 0);
    check_equal(int10(0x1007, 0x0005, 0, 0).bh, 0x2A, "1000h, 1007h: palette register");
    int10(0x1001, 0x0300, 0, 0);
    check_equal(int10(0x1008, 0, 0, 0).bh, 3, "1001h, 1008h: border");
    r = (struct regs){ .eax = 0x1009, .edx = (u32)buffer };
    call_bios(0x10, &r);
    check(buffer[5] == 0x2A && buffer[7] == 7 && buffer[16] == 3, "1009h: all palette registers");
    int10(0x1010, 0x0011, 0x1122, 0x3300);
    r = int10(0x1015, 0x0011, 0, 0);
    check(r.dh == 0x33 && r.cx == 0x1122, "1010h, 1015h: DAC register");
    int10(0x1013, 0x0100, 0, 0);
    int10(0x1013, 0x0501, 0, 0);
    r = int10(0x101A, 0, 0, 0);
    check(r.bl == 1 && r.bh == 5, "1013h, 101Ah: colour pages");
    int10(0x101B, 0x0011, 1, 0);
    r = int10(0x1015, 0x0011, 0, 0);
    check(r.dh == r.ch && r.ch == r.cl, "101Bh: gray");
    set_mode(3);
    r = int10(0x1015, 0x0006, 0, 0);
    check(r.dh == 0x2A && r.cx == 0x2A00, "colour 6 of the 64 is dark yellow");
    r = int10(0x1015, 0x0014, 0, 0);
    check(r.dh == 0x2A && r.cx == 0x1500, "and 14h is brown");
}

static void test_select(void)
{
    struct regs r = int10(0x1A00, 0, 0, 0);
    check(r.al == 0x1A && r.bl == 8, "1A00h: VGA with a colour display");
    r = int10(0x1200, 0x0010, 0, 0);
    check(r.bh == 0 && r.bl == 3, "12h 10h: colour, 256 KiB");
    check_equal(int10(0x1201, 0x0030, 0, 0).al, 0x12, "12h 30h");
    set_mode(3);
    check(far_read16(SEG_BDA, 0x85) == 14 && far_read8(SEG_BDA, 0x84) == 24, "350 lines: 14-line characters");
    int10(0x1202, 0x0030, 0, 0);
    set_mode(3);
    check_equal(far_read16(SEG_BDA, 0x85), 16, "400 lines again");
    r = (struct regs){ .eax = 0x1B00, .edi = (u32)buffer };
    call_bios(0x10, &r);
    check(r.al == 0x1B && buffer[4] == 3 && buffer[0x22] == 25 && buffer[0x23] == 16 && buffer[0x25] == 8, "1Bh: state");
    check(buffer[0x27] == 16 && buffer[0x29] == 8 && buffer[0x2A] == 2 && buffer[0x31] == 3, "1Bh: colours, pages, lines, memory");
}

static void test_save(void)
{
    struct regs r = int10(0x1C00, 0, 7, 0);
    check(r.al == 0x1C && r.bx && r.bx * 64 <= (int)sizeof buffer, "1C00h: size");
    set_mode(3);
    int10(0x1010, 0x0007, 0x0102, 0x0300);
    r = (struct regs){ .eax = 0x1C01, .ecx = 7, .ebx = (u32)buffer };
    call_bios(0x10, &r);
    set_mode(0x13);
    r = (struct regs){ .eax = 0x1C02, .ecx = 7, .ebx = (u32)buffer };
    call_bios(0x10, &r);
    r = int10(0x1015, 0x0007, 0, 0);
    check(int10(0x0F00, 0, 0, 0).al == 3 && r.dh == 3 && r.cx == 0x0102, "1C01h, 1C02h: mode 3 back, its colours too");
    outb(0x3CE, 6);
    check_equal(inb(0x3CF) & 0x0F, 0x0E, "and its registers");
}

/* DF set, odd segments, high halves: only documented registers change. */
static void test_caller(void)
{
    struct regs r = {
        .eax = 0xA1A10E41, .ebx = 0xB2B20007, .ecx = 0xC3C3C3C3, .edx = 0xD4D4D4D4, .esi = 0x51515151, .edi = 0xD1D1D1D1,
        .ebp = 0xEBEBEBEB, .ds = 0x1234, .es = 0x2345, .fs = 0x3456, .gs = 0x4567, .flags = FLAG_DF,
    }, was = r;
    set_mode(3);
    call_bios(0x10, &r);
    check(r.eax == was.eax && r.ebx == was.ebx && r.ecx == was.ecx && r.edx == was.edx && r.esi == was.esi && r.edi == was.edi
          && r.ebp == was.ebp && r.ds == was.ds && r.es == was.es && r.fs == was.fs && r.gs == was.gs && r.flags & FLAG_DF,
          "0Eh with DF set and foreign segments keeps every register");
    check_equal(far_read16(SEG_TEXT, 0), 0x0741, "and writes");
}

void test_services(void)
{
    test_palette();
    test_select();
    test_save();
    test_caller();
}
