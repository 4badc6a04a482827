/* SPDX-License-Identifier: BSD-2-Clause */
/* CD drives: READ(10) in pieces that the way there can carry, door and medium. MMC-3 clause 6. */
#include "cd.h"
#include "dma_area.h"
#include "scsi.h"
#include "timer.h"

#define CD_CHUNK        32              /* sectors of one command: 64 KiB */
#define CD_CHUNK_COPY   (DMA_COPY_SIZE / CD_SECTOR)
#define SPIN_UP_TRIES   100             /* times 100 ms */

static u8 cd_read(drive_t d, u32 lba, u16 sectors, u32 address)
{
    struct packet p = {
        .bytes = { SCSI_READ_10, 0, lba >> 24, lba >> 16, lba >> 8, lba, 0, sectors >> 8, sectors },
        .address = address, .length = (u32)sectors * CD_SECTOR, .direct = packet_direct(address),
    };
    u8 code = scsi_command(d, &p);

    return code || p.moved == p.length ? code : DISK_EDATA;
}

u8 cd_transfer(drive_t d, struct transfer *t)
{
    bool direct = packet_direct(t->address);
    u16 chunk = direct ? CD_CHUNK : CD_CHUNK_COPY;

    t->done = 0;
    if (t->operation == DISK_WRITE)
        return DISK_EPROTECTED;
    if (t->operation == DISK_VERIFY)
        return scsi_ready(d);
    if (t->address + (u32)t->count * CD_SECTOR > MEMORY_END && !direct)
        return DISK_EBOUNDARY;
    while (t->done < t->count) {
        u16 n = MIN((u16)(t->count - t->done), chunk);
        u8 code = cd_read(d, t->lba + t->done, n, t->address + (u32)t->done * CD_SECTOR);

        if (code)
            return code;
        t->done += n;
    }
    return DISK_OK;
}

u8 cd_spin_up(drive_t d)
{
    u8 code = DISK_OK;

    for (u8 tries = SPIN_UP_TRIES; tries; tries--) {
        code = scsi_ready(d);
        if (code != DISK_ENOTREADY && code != DISK_ECHANGED)
            break;
        timer_wait(100 * MS);
    }
    return code;
}

u8 cd_lock(drive_t d, bool locked)
{
    struct packet p = { .bytes = { SCSI_PREVENT_REMOVAL, [4] = locked } };

    return scsi_command(d, &p);
}

u8 cd_eject(drive_t d)
{
    struct packet p = { .bytes = { SCSI_START_STOP, [4] = SCSI_START_STOP_EJECT } };

    return scsi_command(d, &p);
}

u8 cd_capacity(drive_t d, u32 *sectors)
{
    u8 data[CAPACITY_SIZE];
    struct packet p = { .bytes = { SCSI_READ_CAPACITY } };
    u8 code = scsi_ask(d, &p, data, sizeof data);

    *sectors = be32(data) + 1;
    return code;
}
