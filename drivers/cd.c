/* SPDX-License-Identifier: BSD-2-Clause */
/* CD drives: READ(10) in pieces that the way there can carry, door and medium. MMC-3 clause 6. */
#include "cd.h"
#include "dma_area.h"
#include "scsi.h"
#include "timer.h"

#define CD_CHUNK        32              /* sectors of one command: 64 KiB */
#define CD_CHUNK_COPY   (DMA_COPY_SIZE / CD_SECTOR)
#define SPIN_UP_TRIES   100             /* times 100 ms */

/* READ(10): the block number is big-endian, in bytes 2 to 5; no more than 255 blocks, in byte 8. */
static inline u8 cd_read(drive_t d, u32 lba, u8 sectors, u32 address, bool direct)
{
    struct packet p;
    u8 code;

    p.dwords[0] = SCSI_READ_10 | (u32)__builtin_bswap16(lba >> 16) << 16;
    p.dwords[1] = __builtin_bswap16(lba);
    p.dwords[2] = sectors;
    p.dwords[3] = 0;
    p.address = address;
    p.length = (u32)sectors * CD_SECTOR;
    p.direct = direct;
    p.write = false;
    code = scsi_command(d, &p);
    return code || p.moved == p.length ? code : DISK_EDATA;
}

u8 cd_transfer(drive_t d, struct transfer *t)
{
    u32 address = t->address, lba = t->lba, left = t->count;
    bool direct = packet_direct(address);

    t->done = 0;
    if (t->operation == DISK_WRITE)
        return DISK_EPROTECTED;
    if (t->operation == DISK_VERIFY)
        return scsi_ready(d);
    if (!direct && address + left * CD_SECTOR > MEMORY_END)
        return DISK_EBOUNDARY;
    while (left) {
        u32 n = MIN(left, direct ? CD_CHUNK : CD_CHUNK_COPY);
        u8 code = cd_read(d, lba, n, address, direct);

        if (code)
            return code;
        t->done += n;
        left -= n;
        lba += n;
        address += n * CD_SECTOR;
    }
    return DISK_OK;
}

COLD u8 cd_spin_up(drive_t d)
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

COLD u8 cd_lock(drive_t d, bool locked)
{
    struct packet p = { .bytes = { SCSI_PREVENT_REMOVAL, [4] = locked } };

    return scsi_command(d, &p);
}

COLD u8 cd_eject(drive_t d)
{
    struct packet p = { .bytes = { SCSI_START_STOP, [4] = SCSI_START_STOP_EJECT } };

    return scsi_command(d, &p);
}

COLD u8 cd_capacity(drive_t d, u32 *sectors)
{
    u8 data[CAPACITY_SIZE];
    struct packet p = { .bytes = { SCSI_READ_CAPACITY } };
    u8 code = scsi_ask(d, &p, data, sizeof data);

    *sectors = be32(data) + 1;
    return code;
}
