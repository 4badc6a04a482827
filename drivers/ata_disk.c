/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ATA disks: sectors by bus-master DMA where linear memory is physical, else by PIO in blocks
 * of SET MULTIPLE. ATA/ATAPI-6 clauses 8.27-8.62 (commands) and 9.5-9.7 (protocols).
 */
#include "ata.h"

#define LBA28_END   0x10000000u

static inline bool beyond_lba28(u32 lba, u32 high)
{
    return high || lba >= LBA28_END - TRANSFER_MAX;
}

/* The high halves of the registers, which LBA28 commands do not look at. */
static NOINLINE COLD void issue_high(drive_t d, u32 lba, u32 high, u16 count)
{
    u16 port = d->port;

    outb(port + ATA_COUNT, count >> 8);
    outb(port + ATA_LBA_LOW, lba >> 24);
    outb(port + ATA_LBA_MID, high);
    outb(port + ATA_LBA_HIGH, high >> 8);
}

/* Sector numbers into the task file, then the command. */
static inline void issue(drive_t d, u32 lba, u16 count, u8 command)
{
    u16 port = d->port;

    outb(port + ATA_COUNT, count);
    outb(port + ATA_LBA_LOW, lba);
    outb(port + ATA_LBA_MID, lba >> 8);
    outb(port + ATA_LBA_HIGH, lba >> 16);
    outb(port + ATA_COMMAND, command);
}

/* A drive from before LBA counts cylinders, heads and sectors: the same registers hold those. */
static COLD u8 select_sector(drive_t d, u32 *lba, u32 high)
{
    u32 n = *lba;

    if (d->flags & DRIVE_LBA)
        return ata_select(d, ATA_DEVICE_LBA | (beyond_lba28(n, high) ? 0 : n >> 24));
    u32 track = n / d->physical.sectors, head = track % d->physical.heads;
    *lba = track / d->physical.heads << 8 | (n % d->physical.sectors + 1);
    return ata_select(d, head);
}

static inline u8 dma(drive_t d, struct transfer *t)
{
    bool read = t->operation == DISK_READ, ext = beyond_lba28(t->lba, t->lba_high);
    u8 code = ata_select_inline(d, ATA_DEVICE_LBA | (ext ? 0 : t->lba >> 24));

    if (code)
        return code;
    ata_dma_prepare(d, t->address, (u32)t->count << 9);
    if (ext)
        issue_high(d, t->lba, t->lba_high, t->count);
    issue(d, t->lba, t->count, ext ? (read ? ATA_READ_DMA_EXT : ATA_WRITE_DMA_EXT) : read ? ATA_READ_DMA : ATA_WRITE_DMA);
    return ata_dma_run(d, read);
}

static COLD u8 pio_data(drive_t d, struct transfer *t)
{
    u16 left = t->count - t->done;
    u32 address = t->address + ((u32)t->done << 9);

    for (;;) {
        u16 block = MIN(left, d->multiple);

        inb(d->control);
        u8 status = ata_wait(d->port + ATA_STATUS, ATA_STATUS_BSY, ATA_TIMEOUT_COMMAND);
        if (status & ATA_STATUS_BSY)
            return DISK_ETIMEOUT;
        if (status & (ATA_STATUS_ERR | ATA_STATUS_DF))
            return ata_error(d, status);
        if (!left)
            return DISK_OK;
        if (!(status & ATA_STATUS_DRQ))
            return DISK_ECONTROLLER;
        if (t->operation == DISK_READ)
            ata_read_block(d, address, block << 9);
        else
            ata_write_block(d, address, block << 9);
        address += (u32)block << 9;
        left -= block;
        t->done += block;
        if (!left && t->operation == DISK_READ)
            return DISK_OK;
    }
}

static COLD u8 pio(drive_t d, struct transfer *t)
{
    u32 lba = t->lba + t->done, high = t->lba_high + (lba < t->lba);
    u16 count = t->count - t->done;
    bool many = d->multiple > 1;
    u8 code = select_sector(d, &lba, high), command, ext;

    if (code)
        return code;
    if (t->operation == DISK_READ) {
        command = many ? ATA_READ_MULTIPLE : ATA_READ_SECTORS;
        ext = many ? ATA_READ_MULTIPLE_EXT : ATA_READ_SECTORS_EXT;
    } else if (t->operation == DISK_WRITE) {
        command = many ? ATA_WRITE_MULTIPLE : ATA_WRITE_SECTORS;
        ext = many ? ATA_WRITE_MULTIPLE_EXT : ATA_WRITE_SECTORS_EXT;
    } else {
        command = ATA_READ_VERIFY;
        ext = ATA_READ_VERIFY_EXT;
    }
    if (beyond_lba28(lba, high)) {
        issue_high(d, lba, high, count);
        command = ext;
    }
    issue(d, lba, count, command);
    if (t->operation == DISK_VERIFY)
        t->done = t->count;
    return pio_data(d, t);
}

COLD u8 ata_set_multiple(drive_t d)
{
    u8 code;

    if (d->multiple < 2)
        return DISK_OK;
    code = ata_select(d, 0);
    if (!code) {
        outb(d->port + ATA_COUNT, d->multiple);
        outb(d->port + ATA_COMMAND, ATA_SET_MULTIPLE);
        inb(d->control);
        if (ata_wait(d->port + ATA_STATUS, ATA_STATUS_BSY, ATA_TIMEOUT_READY) & (ATA_STATUS_BSY | ATA_STATUS_ERR))
            code = DISK_ERESET;
    }
    ata_finish(d);
    return code;
}

static COLD u8 disk_reset(drive_t d)
{
    u8 code = ata_reset(d);

    return code ? code : ata_set_multiple(d);
}

/* What DMA could not do: by PIO, which tells which sector failed. A drive that hung is reset and not asked again. */
static COLD u8 retry(drive_t d, struct transfer *t, u8 code)
{
    if (code == DISK_ETIMEOUT || code == DISK_ECONTROLLER || code == DISK_EOVERRUN)
        disk_reset(d);
    if (code == DISK_ETIMEOUT || t->address + ((u32)t->count << 9) > MEMORY_END)
        return code;
    code = pio(d, t);
    ata_finish(d);
    return code;
}

static u8 disk_transfer(drive_t d, struct transfer *t)
{
    u8 code;

    t->done = 0;
    if (d->flags & DRIVE_DMA && !(t->address & 1) && t->operation != DISK_VERIFY && memory_is_physical())
        code = dma(d, t);
    else if (t->address + ((u32)t->count << 9) > MEMORY_END)
        return DISK_EBOUNDARY;
    else
        code = pio(d, t);
    ata_finish(d);
    return code ? retry(d, t, code) : DISK_OK;
}

static COLD u8 disk_ready(drive_t d)
{
    u8 code = ata_select(d, 0);
    u8 status = inb(d->port + ATA_STATUS);

    ata_finish(d);
    return code ? code : status & ATA_STATUS_DRDY ? DISK_OK : DISK_ENOTREADY;
}

ROM_EXT struct disk_ops ata_ops = { disk_transfer, disk_reset, disk_ready, NULL };
