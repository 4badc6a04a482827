/* SPDX-License-Identifier: BSD-2-Clause */
/* Drive A, a 1.44 MB floppy, where there is one. */
#include "disk.h"

static u8 list[18 * 4];
static volatile u8 calls_40;
static volatile u32 before_40;
extern const u8 count_40[];

asm(".section .text.handlers, \"ax\"\n"
    "count_40: incb %cs:calls_40\n ljmpw *%cs:before_40\n"
    ".text\n");

static void test_format(void)
{
    struct regs r = { .ecx = 0x4F12 };

    check(int13(&r, 0x1800, 0), "13h 18h: 80 cylinders of 18 sectors");
    check(r.es == 0xF000 && far_read8(r.es, r.di + 4) == 18, "13h 18h: the parameter table");
    for (u8 i = 0; i < 18; i++) {
        list[i * 4] = 70;
        list[i * 4 + 1] = 0;
        list[i * 4 + 2] = i + 1;
        list[i * 4 + 3] = 2;
    }
    r = (struct regs){ .ebx = (u32)list, .ecx = 0x4601 };
    check(int13(&r, 0x0512, 0), "13h 05h: format a track");
    r = (struct regs){ .ecx = 0x4601, .es = BACK };
    check(int13(&r, 0x0201, 0), "13h 02h: a formatted track reads");
    r = (struct regs){ .ecx = 0x1301 };
    check(!int13(&r, 0x1800, 0) && r.ah == 0x0C, "13h 18h: a format that the drive does not have");
}

/* The ways to and from the service that only vectors show. */
static void test_vectors(void)
{
    struct regs r = { .ecx = 1, .es = BACK };
    bool read;

    before_40 = far_read32(0, 0x40 * 4);
    far_write32(0, 0x40 * 4, (u32)count_40);
    read = int13(&r, 0x0201, 0);
    far_write32(0, 0x40 * 4, before_40);
    check(read && calls_40 == 1, "13h 02h: floppy, through a program that has INT 40h");
    far_write8(BDA, 0x3E, far_read8(BDA, 0x3E) & 0x7F);
    r = (struct regs){ .eax = 0x12345678, .ds = 0x1234, .flags = FLAG_IF };
    call_bios(0x0E, &r);
    check(far_read8(BDA, 0x3E) & 0x80 && r.eax == 0x12345678 && r.ds == 0x1234, "IRQ6 sets 40:3E bit 7 and no register");
}

void test_floppy(void)
{
    struct regs r = { 0 };

    if (!(far_read16(BDA, 0x10) & 1))
        return;
    check(int13(&r, 0x0800, 0), "13h 08h: floppy");
    check_equal(r.bl, 4, "13h 08h: 1.44 MB");
    check_equal(r.cx, 0x4F12, "13h 08h: last cylinder and sector");
    check_equal(r.dx, 0x0101, "13h 08h: last head, drives");
    check(int13(&r, 0x1500, 0) && r.ah == 2, "13h 15h: floppy with change line");
    fill(BUFFER, 0, 512 * 4, 5);
    r = (struct regs){ .ecx = 0x4611, .es = BUFFER };
    check(int13(&r, 0x0304, 0), "13h 03h: floppy, over the end of head 0");
    check_equal(r.al, 4, "13h 03h: floppy: AL");
    r = (struct regs){ .ecx = 0x4611, .es = BACK };
    check(int13(&r, 0x0204, 0), "13h 02h: floppy");
    check(same(BACK, 0, 512 * 4, 5), "13h 02h: floppy: the data");
    check(int13(&r, 0x0401, 0), "13h 04h: floppy");
    check(int13(&r, 0x1600, 0), "13h 16h: floppy not changed");
    r = (struct regs){ .ecx = 1, .es = 0x2FF0 };
    check(!int13(&r, 0x0201, 0) && r.ah == 0x09, "13h 02h: floppy DMA over 64 KiB");
    check(!int13(&r, 0x4100, 0), "13h 41h: floppy");
    check(int13(&r, 0x0000, 0), "13h 00h: floppy");
    test_vectors();
    test_format();
}
