/* SPDX-License-Identifier: BSD-2-Clause */
/* The drive table, and the numbers that INT 13h gives its entries. */
#ifndef DRIVES_H
#define DRIVES_H

#include "disk.h"

#define MAX_DISKS  8
#define MAX_CDS    4

extern POSTVAR struct drive disks[MAX_DISKS], cds[MAX_CDS];
extern POSTVAR u8 disks_found, cds_found;
extern POSTVAR u8 first_disk;        /* number of our first hard disk: 80h, or behind those of option ROMs */

#define FIRST_CD   0xE0              /* CD drives are E0h up, as El Torito's examples number them */

/* disk_order[n]: which of `disks` has number first_disk + n. The boot disk comes first. */
extern u8 disk_order[MAX_DISKS];

/* Give disks[index] the first number, the others keep their order. */
void disk_make_first(u8 index);

/* The drive of number dl, NULL if it is not ours. */
INLINE drive_t drive_of(u8 dl)
{
    u8 n = dl - first_disk;

    if (n < disks_found)
        return &disks[disk_order[n]];
    n = dl - FIRST_CD;
    return n < cds_found ? &cds[n] : NULL;
}

/* Whether an entry of the boot order means this drive, its kind apart. */
bool drive_matches(drive_t d, const struct boot_entry __seg_gs *e);

/* The CHS geometry that a disk's calls use. geometry.c */
void geometry_choose(struct drive __seg_gs *d);

#endif
