/* SPDX-License-Identifier: BSD-2-Clause */
/* 08h, 15h, 48h, the fixed disk parameter table and the device parameter table extension. */
#include "disk.h"

static u8 sum(u16 segment, u16 offset, u8 bytes)
{
    u8 total = 0;

    while (bytes--)
        total += far_read8(segment, offset++);
    return total;
}

static void test_48(u8 drive, u16 offered, u16 filled)
{
    static struct { struct edd_params p; u8 guard; } answer;
    struct regs r = { .esi = (u32)&answer };

    for (u16 i = 0; i < sizeof answer; i++)
        ((u8 *)&answer)[i] = 0xE7;
    answer.p.size = offered;
    check(int13(&r, 0x4800, drive), "13h 48h");
    check_equal(answer.p.size, filled, "13h 48h: size");
    check_equal(answer.p.sector_size, 512, "13h 48h: bytes a sector");
    check_equal(answer.p.sectors, 2048, "13h 48h: sectors");
    check_equal(((u8 *)&answer)[filled], 0xE7, "13h 48h: nothing written behind its size");
    if (filled >= EDD_PARAMS_SIZE_2 && answer.p.dpte.segment != 0xFFFF)
        check_equal(sum(answer.p.dpte.segment, answer.p.dpte.offset, 16), 0, "13h 48h: checksum of the DPTE");
    if (filled >= EDD_PARAMS_SIZE_3) {
        check_equal(answer.p.key, EDD_PATH_KEY, "13h 48h: device path");
        check_equal(sum(0, (u16)(u32)&answer.p.key, answer.p.path_length), 0, "13h 48h: checksum of the path");
        check_equal(answer.p.host_bus[0] | answer.p.host_bus[1] << 8, 'P' | 'C' << 8, "13h 48h: PCI");
        check_equal(answer.p.interface[0] == 'A', answer.p.dpte.segment != 0xFFFF, "13h 48h: a DPTE where the interface is ATA, no other");
    }
}

void test_parameters(u8 drive)
{
    struct regs r = { 0 }, t = { 0 };
    u16 table = far_read16(0, 0x41 * 4), segment = far_read16(0, 0x41 * 4 + 2);

    check_equal(drive, 0x80, "the boot disk is 80h");
    check(int13(&r, 0x0800, drive), "13h 08h");
    check_equal(r.dl, far_read8(BDA, 0x75), "13h 08h: drives");
    check(int13(&t, 0x1500, drive), "13h 15h");
    check_equal(t.ah, 3, "13h 15h: fixed disk");
    check_equal((u32)t.cx << 16 | t.dx, (u32)(r.ch + 1) * (r.dh + 1) * (r.cl & 0x3F), "13h 15h: sectors as by 08h");
    check_equal(far_read16(segment, table), r.ch + 1, "INT 41h: cylinders");
    check_equal(far_read8(segment, table + 2), r.dh + 1, "INT 41h: heads");
    check_equal(far_read8(segment, table + 14), r.cl & 0x3F, "INT 41h: sectors");
    check_equal(sum(segment, table, 16), 0, "INT 41h: checksum");
    test_48(drive, EDD_PARAMS_SIZE_1, EDD_PARAMS_SIZE_1);
    test_48(drive, EDD_PARAMS_SIZE_2 + 3, EDD_PARAMS_SIZE_2);
    test_48(drive, EDD_PARAMS_SIZE_3, EDD_PARAMS_SIZE_3);
    test_48(drive, EDD_PARAMS_SIZE_T13, EDD_PARAMS_SIZE_T13);
}
