/* SPDX-License-Identifier: BSD-2-Clause */
/* SCSI disks: sectors by READ and WRITE, and the entry of a unit in the drive table. SBC-3 clause 5, SPC-3 clause 6.4 (INQUIRY). */
#include "cd.h"
#include "dma_area.h"
#include "scsi.h"

#define NAME_SIZE  16               /* of the product */

static u8 request(drive_t d, const struct transfer *t)
{
    bool write = t->operation == DISK_WRITE;
    struct packet p = { .address = t->address, .length = (u32)t->count * d->sector_size, .write = write, .direct = true };
    u8 code;

    if (t->lba_high) {
        p.bytes[0] = write ? SCSI_WRITE_16 : SCSI_READ_16;
        put_be32(p.bytes + 2, t->lba_high);
        put_be32(p.bytes + 6, t->lba);
        p.bytes[13] = t->count;
    } else {
        p.bytes[0] = write ? SCSI_WRITE_10 : SCSI_READ_10;
        put_be32(p.bytes + 2, t->lba);
        p.bytes[8] = t->count;
    }
    code = scsi_command(d, &p);
    return code || p.moved == p.length ? code : DISK_EDATA;
}

u8 scsi_disk_transfer(drive_t d, struct transfer *t)
{
    u8 code;

    if (t->operation == DISK_VERIFY) {   /* the host's storage checks itself: is the unit there? */
        code = scsi_ready(d);
        t->done = code ? 0 : t->count;
        return code;
    }
    return dma_transfer(d, t, request, packet_direct(t->address));
}

/* Blocks and their size; a DISK_ code. */
static u8 capacity(struct drive __seg_gs *d)
{
    u8 data[CAPACITY_16_SIZE];
    struct packet p = { .bytes = { SCSI_READ_CAPACITY } };
    u8 code = scsi_ask(d, &p, data, CAPACITY_SIZE), size_at = 4;
    u32 last = be32(data), high = 0;

    if (!code && last == 0xFFFFFFFF) {
        p = (struct packet){ .bytes = { SCSI_SERVICE_ACTION_IN, SCSI_READ_CAPACITY_16, [13] = CAPACITY_16_SIZE } };
        code = scsi_ask(d, &p, data, CAPACITY_16_SIZE);
        high = be32(data);
        last = be32(data + 4);
        size_at = 8;
    }
    d->sectors = last + 1;
    d->sectors_high = high + !d->sectors;
    d->sector_size = be32(data + size_at);
    return code;
}

void scsi_add(const struct disk_ops __seg_gs *disk, const struct disk_ops __seg_gs *cd)
{
    u8 inquiry[INQUIRY_SIZE];
    struct packet p = { .bytes = { SCSI_INQUIRY, [4] = INQUIRY_SIZE } };
    struct drive __seg_gs *probed = &drive_probed, *d;

    if (scsi_ask(probed, &p, inquiry, INQUIRY_SIZE))
        return;
    if (inquiry[INQUIRY_TYPE] == INQUIRY_TYPE_CD) {
        probed->kind = DRIVE_SCSI_CD;
        probed->ops = cd;
        probed->flags = DRIVE_LBA | DRIVE_DMA | DRIVE_REMOVABLE;
        probed->sector_size = CD_SECTOR;
        probed->sectors = 0xFFFFFFFF;                  /* the medium's size is the drive's to check */
    } else if (inquiry[INQUIRY_TYPE] == INQUIRY_TYPE_DISK) {
        probed->kind = DRIVE_SCSI;
        probed->ops = disk;
        probed->flags = DRIVE_LBA | DRIVE_LBA48 | DRIVE_DMA;
        probed->chunk = TRANSFER_MAX;
        probed->multiple = 1;
        if (scsi_ready(probed) || capacity(probed))
            return;
    } else {
        return;
    }
    d = drive_is_cd(probed) ? drive_new_cd() : drive_new_disk();
    if (!d)
        return;
    *d = *probed;
    for (u8 i = 0; i < NAME_SIZE; i++)
        d->name[i] = inquiry[INQUIRY_PRODUCT + i];
    drive_trim_name(d, NAME_SIZE);
}
