/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * CHS geometry of a hard disk as its users expect it: the one its partition table was made
 * with, else the drive's own while it fits 1024 cylinders, else LBA assist.
 * Phoenix Enhanced Disk Drive Specification 1.1, "Translated geometry"; T13 D97157.
 */
#include "drives.h"
#include "spec/mbr.h"

#define MAX_CYLINDERS  1024
#define MAX_SECTORS    63
#define MAX_HEADS      255

#define SECTOR0 ((struct mbr __seg_fs *)0)    /* FS = SCRATCH_SEGMENT */

static u16 cylinders_of(drive_t d, u16 heads, u16 sectors)
{
    u32 track = (u32)heads * sectors;
    u32 n = d->sectors_high ? MAX_CYLINDERS : d->sectors / track;

    return n > MAX_CYLINDERS ? MAX_CYLINDERS : n ? n : 1;
}

static bool lba_matches(u8 cylinder, u8 sector, u8 head, u32 lba, u16 heads, u16 sectors)
{
    u32 c = cylinder | (sector & 0xC0) << 2;

    return (sector & 0x3F) && (c * heads + head) * sectors + (sector & 0x3F) - 1 == lba;
}

/* A partition ends on a track's last sector of a cylinder's last head: that gives both numbers. */
static bool from_partition(struct drive __seg_gs *d, struct chs *g)
{
    struct transfer t = { .address = SCRATCH_SEGMENT << 4, .count = 1, .operation = DISK_READ };
    u8 code = d->ops->transfer(d, &t);

    if (code == DISK_ETIMEOUT)
        d->flags |= DRIVE_SILENT;
    if (code)
        return false;
    fs_load(SCRATCH_SEGMENT);
    if (SECTOR0->signature != MBR_SIGNATURE)
        return false;
    for (u8 i = 0; i < MBR_PARTITIONS; i++) {
        struct mbr_partition __seg_fs *p = &SECTOR0->partition[i];
        u16 heads = p->end_head + 1, sectors = p->end_sector & 0x3F;
        u32 last = p->start + p->sectors - 1;

        if (!p->type || !p->sectors || !sectors || heads == 1)
            continue;
        if (!lba_matches(p->start_cylinder, p->start_sector, p->start_head, p->start, heads, sectors)
            || !lba_matches(p->end_cylinder, p->end_sector, p->end_head, last, heads, sectors))
            continue;
        g->heads = heads;
        g->sectors = sectors;
        return true;
    }
    return false;
}

static u16 assist_heads(drive_t d)
{
    u32 tracks = d->sectors_high ? 0xFFFFFFFF : d->sectors / MAX_SECTORS;

    for (u16 heads = 16; heads < 256; heads *= 2)
        if (tracks <= (u32)heads * MAX_CYLINDERS)
            return heads;
    return MAX_HEADS;
}

void geometry_choose(struct drive __seg_gs *d)
{
    struct chs g = { 0, d->physical.heads, d->physical.sectors };
    u16 own = d->physical.cylinders;

    if (!from_partition(d, &g) && (!own || own > MAX_CYLINDERS || !g.heads || g.heads > 16 || !g.sectors || g.sectors > MAX_SECTORS)) {
        g.heads = assist_heads(d);
        g.sectors = MAX_SECTORS;
    }
    d->logical.heads = g.heads;
    d->logical.sectors = g.sectors;
    d->logical.cylinders = cylinders_of(d, g.heads, g.sectors);
    if (!own) {                                /* a disk without cylinders of its own: the translated ones */
        d->physical.heads = 16;
        d->physical.sectors = MAX_SECTORS;
        d->physical.cylinders = d->sectors_high || d->sectors / (16 * 63) > 16383 ? 16383 : d->sectors / (16 * 63);
    }
}
