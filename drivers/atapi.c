/* SPDX-License-Identifier: BSD-2-Clause */
/* ATAPI CD drives: packets by bus-master DMA or PIO. ATA/ATAPI-6 clauses 8.23, 9.8, 9.9 (PACKET). */
#include "ata.h"
#include "cd.h"
#include "scsi.h"

#define BYTE_LIMIT      0xF800          /* of a PIO block: whole sectors */

/* Issue PACKET and hand the command over; a DISK_ code. */
static inline u8 send(drive_t d, struct packet *p, bool dma)
{
    u16 port = d->port, limit = MIN(p->length, BYTE_LIMIT);
    u8 code = ata_select_inline(d, 0), status;

    if (code)
        return code;
    if (dma)
        ata_dma_prepare(d, p->address, p->length);
    outb(port + ATA_FEATURES, dma ? ATAPI_FEATURES_DMA : 0);
    outb(port + ATA_LBA_MID, limit);
    outb(port + ATA_LBA_HIGH, limit >> 8);
    outb(port + ATA_COMMAND, ATA_PACKET);
    inb(d->control);                                   /* 400 ns until the status is that of the command */
    status = ata_poll(port + ATA_STATUS, ATA_STATUS_BSY, ATA_TIMEOUT_COMMAND);
    if (status & ATA_STATUS_BSY)
        return DISK_ETIMEOUT;
    if (!(status & ATA_STATUS_DRQ))
        return DISK_ECONTROLLER;
    outsw(port, data_segment(), (u16)(u32)p->bytes, d->flags & DRIVE_PACKET16 ? PACKET_BYTES / 2 : 6);
    return DISK_OK;
}

/* Data-in blocks by PIO, each as long as the drive says; what nobody wants is read away. */
static COLD u8 receive(drive_t d, struct packet *p)
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
    bool dma = p->length >= CD_SECTOR && d->flags & DRIVE_DMA && p->direct;
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

ROM_EXT struct disk_ops atapi_ops = { cd_transfer, ata_reset, scsi_ready, ata_packet };
