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

struct prd prd[2] ALIGNED(4);

u8 ata_wait(u16 port, u8 busy, u32 us)
{
    struct timer t;
    u8 value, n = FAST_POLLS;

    do {
        spin_hint();
        value = inb(port);
        if (!(value & busy))
            return value;
    } while (--n);
    timer_start(&t, us);
    do {
        wait_irq();
        value = inb(port);
    } while (value & busy && !timer_done(&t));
    return value;
}

COLD u8 ata_not_idle(drive_t d, u8 status)
{
    if (status & ATA_STATUS_BSY)
        status = ata_wait(d->port + ATA_STATUS, ATA_STATUS_BSY, ATA_TIMEOUT_READY);
    if (status & ATA_STATUS_BSY)
        return DISK_ETIMEOUT;
    return status & ATA_STATUS_DRQ ? DISK_ECONTROLLER : DISK_OK;
}

COLD u8 ata_select(drive_t d, u8 device)
{
    return ata_select_inline(d, device);
}

COLD u8 ata_dma_flush(drive_t d)
{
    return ata_wait(d->busmaster + BM_STATUS, BM_STATUS_ACTIVE, ATA_TIMEOUT_FLUSH);
}

COLD u8 ata_dma_failed(drive_t d, u8 status)
{
    if (status & ATA_STATUS_BSY)
        return DISK_ETIMEOUT;
    return status & (ATA_STATUS_ERR | ATA_STATUS_DF) ? ata_error(d, status) : DISK_EOVERRUN;
}

COLD void ata_read_block(drive_t d, u32 address, u16 bytes)
{
    struct farptr at = far_of(address);

    if (d->flags & DRIVE_PIO32 && !(bytes & 3))
        insl(d->port, at.segment, at.offset, bytes >> 2);
    else
        insw(d->port, at.segment, at.offset, bytes >> 1);
}

COLD void ata_write_block(drive_t d, u32 address, u16 bytes)
{
    struct farptr at = far_of(address);

    if (d->flags & DRIVE_PIO32 && !(bytes & 3))
        outsl(d->port, at.segment, at.offset, bytes >> 2);
    else
        outsw(d->port, at.segment, at.offset, bytes >> 1);
}

COLD u8 ata_error(drive_t d, u8 status)
{
    return ata_error_code(status, status & ATA_STATUS_ERR ? inb(d->port + ATA_ERROR) : 0);
}

COLD u8 ata_error_code(u8 status, u8 error)
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

COLD u8 ata_reset(drive_t d)
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
