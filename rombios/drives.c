/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The drive table: what POST finds, in boot order, and the fixed disk parameter tables that
 * INT 41h and 46h point to. IBM PC AT Technical Reference, "Fixed disk BIOS"; EDD 3.0, chapter 3.
 */
#include "drives.h"
#include "floppy.h"
#include "services.h"
#include "hw/pic.h"
#include "spec/bda.h"
#include "spec/edd.h"

POSTVAR struct drive disks[MAX_DISKS], cds[MAX_CDS];
POSTVAR u8 disks_found, cds_found, first_disk;
u8 disk_order[MAX_DISKS];

#define IVT          ((struct farptr __seg_fs *)0)

struct drive __seg_gs *drive_new_disk(void)
{
    return disks_found < MAX_DISKS ? &disks[disks_found++] : NULL;
}

struct drive __seg_gs *drive_new_cd(void)
{
    return cds_found < MAX_CDS ? &cds[cds_found++] : NULL;
}

void drive_set_name(struct drive __seg_gs *d, romstr name)
{
    for (u8 i = 0; (d->name[i] = name[i]); i++)
        ;
}

void drive_trim_name(struct drive __seg_gs *d, u8 n)
{
    u8 end = 0;

    for (u8 i = 0; i < n; i++) {
        if (d->name[i] < ' ' || d->name[i] > '~')
            d->name[i] = ' ';
        if (d->name[i] != ' ')
            end = i + 1;
    }
    d->name[end] = 0;
}

bool drive_matches(drive_t d, const struct boot_entry __seg_gs *e)
{
    return (e->bdf == BOOT_ANY_BDF || e->bdf == d->bdf) && (e->channel == BOOT_ANY || e->channel == d->channel)
        && (e->unit == BOOT_ANY || e->unit == d->unit) && (e->lun == BOOT_ANY || e->lun == d->lun);
}

/* Place of a drive in the boot order; HANDOFF_MAX_BOOT if it is not there. */
static u8 rank(drive_t d, u8 kind)
{
    u8 i;

    for (i = 0; i < HANDOFF->boot_count; i++) {
        const struct boot_entry __seg_gs *e = &HANDOFF->boot[i];

        if ((e->kind == kind || e->kind == BOOT_DRIVE) && drive_matches(d, e))
            return i;
    }
    return HANDOFF_MAX_BOOT;
}

static u8 kind_of(drive_t d)
{
    return d->kind == DRIVE_RAMDISK ? BOOT_RAMDISK : drive_is_cd(d) ? BOOT_CD : BOOT_DISK;
}

/* Stable, by place in the boot order. */
static void sort(struct drive __seg_gs *table, u8 count)
{
    for (u8 i = 1; i < count; i++)
        for (u8 j = i; j && rank(&table[j], kind_of(&table[j])) < rank(&table[j - 1], kind_of(&table[j - 1])); j--) {
            struct drive d = table[j];
            table[j] = table[j - 1];
            table[j - 1] = d;
        }
}

static void fdpt_fill(struct fdpt *f, drive_t d)
{
    u8 sum = 0;

    f->cylinders = d->logical.cylinders;
    f->heads = d->logical.heads;
    f->signature = FDPT_TRANSLATED;
    f->sectors_physical = d->physical.sectors;
    f->precompensation = 0xFFFF;
    f->control = d->physical.heads > 8 ? FDPT_CONTROL_HEADS : 0;
    f->cylinders_physical = d->physical.cylinders;
    f->heads_physical = d->physical.heads;
    f->landing_zone = d->physical.cylinders;
    f->sectors = d->logical.sectors;
    f->checksum = 0;
    for (u8 i = 0; i < sizeof *f; i++)
        sum += ((u8 *)f)[i];
    f->checksum = -sum;
}

/* INT 41h and 46h describe the first two disks. */
static void fdpt_set(void)
{
    u16 segment = data_segment();

    fs_load(0);
    if (disks_found && first_disk == 0x80) {
        fdpt_fill((struct fdpt *)ebda.disk0_fdpt, &disks[disk_order[0]]);
        IVT[0x41] = far_make(segment, offsetof(struct ebda, disk0_fdpt));
    }
    if (disks_found > 1 && first_disk == 0x80) {
        fdpt_fill((struct fdpt *)ebda.disk1_fdpt, &disks[disk_order[1]]);
        IVT[0x46] = far_make(segment, offsetof(struct ebda, disk1_fdpt));
    }
}

void disk_make_first(u8 index)
{
    u8 n = 1;

    disk_order[0] = index;
    for (u8 i = 0; i < disks_found; i++)
        if (i != index)
            disk_order[n++] = i;
    fdpt_set();
}

void drives_find(void)
{
    disks_found = cds_found = 0;
    floppy_find();
    ata_find();
    ahci_find();
    virtio_blk_find();
    virtio_scsi_find();
    nvme_find();
    ramdisk_find();
    pic_unmask(IRQ_ATA1);
    pic_unmask(IRQ_ATA2);
    sort(disks, disks_found);
    sort(cds, cds_found);
    fs_load(SEG_BDA);
    first_disk = 0x80 + BDA->disk_count;      /* drives of boot connection vectors come first */
    BDA->disk_count += disks_found;
    for (u8 i = 0; i < disks_found; i++)
        geometry_choose(&disks[i]);
    disk_make_first(0);
}
