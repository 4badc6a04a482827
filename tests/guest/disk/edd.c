/* SPDX-License-Identifier: BSD-2-Clause */
/* 42h, 43h, 44h, 47h: every way a buffer can lie, counts to 127. */
#include "disk.h"

#define LBA  200

static void test_one(u8 drive)
{
    fill(BUFFER, 0, 512 * 3, 1);
    check(edd(0x43, drive, LBA, 3, BUFFER, 0), "13h 43h: write 3 sectors");
    check(edd(0x44, drive, LBA, 3, BUFFER, 0), "13h 44h: verify");
    check(edd(0x42, drive, LBA, 3, BACK, 0), "13h 42h: read 3 sectors");
    check_equal(packet.count, 3, "13h 42h: sectors read");
    check(same(BACK, 0, 512 * 3, 1), "13h 42h: what was written comes back");
    check(edd(0x42, drive, LBA, 3, BACK, 1), "13h 42h: odd buffer");
    check(same(BACK, 1, 512 * 3, 1), "13h 42h: odd buffer: the data");
}

static void test_many(u8 drive)
{
    fill(BUFFER, 0, 65024, 2);
    check(edd(0x43, drive, LBA, 127, BUFFER, 0), "13h 43h: write 127 sectors");
    check(edd(0x42, drive, LBA, 127, BACK, 0), "13h 42h: read 127 sectors");
    check(same(BACK, 0, 65024, 2), "13h 42h: 127 sectors: the data");
    check(edd(0x42, drive, LBA, 127, BACK, 0x8010), "13h 42h: 127 sectors over the end of a segment");
    check(same(BACK, 0x8010, 65024, 2), "13h 42h: over the end of a segment: the data");
    check(edd(0x42, drive, LBA, 127, BACK, 0x8011), "13h 42h: the same, odd");
    check(same(BACK, 0x8011, 65024, 2), "13h 42h: the same, odd: the data");
}

static void test_flat(u8 drive)
{
    struct regs r = { .esi = (u32)&packet };

    far_write8(BACK, 0, 0xEE);
    packet = (struct edd_packet){ .size = EDD_PACKET_SIZE_FLAT, .count = 1, .buffer = { 0xFFFF, 0xFFFF }, .lba = LBA,
                                  .flat = BACK * 16 };
    check(int13(&r, 0x4200, drive), "13h 42h: 64-bit flat address");
    check(same(BACK, 0, 512, 2), "13h 42h: 64-bit flat address: the data");
    packet.flat_high = 1;
    check(!int13(&r, 0x4200, drive), "13h 42h: a flat address above 4 GiB is refused");
}

void test_edd(u8 drive)
{
    struct regs r = { .ebx = 0x55AA };

    check(int13(&r, 0x4100, drive), "13h 41h");
    check_equal(r.bx, 0xAA55, "13h 41h: BX");
    check_equal(r.ah, EDD_VERSION, "13h 41h: version");
    check_equal(r.cx & EDD_FIXED_ACCESS, EDD_FIXED_ACCESS, "13h 41h: packet calls");
    test_one(drive);
    test_many(drive);
    test_flat(drive);
    check(edd(0x47, drive, LBA, 1, 0, 0), "13h 47h: seek");
    check(edd(0x42, drive, LBA, 0, BACK, 0), "13h 42h: no sector");
}
