/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Media of every size in every drive. drives.t makes the images: the first sector says how the medium is laid out,
 * and the sectors that are read here bear their own number. Boots from drive 80h, or from a floppy image in RAM.
 */
#include "../guest.h"
#include "spec/edd.h"

#define BUFFER  0x2000          /* segment */
#define MAGIC   0x4F454721      /* "!GEO" */

struct layout {                 /* in the first sector, behind its number and the magic */
    u32 cylinders, heads, sectors;
    u32 last, last_high;        /* number of the last sector; 0 where there is no EDD */
    u32 size_words;             /* of a sector, in 512 bytes */
};

static bool int13(struct regs *r, u16 ax, u8 drive)
{
    r->ax = ax;
    r->dl = drive;
    r->es = BUFFER;
    r->flags = FLAG_IF;
    call_bios(0x13, r);
    return !(r->flags & FLAG_CF);
}

static u32 word(u16 n)
{
    return far_read32(BUFFER, n * 4);
}

static void read_chs(u8 drive, const struct layout *l, u32 c, u32 h, u32 s)
{
    struct regs r = { .ecx = (c & 0xFF) << 8 | (c >> 2 & 0xC0) | s, .edx = h << 8 };
    bool read = int13(&r, 0x0201, drive);

    check(read, "13h 02h: reads");
    if (!read)
        note("code", r.ah);
    check_equal(word(0), (c * l->heads + h) * l->sectors + s - 1, "13h 02h: the sector that was asked for");
}

static void read_edd(u8 drive, u32 lba, u32 high)
{
    static struct edd_packet packet;
    struct regs r = { .esi = (u32)&packet };
    bool read;

    packet.size = EDD_PACKET_SIZE;
    packet.count = 1;
    packet.buffer.segment = BUFFER;
    packet.buffer.offset = 0;
    packet.lba = lba;
    packet.lba_high = high;
    far_write32(BUFFER, 0, 0);
    read = int13(&r, 0x4200, drive);
    check(read, "13h 42h: the last sector reads");
    if (!read)
        note("code", r.ah);
    check_equal(word(0), lba, "13h 42h: it is the last one");
    packet.lba++;
    packet.lba_high += !packet.lba;
    check(!int13(&r, 0x4200, drive), "13h 42h: nothing behind it");
}

static void test_drive(u8 drive)
{
    struct regs r = { .ecx = 1 };
    struct layout l;

    far_write32(BUFFER, 4, 0);
    if (!int13(&r, 0x0201, drive) || word(1) != MAGIC)
        return;
    note("drive", drive);
    l = (struct layout){ word(2), word(3), word(4), word(5), word(6), word(7) };
    r = (struct regs){ 0 };
    check(int13(&r, 0x0800, drive), "13h 08h");
    if (drive & 0x80) {
        check_equal((r.ch | (r.cl & 0xC0) << 2) + 1, l.cylinders, "13h 08h: cylinders");
        check_equal(r.dh + 1, l.heads, "13h 08h: heads");
        check_equal(r.cl & 0x3F, l.sectors, "13h 08h: sectors");
        if (drive == 0x81)
            check_equal(far_read16(far_read16(0, 0x46 * 4 + 2), far_read16(0, 0x46 * 4)), l.cylinders, "INT 46h: cylinders");
    }
    read_chs(drive, &l, 0, l.heads - 1, l.sectors);
    read_chs(drive, &l, 1, 0, 1);
    read_chs(drive, &l, l.cylinders / 2, 0, l.sectors);
    read_chs(drive, &l, l.cylinders - 1, l.heads - 1, l.sectors);
    if (l.last || l.last_high)
        read_edd(drive, l.last, l.last_high);
}

/* Drive 00h is in RAM: a write stays, nothing is behind its end. */
static void test_ram_floppy(void)
{
    struct regs r = { 0 };

    check(int13(&r, 0x0800, 0), "13h 08h: RAM floppy");
    check(r.cx == 0x4F12 && r.dh == 1 && r.bl == 4, "13h 08h: RAM floppy: 80 cylinders, 2 heads, 18 sectors");
    far_write32(BUFFER, 0, MAGIC);
    r = (struct regs){ .ecx = 0x4F12, .edx = 0x100 };
    check(int13(&r, 0x0301, 0), "13h 03h: RAM floppy");
    far_write32(BUFFER, 0, 0);
    check(int13(&r, 0x0201, 0) && word(0) == MAGIC, "13h 02h: RAM floppy: what was written");
    check(!int13(&r, 0x0202, 0), "13h 02h: RAM floppy: behind its end");
    check(int13(&r, 0x0401, 0), "13h 04h: RAM floppy");
    check(int13(&r, 0x0000, 0), "13h 00h: RAM floppy");
    test_drive(0x81);
}

void guest_main(u8 drive)
{
    if (!drive) {
        test_ram_floppy();
        plan_done();
    }
    check_equal(drive, 0x80, "booted from drive 80h");
    test_drive(0x00);
    test_drive(0x01);
    for (u8 d = 0x81; d < 0x86; d++)
        test_drive(d);
    plan_done();
}
