/* SPDX-License-Identifier: BSD-2-Clause */
/* Every standard mode: what the BIOS data area and the registers say, and what memory holds. */
#include "video.h"
#include "hw/vga.h"

static const struct { u8 mode, columns, rows, height; u16 crtc, cell, segment; } modes[] = {
    { 0x00, 40, 25, 16, 0x3D4, 0x0720, 0xB800 }, { 0x01, 40, 25, 16, 0x3D4, 0x0720, 0xB800 },
    { 0x02, 80, 25, 16, 0x3D4, 0x0720, 0xB800 }, { 0x03, 80, 25, 16, 0x3D4, 0x0720, 0xB800 },
    { 0x04, 40, 25, 8, 0x3D4, 0, 0xB800 }, { 0x05, 40, 25, 8, 0x3D4, 0, 0xB800 }, { 0x06, 80, 25, 8, 0x3D4, 0, 0xB800 },
    { 0x07, 80, 25, 16, 0x3B4, 0x0720, 0xB000 },
    { 0x0D, 40, 25, 8, 0x3D4, 0, 0xA000 }, { 0x0E, 80, 25, 8, 0x3D4, 0, 0xA000 }, { 0x0F, 80, 25, 14, 0x3B4, 0, 0xA000 },
    { 0x10, 80, 25, 14, 0x3D4, 0, 0xA000 }, { 0x11, 80, 30, 16, 0x3D4, 0, 0xA000 }, { 0x12, 80, 30, 16, 0x3D4, 0, 0xA000 },
    { 0x13, 40, 25, 8, 0x3D4, 0, 0xA000 },
};

static u8 crtc(u16 port, u8 index)
{
    outb(port, index);
    return inb((u16)(port + 1));
}

static bool mode_right(u32 i)
{
    struct regs r = int10(0x0F00, 0, 0, 0);
    u16 port = modes[i].crtc, end = modes[i].segment == 0xB800 ? 0x3FF0 : 0x7FF0;
    bool text = modes[i].cell;

    return r.al == modes[i].mode && r.ah == modes[i].columns && r.bh == 0
        && far_read16(SEG_BDA, 0x4A) == modes[i].columns && far_read8(SEG_BDA, 0x84) == modes[i].rows - 1
        && far_read16(SEG_BDA, 0x85) == modes[i].height && far_read16(SEG_BDA, 0x63) == port
        && !!(inb(VGA_MISC_READ) & VGA_MISC_COLOR) == (port == 0x3D4)
        && crtc(port, CRTC_HDISPLAY) == (modes[i].columns == 80 || modes[i].mode == 0x13 ? 79 : 39)
        && (crtc(port, CRTC_MAX_SCAN) & 0x1F) == (text ? 15 : modes[i].mode == 0x13 || modes[i].segment == 0xB800 ? 1 : 0)
        && far_read16(modes[i].segment, 0) == modes[i].cell && far_read16(modes[i].segment, end) == modes[i].cell;
}

/* A mode set by a caller whose data and stack are far from segment 0, as PC-MOS does. */
static void set_mode_elsewhere(u16 mode, u16 segment)
{
    u32 sp, ss;

    asm volatile("movl %%esp, %0; movw %%ss, %w1; movw %w3, %%ss; movl $0x8000, %%esp; pushw %%ds; movw %w3, %%ds;"
                 "int $0x10; popw %%ds; movw %w1, %%ss; movl %0, %%esp"
                 : "=&S"(sp), "=&D"(ss), "+a"(mode) : "b"(segment) : "memory", "cc");
}

#define SEG_ELSEWHERE  0x4000
#define LOW_END        0x500        /* vectors and BIOS data */

static u32 strayed(void)
{
    u32 count = 0;

    for (u16 at = 0; at < LOW_END; at += 4)
        count += far_read32(SEG_ELSEWHERE, at) != 0x5A5A5A5A;
    return count;
}

static void test_data_segment(void)
{
    for (u16 at = 0; at < LOW_END; at += 4)
        far_write32(SEG_ELSEWHERE, at, 0x5A5A5A5A);
    for (u32 i = 0; i < ARRAY_SIZE(modes); i++)
        set_mode_elsewhere(modes[i].mode, SEG_ELSEWHERE);
    check_equal(strayed(), 0, "mode set: what belongs in segment 0 does not go to the caller's");
    set_mode_elsewhere(3, SEG_ELSEWHERE);
    check_equal(far_read16(0, 0x43 * 4 + 2), 0xC000, "mode set: vector 43h is the font in ROM");
}

/* From every mode to every other: mono to colour ones too. */
void test_modes(void)
{
    for (u32 i = 0; i < ARRAY_SIZE(modes); i++) {
        u32 wrong = 0;
        for (u32 from = 0; from < ARRAY_SIZE(modes); from++) {
            set_mode(modes[from].mode);
            far_write16(modes[from].segment, 0, 0x5555);
            set_mode(modes[i].mode);
            wrong += !mode_right(i);
        }
        check_equal(wrong, 0, "mode set from every other mode");
        if (wrong)
            note("mode", modes[i].mode);
    }
    set_mode(3);
    far_write16(SEG_TEXT, 100, 0x1F41);
    int10(0x0083, 0, 0, 0);
    check_equal(far_read16(SEG_TEXT, 100), 0x1F41, "00h with bit 7: memory is kept");
    check(far_read8(SEG_BDA, 0x87) & 0x80, "and 40:87 tells");
    test_data_segment();
}
