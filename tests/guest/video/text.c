/* SPDX-License-Identifier: BSD-2-Clause */
/* Text: cursor, pages, scrolling, characters, strings, fonts. */
#include "video.h"

static u16 cell(u8 row, u8 column)
{
    return far_read16(SEG_TEXT, (u16)((row * 80 + column) * 2));
}

static void cursor(u8 row, u8 column)
{
    int10(0x0200, 0, 0, (u16)(row << 8 | column));
}

static u16 where(void)
{
    return int10(0x0300, 0, 0, 0).dx;
}

static u16 hardware_cursor(void)
{
    outb(0x3D4, 0x0E);
    u16 at = (u16)(inb(0x3D5) << 8);
    outb(0x3D4, 0x0F);
    return at | inb(0x3D5);
}

static void test_teletype(void)
{
    set_mode(3);
    cursor(24, 78);
    int10(0x0E41, 0, 0, 0);
    check_equal(where(), 0x184F, "0Eh moves the cursor");
    int10(0x0E42, 0, 0, 0);
    check_equal(where(), 0x1800, "0Eh at the end of the screen");
    check(cell(23, 78) == 0x0741 && cell(23, 79) == 0x0742 && cell(24, 0) == 0x0720, "0Eh scrolls");
    int10(0x0E0D, 0, 0, 0);
    int10(0x0E0A, 0, 0, 0);
    check(cell(22, 79) == 0x0742 && where() == 0x1800, "line feed scrolls");
    cursor(5, 0);
    int10(0x0E08, 0, 0, 0);
    check_equal(where(), 0x0500, "backspace stops at the left");
    int10(0x0E09, 0, 0, 0);
    check(cell(5, 0) == 0x0709 && where() == 0x0501, "a tab is a character");
    check_equal(hardware_cursor(), 5 * 80 + 1, "the hardware cursor follows");
}

static void test_scroll(void)
{
    set_mode(3);
    for (u32 i = 0; i < 25; i++)
        far_write16(SEG_TEXT, (u16)(i * 160 + 40), (u16)(0x0741 + i));
    int10(0x0601, 0x1E00, 0x0210, 0x0A20);
    check(cell(1, 20) == 0x0742 && cell(2, 20) == 0x0744 && cell(9, 20) == 0x074B, "06h moves the window up");
    check(cell(10, 16) == 0x1E20 && cell(10, 32) == 0x1E20 && cell(10, 33) == 0x0720, "06h blanks with BH");
    int10(0x0702, 0x2F00, 0x0210, 0x0A20);
    check(cell(4, 20) == 0x0744 && cell(2, 20) == 0x2F20 && cell(11, 20) == 0x074C, "07h moves it down");
    int10(0x0600, 0x0700, 0, 0xFFFF);
    check(cell(0, 0) == 0x0720 && cell(24, 79) == 0x0720 && cell(11, 20) == 0x0720, "06h 00h clears, beyond the screen too");
}

static void test_characters(void)
{
    static const char text[] = "A\x1E" "B\x2E";
    struct regs r;

    set_mode(3);
    cursor(3, 4);
    int10(0x0958, 0x001C, 5, 0);
    check(cell(3, 4) == 0x1C58 && cell(3, 8) == 0x1C58 && cell(3, 9) == 0x0720 && where() == 0x0304, "09h");
    int10(0x0A59, 0, 2, 0);
    check(cell(3, 4) == 0x1C59 && cell(3, 6) == 0x1C58, "0Ah keeps the attribute");
    check_equal(int10(0x0800, 0, 0, 0).ax, 0x1C59, "08h");
    r = (struct regs){ .eax = 0x1303, .ecx = 2, .edx = 0x0A4F, .ebp = (u32)text };
    call_bios(0x10, &r);
    check(cell(10, 79) == 0x1E41 && cell(11, 0) == 0x2E42 && where() == 0x0B01, "13h with attributes");
}

static void test_pages(void)
{
    set_mode(3);
    int10(0x0200, 0x0300, 0, 0x0102);
    int10(0x0503, 0, 0, 0);
    check(far_read16(SEG_BDA, 0x4E) == 0x3000 && hardware_cursor() == 0x1800 + 82, "05h shows page 3 and its cursor");
    int10(0x0E5A, 0, 0, 0);
    check_equal(far_read16(SEG_TEXT, 0x3000 + 164), 0x075A, "0Eh writes on the active page");
    int10(0x0500, 0, 0, 0);
}

static void test_fonts(void)
{
    struct regs r;

    set_mode(3);
    int10(0x1112, 0, 0, 0);
    check(far_read8(SEG_BDA, 0x84) == 49 && far_read16(SEG_BDA, 0x85) == 8, "1112h: 50 rows of 8 lines");
    int10(0x1111, 0, 0, 0);
    check(far_read8(SEG_BDA, 0x84) == 27 && far_read16(SEG_BDA, 0x85) == 14, "1111h: 28 rows of 14 lines");
    set_mode(3);
    r = int10(0x1130, 0x0600, 0, 0);
    check(r.cx == 16 && r.dl == 24, "1130h");
    check(far_read8(r.es, (u16)(r.ebp + 219 * 16 + 7)) == 0xFF && far_read8(r.es, (u16)(r.ebp + 32 * 16 + 7)) == 0, "8x16 font");
    r = int10(0x1130, 0x0300, 0, 0);
    check(far_read32(r.es, (u16)(r.ebp + 219 * 8)) == 0xFFFFFFFF, "8x8 font");
    r = int10(0x1130, 0x0200, 0, 0);
    check(far_read32(r.es, (u16)(r.ebp + 219 * 14 + 4)) == 0xFFFFFFFF, "8x14 font");
}

void test_text(void)
{
    test_teletype();
    test_scroll();
    test_characters();
    test_pages();
    test_fonts();
}
