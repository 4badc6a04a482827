/* SPDX-License-Identifier: BSD-2-Clause */
/* 02h, 03h, 04h by the geometry of 08h, and the calls that move nothing. */
#include "disk.h"

static void chs_of(struct regs *r, u8 drive, u32 lba)
{
    struct regs p = { 0 };
    u32 sectors, heads;

    int13(&p, 0x0800, drive);
    sectors = p.cl & 0x3F;
    heads = p.dh + 1;
    r->cl = lba % sectors + 1;
    r->dh = lba / sectors % heads;
    r->ch = lba / sectors / heads;
}

void test_chs(u8 drive)
{
    static const u8 quiet[] = { 0x00, 0x09, 0x0D, 0x10, 0x11, 0x14 };
    struct regs r = { 0 };

    fill(BUFFER, 0, 1024, 3);
    chs_of(&r, drive, 500);
    r.es = BUFFER;
    check(int13(&r, 0x0302, drive), "13h 03h: write 2 sectors");
    check_equal(r.al, 2, "13h 03h: AL");
    check(edd(0x42, drive, 500, 2, BACK, 0), "13h 42h reads what 03h wrote");
    check(same(BACK, 0, 1024, 3), "13h 42h after 03h: the data");
    far_write8(BACK, 0x100, 0);
    r.es = BACK;
    r.ebx = 0x100;
    check(int13(&r, 0x0202, drive), "13h 02h: read 2 sectors");
    check_equal(r.al, 2, "13h 02h: AL");
    check(same(BACK, 0x100, 1024, 3), "13h 02h: the data");
    check(int13(&r, 0x0402, drive), "13h 04h: verify");
    check(int13(&r, 0x0C01, drive), "13h 0Ch: seek");
    check_equal(far_read8(BDA, 0x74), 0, "40:74 after success");
    for (u8 i = 0; i < sizeof quiet; i++) {
        struct regs q = { 0 };
        check(int13(&q, quiet[i] << 8, drive), "13h 00h 09h 0Dh 10h 11h 14h");
        check_equal(q.ah, 0, "13h 00h 09h 0Dh 10h 11h 14h: AH");
    }
}
