/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ATAPI CD drives: READ(10) by bus-master DMA or PIO, and what a failed command's sense data
 * mean to INT 13h. ATA/ATAPI-6 clauses 8.23, 9.8, 9.9 (PACKET); MMC-3 clause 6.
 */
#include "ata.h"
#include "atapi.h"
#include "dma_area.h"
#include "timer.h"
#include "hw/io.h"
#include "spec/scsi.h"

#define CD_CHUNK        32              /* sectors of one command: 64 KiB */
#define CD_CHUNK_COPY   (DMA_COPY_SIZE / CD_SECTOR)
#define BYTE_LIMIT      0xF800          /* of a PIO block: whole sectors */
#define SPIN_UP_TRIES   100             /* times 100 ms */

/* Issue PACKET and hand the command over; a DISK_ code. */
static u8 send(drive_t d, struct packet *p, bool dma)
{
    u16 port = d->port, limit = MIN(p->length, BYTE_LIMIT);
    u8 code = ata_select(d, 0), status;

    if (code)
        return code;
    if (dma)
        ata_dma_prepare(d, p->address, p->length);
    outb(port + ATA_FEATURES, dma ? ATAPI_FEATURES_DMA : 0);
    outb(port + ATA_LBA_MID, limit);
    outb(port + ATA_LBA_HIGH, limit >> 8);
    outb(port + ATA_COMMAND, ATA_PACKET);
    inb(d->control);
    status = ata_wait(port + ATA_STATUS, ATA_STATUS_BSY, ATA_TIMEOUT_COMMAND);
    if (status & ATA_STATUS_BSY)
        return DISK_ETIMEOUT;
    if (!(status & ATA_STATUS_DRQ))
        return DISK_ECONTROLLER;
    outsw(port, data_segment(), (u16)(u32)p->bytes, d->flags & DRIVE_PACKET16 ? PACKET_BYTES / 2 : 6);
    return DISK_OK;
}

/* Data-in blocks by PIO, each as long as the drive says; what nobody wants is read away. */
static u8 receive(drive_t d, struct packet *p)
{
    u16 port = d->port;

    for (;;) {
        inb(d->control);
        u8 status = ata_wait(port + ATA_STATUS, ATA_STATUS_BSY, ATA_TIMEOUT_COMMAND);
        if (status & ATA_STATUS_BSY)
            return DISK_ETIMEOUT;
        if (status & ATA_STATUS_ERR)
            return DISK_ECONTROLLER;
        if (!(status & ATA_STATUS_DRQ))
            return DISK_OK;
        u16 bytes = inb(port + ATA_LBA_MID) | inb(port + ATA_LBA_HIGH) << 8;
        u16 wanted = MIN(bytes, p->length - p->moved);
        ata_read_block(d, p->address + p->moved, wanted);
        p->moved += wanted;
        for (; bytes > wanted; bytes -= 2)
            inw(port);
    }
}

static u8 ata_packet(drive_t d, struct packet *p)
{
    bool dma = p->length >= CD_SECTOR && d->flags & DRIVE_DMA && packet_direct(p->address);
    u8 code;

    p->moved = 0;
    code = send(d, p, dma);
    if (!code && dma) {
        code = ata_dma_run(d, true);
        p->moved = code ? 0 : p->length;
    } else if (!code) {
        code = receive(d, p);
    }
    if (code == DISK_ETIMEOUT || code == DISK_EOVERRUN)
        ata_reset(d);
    ata_finish(d);
    return code;
}

/* Why the last command failed. */
static u8 sense(drive_t d)
{
    u8 data[SENSE_SIZE] = { 0 };
    struct packet p = { .bytes = { SCSI_REQUEST_SENSE, [4] = SENSE_SIZE }, .address = ((u32)data_segment() << 4) + (u32)data,
                        .length = SENSE_SIZE };
    u8 code = d->ops->packet(d, &p);

    if (code)
        return code;
    switch (data[SENSE_KEY] & SENSE_KEY_MASK) {
    case SENSE_NOT_READY:
        return data[SENSE_ASC] == SENSE_ASC_NO_MEDIUM ? DISK_ENOMEDIUM : DISK_ENOTREADY;
    case SENSE_MEDIUM_ERROR:
        return DISK_EDATA;
    case SENSE_ILLEGAL_REQUEST:
        return data[SENSE_ASC] == SENSE_ASC_LBA_RANGE ? DISK_ESECTOR : DISK_EINVALID;
    case SENSE_UNIT_ATTENTION:
        return DISK_ECHANGED;
    case SENSE_DATA_PROTECT:
        return DISK_EPROTECTED;
    default:
        return DISK_ECONTROLLER;
    }
}

static u8 checked(drive_t d, struct packet *p)
{
    u8 code = d->ops->packet(d, p);

    return code && code != DISK_ETIMEOUT && code != DISK_EOVERRUN ? sense(d) : code;
}

static u8 cd_read(drive_t d, u32 lba, u16 sectors, u32 address)
{
    struct packet p = {
        .bytes = { SCSI_READ_10, 0, lba >> 24, lba >> 16, lba >> 8, lba, 0, sectors >> 8, sectors },
        .address = address, .length = (u32)sectors * CD_SECTOR,
    };
    u8 code = checked(d, &p);

    return code || p.moved == p.length ? code : DISK_EDATA;
}

u8 atapi_ready(drive_t d)
{
    struct packet p = { .bytes = { SCSI_TEST_UNIT_READY } };
    u8 code = checked(d, &p);

    return code == DISK_ECHANGED ? checked(d, &p) : code;      /* the change is told once */
}

u8 atapi_transfer(drive_t d, struct transfer *t)
{
    bool direct = packet_direct(t->address);
    u16 chunk = direct ? CD_CHUNK : CD_CHUNK_COPY;

    t->done = 0;
    if (t->operation == DISK_WRITE)
        return DISK_EPROTECTED;
    if (t->operation == DISK_VERIFY)
        return atapi_ready(d);
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

u8 atapi_spin_up(drive_t d)
{
    u8 code = DISK_OK;

    for (u8 tries = SPIN_UP_TRIES; tries; tries--) {
        code = atapi_ready(d);
        if (code != DISK_ENOTREADY && code != DISK_ECHANGED)
            break;
        timer_wait(100 * MS);
    }
    return code;
}

u8 atapi_lock(drive_t d, bool locked)
{
    struct packet p = { .bytes = { SCSI_PREVENT_REMOVAL, [4] = locked } };

    return checked(d, &p);
}

u8 atapi_eject(drive_t d)
{
    struct packet p = { .bytes = { SCSI_START_STOP, [4] = SCSI_START_STOP_EJECT } };

    return checked(d, &p);
}

u8 atapi_capacity(drive_t d, u32 *sectors)
{
    u8 data[8];
    struct packet p = { .bytes = { SCSI_READ_CAPACITY }, .address = ((u32)data_segment() << 4) + (u32)data, .length = sizeof data };
    u8 code = checked(d, &p);

    *sectors = ((u32)data[0] << 24 | (u32)data[1] << 16 | data[2] << 8 | data[3]) + 1;
    return code;
}

ROM_EXT struct disk_ops atapi_ops = { atapi_transfer, ata_reset, atapi_ready, ata_packet };
