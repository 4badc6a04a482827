/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The ATA channel: task file, PIO blocks, bus master, reset. Entered by ata_disk.c and atapi.c.
 * ATA/ATAPI-6 clause 9 "Protocol"; SFF-8038i section 3. The device's interrupt is off while the
 * BIOS runs a command: waits poll, and let other interrupts in.
 */
#include "ata.h"
#include "spec/bda.h"
#include "timer.h"

#define FAST_POLLS  250

static struct prd prd[2] ALIGNED(4);   /* 64 KiB touch two 64 KiB regions at most */

u8 ata_wait(u16 port, u8 busy, u32 us)
{
    struct timer t;
    u8 value;

    for (u8 n = FAST_POLLS; n; n--) {
        value = inb(port);
        if (!(value & busy))
            return value;
    }
    timer_start(&t, us);
    do {
        wait_irq();
        value = inb(port);
    } while (value & busy && !timer_done(&t));
    return value;
}

u8 ata_select(drive_t d, u8 device)
{
    u16 port = d->port, control = d->control;

    outb(control, ATA_CONTROL_HS3 | ATA_CONTROL_NIEN);
    outb(port + ATA_DEVICE, device | ATA_DEVICE_OBSOLETE | (d->unit ? ATA_DEVICE_DEV : 0));
    inb(control);                                      /* 400 ns until the status is the drive's */
    u8 status = ata_poll(port + ATA_STATUS, ATA_STATUS_BSY, ATA_TIMEOUT_READY);
    if (status & ATA_STATUS_BSY)
        return DISK_ETIMEOUT;
    return status & ATA_STATUS_DRQ ? DISK_ECONTROLLER : DISK_OK;
}

void ata_finish(drive_t d)
{
    outb(d->control, ATA_CONTROL_HS3);
}

void ata_dma_prepare(drive_t d, u32 address, u32 bytes)
{
    u16 port = d->busmaster;
    u32 room = 0x10000 - (address & 0xFFFF);
    struct prd *p = prd;

    p->base = address;
    if (bytes > room) {
        p->bytes = room;
        p->flags = 0;
        p++;
        p->base = address + room;
        bytes -= room;
    }
    p->bytes = bytes;
    p->flags = PRD_LAST;
    asm volatile("" ::: "memory");
    outl(port + BM_PRD_TABLE, ((u32)data_segment() << 4) + (u32)prd);
    outb(port + BM_STATUS, BM_STATUS_CAPABLE | BM_STATUS_ERROR | BM_STATUS_INTERRUPT);
}

/* BSY or DRQ stands while data move; both gone, the command is over, well or not. */
u8 ata_dma_run(drive_t d, bool to_memory)
{
    u16 port = d->busmaster;
    u8 status, bm;

    outb(port + BM_COMMAND, to_memory ? BM_COMMAND_TO_MEMORY | BM_COMMAND_START : BM_COMMAND_START);
    status = ata_poll(d->control, ATA_STATUS_BSY | ATA_STATUS_DRQ, ATA_TIMEOUT_COMMAND);
    bm = inb(port + BM_STATUS);
    if (bm & BM_STATUS_ACTIVE && !(status & (ATA_STATUS_BSY | ATA_STATUS_DRQ | ATA_STATUS_ERR)))
        bm = ata_wait(port + BM_STATUS, BM_STATUS_ACTIVE, ATA_TIMEOUT_FLUSH);
    outb(port + BM_COMMAND, 0);
    status |= inb(d->port + ATA_STATUS);            /* takes the interrupt request back */
    if (!(status & (ATA_STATUS_BSY | ATA_STATUS_DRQ | ATA_STATUS_DF | ATA_STATUS_ERR)) && !(bm & (BM_STATUS_ERROR | BM_STATUS_ACTIVE)))
        return DISK_OK;
    if (status & ATA_STATUS_BSY)
        return DISK_ETIMEOUT;
    return status & (ATA_STATUS_ERR | ATA_STATUS_DF) ? ata_error(d, status) : DISK_EOVERRUN;
}

void ata_read_block(drive_t d, u32 address, u16 bytes)
{
    struct farptr at = far_of(address);

    if (d->flags & DRIVE_PIO32 && !(bytes & 3))
        insl(d->port, at.segment, at.offset, bytes >> 2);
    else
        insw(d->port, at.segment, at.offset, bytes >> 1);
}

void ata_write_block(drive_t d, u32 address, u16 bytes)
{
    struct farptr at = far_of(address);

    if (d->flags & DRIVE_PIO32 && !(bytes & 3))
        outsl(d->port, at.segment, at.offset, bytes >> 2);
    else
        outsw(d->port, at.segment, at.offset, bytes >> 1);
}

u8 ata_error(drive_t d, u8 status)
{
    return ata_error_code(status, status & ATA_STATUS_ERR ? inb(d->port + ATA_ERROR) : 0);
}

u8 ata_error_code(u8 status, u8 error)
{
    fs_load(SEG_BDA);
    BDA->disk_ata_status = status;
    BDA->disk_ata_error = error;
    if (status & ATA_STATUS_DF)
        return DISK_EWRITE;
    if (error & (ATA_ERROR_ICRC | ATA_ERROR_UNC))
        return DISK_EDATA;
    if (error & ATA_ERROR_IDNF)
        return DISK_ESECTOR;
    if (error & ATA_ERROR_AMNF)
        return DISK_EMARK;
    if (error & ATA_ERROR_TK0NF)
        return DISK_ESEEK;
    return status & (ATA_STATUS_ERR | ATA_STATUS_DRDY) ? DISK_ECONTROLLER : DISK_ENOTREADY;
}

u8 ata_reset(drive_t d)
{
    if (d->busmaster)
        outb(d->busmaster + BM_COMMAND, 0);
    outb(d->control, ATA_CONTROL_HS3 | ATA_CONTROL_NIEN | ATA_CONTROL_SRST);
    timer_wait(5);
    outb(d->control, ATA_CONTROL_HS3 | ATA_CONTROL_NIEN);
    timer_wait(2 * MS);
    u8 code = ata_select(d, 0);
    ata_finish(d);
    return code ? DISK_ERESET : DISK_OK;
}
