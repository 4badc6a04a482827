/* SPDX-License-Identifier: BSD-2-Clause */
/* Drive E0h, a CD, where there is one. Its sector 16 is a volume descriptor. */
#include "disk.h"

#define CD  0xE0

void test_cd(void)
{
    static struct edd_params p;
    struct regs r = { .ebx = 0x55AA };

    if (!int13(&r, 0x4100, CD))
        return;
    check(edd(0x42, CD, 16, 1, BACK, 0), "13h 42h: CD");
    check_equal(far_read32(BACK, 1), 0x30304443, "13h 42h: CD: the data");
    check(edd(0x42, CD, 15, 2, BACK, 1), "13h 42h: CD, odd buffer");
    check_equal(far_read32(BACK, 2050), 0x30304443, "13h 42h: CD, odd buffer: the data");
    check(!edd(0x43, CD, 16, 1, BACK, 0) && status == 0x03, "13h 43h: CD is write protected");
    check(!edd(0x42, CD, 1000000, 1, BACK, 0), "13h 42h: CD, behind its end");
    p.size = EDD_PARAMS_SIZE_2;
    r = (struct regs){ .esi = (u32)&p };
    check(int13(&r, 0x4800, CD), "13h 48h: CD");
    check_equal(p.sector_size, 2048, "13h 48h: CD: bytes a sector");
    check(int13(&r, 0x4500, CD) && r.al == 1, "13h 45h: lock");
    check(!int13(&r, 0x4600, CD) && r.ah == 0xB1, "13h 46h: locked");
    check(int13(&r, 0x4501, CD) && !r.al, "13h 45h: unlock");
    check(!int13(&r, 0x4501, CD) && r.ah == 0xB0, "13h 45h: not locked");
    check(int13(&r, 0x4600, CD), "13h 46h: eject");
    check(!edd(0x42, CD, 16, 1, BACK, 0) && status == 0x31, "13h 42h: CD without medium");
}
