/* SPDX-License-Identifier: BSD-2-Clause */
/* What INT 13h refuses, with which code, and that it then leaves memory alone. */
#include "disk.h"

#define EINVALID  0x01

static void refused(struct regs *r, u16 ax, u8 drive, const char *what)
{
    check(!int13(r, ax, drive), what);
    check_equal(r->ah, EINVALID, what);
}

static void test_untouched(u8 drive)
{
    static const u8 unknown[] = { 0x06, 0x07, 0x0A, 0x1F, 0x40, 0x4F, 0x60, 0xFF };
    u32 vector10 = far_read32(0, 0x40);

    fill(BACK, 0, 256, 9);
    for (u8 i = 0; i < sizeof unknown; i++) {
        struct regs r = { .ds = BACK, .es = BACK };
        refused(&r, unknown[i] << 8 | 1, drive, "13h: a function that nobody serves");
    }
    check(same(BACK, 0, 256, 9), "13h: unserved functions write nothing at DS:SI or ES:BX");
    check_equal(far_read32(0, 0x40), vector10, "13h: unserved functions leave the vectors alone");
}

void test_errors(u8 drive)
{
    struct regs r = { .ecx = 1, .es = BACK };

    refused(&r, 0x0200, drive, "13h 02h: no sector");
    r.ecx = 0;
    refused(&r, 0x0201, drive, "13h 02h: sector 0");
    r.ecx = 0xFFFF;
    refused(&r, 0x0201, drive, "13h 02h: cylinder out of range");
    check_equal(far_read8(BDA, 0x74), EINVALID, "40:74 after an error");
    check(!int13(&r, 0x0100, drive) && r.ah == EINVALID, "13h 01h: status of the last call");
    r = (struct regs){ .ecx = 1, .es = BACK };
    refused(&r, 0x0201, 0x9F, "13h 02h: no such drive");
    r = (struct regs){ 0 };
    check(int13(&r, 0x1500, 0x9F) && !r.ah, "13h 15h: no such drive is type 0, no error");
    check(!edd(0x42, drive, 0x7FFFFFFF, 1, BACK, 0) && status == EINVALID, "13h 42h: sector out of range");
    check_equal(packet.count, 0, "13h 42h: out of range: none read");
    check(!edd(0x42, drive, 2047, 2, BACK, 0), "13h 42h: over the end of the disk");
    r = (struct regs){ .esi = (u32)&packet };
    packet.size = 8;
    refused(&r, 0x4200, drive, "13h 42h: packet too short");
    r = (struct regs){ .esi = (u32)&packet };
    refused(&r, 0x4B01, drive, "13h 4B01h: not booted from CD");
    r = (struct regs){ .esi = (u32)&packet };
    refused(&r, 0x4D00, drive, "13h 4Dh: not booted from CD");
    r = (struct regs){ .ebx = 0x1234 };
    refused(&r, 0x4100, drive, "13h 41h: without its signature");
    check(edd(0x42, drive, 0, 1, BACK, 0), "13h 42h: works after all that");
    test_untouched(drive);
}
