/* SPDX-License-Identifier: BSD-2-Clause */
/* VBE: information, modes through the window, line length, display start, palette, protected-mode interface. */
#include "video.h"
#include "spec/vbe.h"

static struct vbe_info info;
static struct vbe_mode_info mode;
static u32 palette[256];

static struct regs vbe(u16 ax, u16 bx, u16 cx, u16 dx, const void *di)
{
    struct regs r = { .eax = ax, .ebx = bx, .ecx = cx, .edx = dx, .edi = (u32)di };

    call_bios(0x10, &r);
    return r;
}

static void bank(u32 at)
{
    vbe(0x4F05, 0, 0, (u16)(at / 1024 / mode.granularity_kb), 0);
}

/* Write the last pixel of the picture through the window, and another at its start; both stay. */
static bool window_right(void)
{
    u32 last = (mode.height - 1) * mode.pitch + mode.pitch - 4, unit = mode.granularity_kb * 1024;

    bank(0);
    far_write32(SEG_VGA, 0, 0x12345678);
    bank(last);
    far_write32(SEG_VGA, (u16)(last % unit), 0x9ABCDEF0);
    bank(0);
    bool right = far_read32(SEG_VGA, 0) == 0x12345678;
    bank(last);
    return right && far_read32(SEG_VGA, (u16)(last % unit)) == 0x9ABCDEF0;
}

#define VECTOR_FREE 0x60                                   /* left to programs */

/* The window function by far call: call_bios reaches it by an INT whose handler is CALL FAR, IRET. */
static void test_window_call(void)
{
    static u8 thunk[6] = { 0x9A, 0, 0, 0, 0, 0xCF };

    vbe(0x4F01, 0, 0x101, 0, &mode);
    *(u16 *)(thunk + 1) = mode.window_function.offset;
    *(u16 *)(thunk + 3) = mode.window_function.segment;
    far_write16(0, VECTOR_FREE * 4, (u16)(u32)thunk);
    far_write16(0, VECTOR_FREE * 4 + 2, 0);
    vbe(0x4F02, 0x101, 0, 0, 0);
    struct regs r = { .ecx = 0x11112222, .edx = 2, .esi = 0x33334444, .edi = 0x55556666 };
    call_bios(VECTOR_FREE, &r);
    check(vbe(0x4F05, 0x0100, 0, 0, 0).dx == 2, "window function by far call: set");
    check(r.ecx == 0x11112222 && r.esi == 0x33334444 && r.edi == 0x55556666 && r.sp_before == r.sp_after, "it keeps the registers");
    vbe(0x4F05, 0, 0, 3, 0);
    r = (struct regs){ .ebx = 0x0100 };
    call_bios(VECTOR_FREE, &r);
    check_equal(r.dx, 3, "window function by far call: get");
}

static bool lengths_right(void)
{
    u16 wide = (u16)(mode.width + 64);
    struct regs r = vbe(0x4F06, 0, wide, 0, 0);
    if (r.ax != VBE_OK || r.cx < wide || r.dx < mode.height)
        return r.ax == VBE_NOT_SUPPORTED && mode.width >= 1280;
    r = vbe(0x4F06, 1, 0, 0, 0);
    bool right = r.cx >= wide;
    r = vbe(0x4F06, 3, 0, 0, 0);
    right = right && r.ax == VBE_OK && r.cx >= wide;
    vbe(0x4F07, 0, 32, 2, 0);
    r = vbe(0x4F07, 1, 0, 0, 0);
    return right && r.cx == 32 && r.dx == 2;
}

static void test_mode(u16 number)
{
    struct regs r = vbe(0x4F01, 0, number, 0, &mode);
    if (r.ax != VBE_OK || mode.bits == 4)
        return;
    bool set = vbe(0x4F02, number, 0, 0, 0).ax == VBE_OK && vbe(0x4F03, 0, 0, 0, 0).bx == number;
    bool clear = far_read32(SEG_VGA, 0) == 0 && far_read32(SEG_VGA, 0xFFFC) == 0;
    bool window = window_right();
    bool lengths = lengths_right();
    if (set && clear && window && lengths)
        return;
    check(false, "VBE mode: set, cleared, window, line length and start");
    note("mode", number);
    note("set", set);
    note("clear", clear);
    note("window", window);
    note("lengths", lengths);
}

static void test_palette(void)
{
    vbe(0x4F02, 0x101, 0, 0, 0);
    palette[0] = 0x00112233;
    struct regs r = vbe(0x4F09, 0, 1, 200, palette);
    palette[0] = 0;
    vbe(0x4F09, 1, 1, 200, palette);
    check(r.ax == VBE_OK && palette[0] == 0x00112233, "4F09h: palette there and back");
}

