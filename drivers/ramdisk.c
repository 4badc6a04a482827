/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * RAM disk: a disk image that the loader left in memory above 1 MiB (handoff.ramdisk_*). Its data move by
 * INT 15h AH=87h, the one service that reaches there; under a foreign VM86 monitor that is the monitor's.
 */
#include "disk.h"

#define CODE_ACCESS  0x93                /* of a data descriptor: present, writable */
#define GDT_SOURCE   2
#define GDT_TARGET   3
#define FLOPPY_SECTORS_MAX  5760         /* 2.88 MB */

/* INT 15h AH=87h: six descriptors at ES:SI; the BIOS fills 0, 1, 4 and 5. */
struct descriptor {
    u16 limit, base_low;
    u8  base_mid, access;
    u8  flags, base_high;
};

static void describe(struct descriptor *d, u32 base)
{
    *d = (struct descriptor){ 0xFFFF, base, base >> 16, CODE_ACCESS, 0, base >> 24 };
}

static u8 ramdisk_transfer(drive_t d, struct transfer *t)
{
    struct descriptor gdt[6] = { 0 };
    struct regs16 r = { .ah = 0x87, .cx = t->count * (512 / 2), .es = data_segment(), .si = (u16)(u32)gdt };
    u32 image = HANDOFF->ramdisk_base + (t->lba << 9);
    bool write = t->operation == DISK_WRITE;

    t->done = t->count;
    if (t->operation == DISK_VERIFY)
        return DISK_OK;
    describe(&gdt[GDT_SOURCE], write ? t->address : image);
    describe(&gdt[GDT_TARGET], write ? image : t->address);
    call_int(0x15, &r);
    if (!(r.flags & FLAG_CF))
        return DISK_OK;
    t->done = 0;
    return DISK_ECONTROLLER;
}

static u8 ramdisk_ready(drive_t d)
{
    return DISK_OK;
}

ROM_EXT struct disk_ops ramdisk_ops = { ramdisk_transfer, ramdisk_ready, ramdisk_ready, NULL };

POSTVAR struct drive ram_floppy;

/* Its size tells a floppy's image: 40 tracks of 8 or 9 sectors on one or two sides, 80 tracks of 8 to 36 on two. */
static bool floppy_geometry(u16 sectors, struct chs *g)
{
    u8 tracks = sectors <= 360 ? 40 : sectors <= 720 ? 80 : 160;

    g->heads = tracks > 40 ? 2 : 1;
    g->cylinders = tracks / g->heads;
    g->sectors = sectors / tracks;
    return !(sectors % tracks) && g->sectors >= 8;
}

void ramdisk_find(void)
{
    u32 sectors = HANDOFF->ramdisk_size >> 9;
    struct chs g;
    bool floppy = sectors <= FLOPPY_SECTORS_MAX && floppy_geometry(sectors, &g);
    struct drive __seg_gs *d = !HANDOFF->ramdisk_base ? NULL : floppy ? &ram_floppy : drive_new_disk();

    if (!d)
        return;
    *d = (struct drive){ .ops = &ramdisk_ops, .kind = DRIVE_RAMDISK, .bdf = BOOT_ANY_BDF, .flags = DRIVE_LBA,
                         .sector_size = 512, .multiple = 1, .sectors = sectors };
    if (floppy)
        d->logical = g;
    drive_set_name(d, ROMSTR("RAM disk"));
}
