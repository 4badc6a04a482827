/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * INT 13h 4Dh, from a CD whose image is a 1.44 MB floppy (catalog.t makes it): El Torito 1.0, 2.1 and 4.0.
 * The CD is drive E0h beside the emulated drive 00h.
 */
#include "../guest.h"
#include "spec/edd.h"
#include "spec/eltorito.h"

#define CD             0xE0
#define CATALOG        0x2000       /* segments */
#define SECTOR         0x3000
#define RECORD_LBA     17
#define RECORD_CATALOG 0x47         /* in the boot record: sector of the catalogue */
#define CD_SECTOR      2048

static bool int13(struct regs *r, u16 ax, u8 drive)
{
    r->ax = ax;
    r->dl = drive;
    r->flags = FLAG_IF;
    call_bios(0x13, r);
    return !(r->flags & FLAG_CF);
}

static bool read_cd(u32 lba)
{
    static struct edd_packet packet;
    struct regs r = { .esi = (u32)&packet };

    packet = (struct edd_packet){ .size = EDD_PACKET_SIZE, .count = 1, .buffer = { 0, SECTOR }, .lba = lba };
    return int13(&r, 0x4200, CD);
}

static bool read_catalog(u8 count, u16 first, struct regs *r)
{
    static struct eltorito_catalog_packet packet;

    packet = (struct eltorito_catalog_packet){ .size = sizeof packet, .count = count, .buffer = { 0, CATALOG }, .first = first };
    *r = (struct regs){ .ebx = 0x12345678, .esi = (u32)&packet };
    far_write32(CATALOG, 0, 0);
    return int13(r, 0x4D00, 0);
}

/* Of the validation entry, the first 32 bytes: the sum of its words is 0. */
static u16 sum_of_entry(void)
{
    u16 sum = 0;

    for (u16 at = 0; at < 32; at += 2)
        sum += far_read16(CATALOG, at);
    return sum;
}

static bool same_sector(u16 offset)
{
    for (u16 at = 0; at < CD_SECTOR; at += 4)
        if (far_read32(CATALOG, offset + at) != far_read32(SECTOR, at))
            return false;
    return true;
}

static void test_catalog(u32 lba)
{
    struct regs r;

    check(read_catalog(1, 0, &r) && r.ah == 0, "13h 4Dh: the first sector of the catalogue");
    check_equal(r.ebx, 0x12345678, "13h 4Dh: other registers are kept");
    check(far_read8(CATALOG, 0) == 1 && far_read16(CATALOG, 0x1E) == 0xAA55 && sum_of_entry() == 0, "13h 4Dh: begins with its validation entry");
    check(far_read16(CATALOG, 0x20) == 0x0288, "13h 4Dh: then what was booted, a floppy of 1.44 MB");
    check(read_cd(lba) && same_sector(0), "13h 4Dh: the sector that the boot record names");
    check(read_catalog(2, 0, &r), "13h 4Dh: two sectors");
    check(read_cd(lba + 1) && same_sector(CD_SECTOR), "13h 4Dh: the second behind the first");
    check(read_catalog(1, 1, &r) && same_sector(0), "13h 4Dh: from the second sector on");
    check(!read_catalog(1, 0xFFFF, &r) && r.ah, "13h 4Dh: behind the end of the medium");
    r = (struct regs){ .esi = 0xFFFF };
    check(!int13(&r, 0x4D00, 0) && r.ah == 1, "13h 4Dh: a packet over the end of its segment");
}

void guest_main(u8 drive)
{
    check_equal(drive, 0, "booted as drive 00h");
    check(read_cd(RECORD_LBA), "the boot record");
    test_catalog(far_read32(SECTOR, RECORD_CATALOG));
    plan_done();
}
