/* SPDX-License-Identifier: BSD-2-Clause */
/* Fixed addresses, vectors, BDA and EBDA. IBM PC AT Technical Reference. */
#include "services.h"

static u32 vector(u8 n)
{
    return far_read32(0, n * 4);
}

void test_data(void)
{
    static const struct { u8 vector; u16 offset; } fixed[] = {
        { 0x02, 0xE2C3 }, { 0x05, 0xFF54 }, { 0x08, 0xFEA5 }, { 0x09, 0xE987 }, { 0x0E, 0xEF57 }, { 0x11, 0xF84D },
        { 0x12, 0xF841 }, { 0x13, 0xE3FE }, { 0x14, 0xE739 }, { 0x15, 0xF859 }, { 0x16, 0xE82E }, { 0x17, 0xEFD2 },
        { 0x19, 0xE6F2 }, { 0x1A, 0xFE6E }, { 0x1D, 0xF0A4 }, { 0x40, 0xEC59 }, { 0x42, 0xF065 },
    };
    bool right = true;

    for (u32 i = 0; i < ARRAY_SIZE(fixed); i++)
        if (vector(fixed[i].vector) != (0xF0000000 | fixed[i].offset)) {
            right = false;
            note("vector", fixed[i].vector);
        }
    check(right, "vectors point to the fixed entries");
    check(vector(0x60) == 0 && vector(0x67) == 0, "vectors 60h-67h are free");
    check_equal(far_read8(F, 0xFFF0), 0xEA, "F000:FFF0 is a far jump");
    check_equal(far_read32(F, 0xFFF1), 0xF000E05B, "to F000:E05B");
    check_equal(far_read8(F, 0xFFFE), 0xFC, "model byte");
    check_equal(far_read8(F, 0xFFF5 + 2), '/', "BIOS date");
    check_equal(far_read8(F, 0xFF53), 0xCF, "F000:FF53 is IRET");
    check_equal(far_read16(F, 0xEFC7 + 3), 18 << 8 | 2, "diskette parameters: 512 bytes, 18 sectors");
    check_equal(far_read16(F, 0xE729 + 14), 0x000C, "baud rate table ends with 9600");
    check_equal(far_read8(F, 0xF0A4), 0x38, "video parameter table");
    check_equal(far_read16(BDA, 0x1A), far_read16(BDA, 0x1C), "keyboard buffer is empty");
    check_equal(far_read16(BDA, 0x80), 0x1E, "keyboard buffer starts at 40:1E");
    check_equal(far_read16(BDA, 0x82), 0x3E, "and ends at 40:3E");
    u16 ebda = far_read16(BDA, 0x0E);
    check(ebda >= 0x9F80 && ebda < 0xA000, "EBDA lies below A0000");
    check_equal(far_read8(ebda, 0) * 64 + ebda, 0xA000, "and ends there");
    u8 before = far_read8(F, 0x2000);
    far_write8(F, 0x2000, (u8)~before);
    check_equal(far_read8(F, 0x2000), before, "the BIOS is read-only");
    before = far_read8(0xC000, 2);
    far_write8(0xC000, 2, (u8)~before);
    check_equal(far_read8(0xC000, 2), before, "the VGA BIOS is read-only");
    before = far_read8(0xCE00, 0);      /* at CA000 QEMU opens RAM for a ROM that its own BIOS ran before */
    far_write8(0xCE00, 0, (u8)~before);
    check_equal(far_read8(0xCE00, 0), before, "and what no ROM takes: room for upper memory blocks");
}