/* The EDID's sum is 0 where there is one, and 4F15h BL=0 and 1 agree. */
static void test_edid(void)
{
    u8 *edid = (u8 *)palette, sum = 0;
    bool there = vbe(0x4F15, 0, 0, 0, 0).ax == VBE_OK;
    struct regs r = vbe(0x4F15, 1, 0, 0, edid);

    for (u32 i = 0; i < 128; i++)
        sum += edid[i];
    check(there ? r.ax == VBE_OK && sum == 0 && edid[1] == 0xFF : r.ax == VBE_FAILED, "4F15h: EDID or none");
}

/* Mode 1A0h has the size that the EDID's first timing prefers. */
static void test_preferred(void)
{
    const u8 *timing = (const u8 *)palette + 54;
    if (vbe(0x4F15, 1, 0, 0, palette).ax != VBE_OK)
        return;
    u16 width = (u16)(timing[2] | (timing[4] & 0xF0) << 4), height = (u16)(timing[5] | (timing[7] & 0xF0) << 4);
    struct regs r = vbe(0x4F01, 0, 0x1A0, 0, &mode);

    check(r.ax == VBE_OK && mode.bits == 8, "a mode of the monitor's size");
    check_equal(mode.width, width & ~7u, "its width");
    check_equal(mode.height, height, "its height");
}

static void test_clock(void)
{
    struct regs r = { .eax = 0x4F0B, .ecx = 65000000, .edx = 0x101 };
    call_bios(0x10, &r);
    check(r.ax == VBE_OK && r.ecx == 65000000, "4F0Bh: a pixel clock that can be had");
    r = (struct regs){ .eax = 0x4F0B, .ecx = 0xFFFFFFFF, .edx = 0x101 };
    call_bios(0x10, &r);
    check_equal(r.ecx, mode.max_pixel_clock, "and the highest");
    check_equal(vbe(0x4F0B, 0, 0, 0x1FF, 0).ax, VBE_FAILED, "not in a mode that is none");
}

static u8 pm_code[2048];

/*
 * 32-bit code that runs from a copy: bank, start and palette. call32 comes back by RETF, the code
 * by RET, so a far entry in front of it calls it.
 */
static void pm_call(u16 entry, struct regs *r)
{
    u8 *thunk = pm_code + sizeof pm_code - 8;
    u32 distance = (u32)pm_code + far_read16(0, (u16)(u32)(pm_code + entry)) - ((u32)thunk + 5);

    thunk[0] = 0xE8;
    *(u32 *)(thunk + 1) = distance;
    thunk[5] = 0xCB;
    call32((u32)thunk, r, 0);
}

static void test_protected(void)
{
    struct regs r = vbe(0x4F0A, 0, 0, 0, 0);

    check(r.ax == VBE_OK && r.cx && r.cx < sizeof pm_code - 8, "4F0Ah: protected-mode interface");
    for (u32 i = 0; i < r.cx; i++)
        pm_code[i] = far_read8(r.es, (u16)(r.edi + i));
    vbe(0x4F02, 0x101, 0, 0, 0);
    r = (struct regs){ .eax = 0x4F05, .edx = 3 };
    pm_call(0, &r);
    check(r.ax == VBE_OK && vbe(0x4F05, 0x0100, 0, 0, 0).dx == 3, "its window");
    r = (struct regs){ .eax = 0x4F07, .ecx = (5 * 640 + 8) / 4 };
    pm_call(2, &r);
    r = vbe(0x4F07, 1, 0, 0, 0);
    check(r.cx == 8 && r.dx == 5, "its display start");
    palette[0] = 0x00040506;
    r = (struct regs){ .eax = 0x4F09, .ecx = 1, .edx = 77, .edi = (u32)palette };
    pm_call(4, &r);
    palette[0] = 0;
    vbe(0x4F09, 1, 1, 77, palette);
    check_equal(palette[0], 0x00040506, "its palette");
}

void test_vbe(void)
{
    info.signature = VBE_SIGNATURE_2;
    struct regs r = vbe(0x4F00, 0, 0, 0, &info);
    u32 count = 0;

    check(r.ax == VBE_OK && info.signature == VBE_SIGNATURE && info.version >= 0x0200, "4F00h");
    for (u16 at = info.modes.offset; far_read16(info.modes.segment, at) != 0xFFFF && count < 200; at += 2, count++)
        test_mode(far_read16(info.modes.segment, at));
    check(count > 15, "modes in the list, each set and written");
    note("modes", count);
    test_window_call();
    test_palette();
    test_edid();
    test_preferred();
    vbe(0x4F01, 0, 0x101, 0, &mode);
    test_clock();
    test_protected();
    set_mode(3);
    check_equal(far_read16(SEG_TEXT, 0), 0x0720, "text again");
}
