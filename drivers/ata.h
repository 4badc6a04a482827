/* SPDX-License-Identifier: BSD-2-Clause */
/* What ATA and ATAPI share: the task file, PIO blocks, the bus master. */
#ifndef ATA_H
#define ATA_H

#include "disk.h"
#include "hw/ata.h"
#include "hw/busmaster.h"
#include "hw/io.h"

#define ATA_TIMEOUT_READY   (5000 * 1000u)     /* us: a drive that is busy with itself */
#define ATA_TIMEOUT_FLUSH   (100 * 1000u)      /* us: the bus master's buffer to memory */
#define ATA_TIMEOUT_COMMAND (10000 * 1000u)    /* us: spin-up and retries by the drive included */

/* Wait until `port` reads with every bit of `busy` clear; its last value. One of `busy` is set after a time-out. */
u8 ata_wait(u16 port, u8 busy, u32 us);

/* The same, quick where nothing is busy. */
static inline u8 ata_poll(u16 port, u8 busy, u32 us)
{
    u8 value = inb(port);

    return value & busy ? ata_wait(port, busy, us) : value;
}

/* A drive that was just selected and shows BSY or DRQ in `status`: a DISK_ code. */
u8 ata_not_idle(drive_t d, u8 status);

/* Select the drive, LBA or head bits in `device`; a DISK_ code. Interrupts of the channel are off from here on. */
u8 ata_select(drive_t d, u8 device);

/* The same, for the way that every sector goes. The write to the control block is the 400 ns until the status is the drive's. */
static inline u8 ata_select_inline(drive_t d, u8 device)
{
    outb(d->port + ATA_DEVICE, device | ATA_DEVICE_OBSOLETE | d->unit << ATA_DEVICE_DEV_SHIFT);
    outb(d->control, ATA_CONTROL_HS3 | ATA_CONTROL_NIEN);
    u8 status = inb(d->port + ATA_STATUS);
    return status & (ATA_STATUS_BSY | ATA_STATUS_DRQ) ? ata_not_idle(d, status) : DISK_OK;
}

/* Back to the interrupt state that a program finds: enabled, none pending. */
static inline void ata_finish(drive_t d)
{
    outb(d->control, ATA_CONTROL_HS3);
}

/* Point the bus master at `bytes` (1 to 65536) of memory; it starts with ata_dma_run. */
static inline void ata_dma_prepare(drive_t d, u32 address, u32 bytes)
{
    extern struct prd prd[2];              /* 64 KiB touch two 64 KiB regions at most */
    struct prd *p = prd;

    p->base = address;
    if ((address & 0xFFFF) + bytes > 0x10000) {
        u32 room = 0x10000 - (address & 0xFFFF);
        p->bytes = room;
        p->flags = 0;
        p++;
        p->base = address + room;
        bytes -= room;
    }
    p->bytes = bytes;
    p->flags = PRD_LAST;
    asm volatile("" ::: "memory");
    outl(d->busmaster + BM_PRD_TABLE, ((u32)data_segment() << 4) + (u32)prd);
    outb(d->busmaster + BM_STATUS, BM_STATUS_CAPABLE | BM_STATUS_ERROR | BM_STATUS_INTERRUPT);
}

/* The device is done and the bus master active, ata_dma_run: wait for its last bytes; its status. */
u8 ata_dma_flush(drive_t d);

/* The DISK_ code of a transfer that ended badly with the device's status. */
u8 ata_dma_failed(drive_t d, u8 status);

/*
 * The device has its command: move the data and end; a DISK_ code. BSY or DRQ stands while data move; both gone, the command
 * is over, well or not. The read that shows it also takes the interrupt request back.
 */
INLINE u8 ata_dma_run(drive_t d, bool to_memory)
{
    u8 status, bm;

    outb(d->busmaster + BM_COMMAND, to_memory ? BM_COMMAND_TO_MEMORY | BM_COMMAND_START : BM_COMMAND_START);
    status = ata_poll(d->port + ATA_STATUS, ATA_STATUS_BSY | ATA_STATUS_DRQ, ATA_TIMEOUT_COMMAND);
    bm = inb(d->busmaster + BM_STATUS);
    if (bm & BM_STATUS_ACTIVE && !(status & (ATA_STATUS_BSY | ATA_STATUS_DRQ | ATA_STATUS_ERR)))
        bm = ata_dma_flush(d);
    outb(d->busmaster + BM_COMMAND, 0);
    if (status & (ATA_STATUS_BSY | ATA_STATUS_DRQ | ATA_STATUS_DF | ATA_STATUS_ERR) || bm & (BM_STATUS_ERROR | BM_STATUS_ACTIVE))
        return ata_dma_failed(d, status);
    return DISK_OK;
}

/* Move one DRQ block between the data port and memory. */
void ata_read_block(drive_t d, u32 address, u16 bytes);
void ata_write_block(drive_t d, u32 address, u16 bytes);

/* The DISK_ code of a status register that shows a failure; the second form has read the error register. */
u8 ata_error(drive_t d, u8 status);
u8 ata_error_code(u8 status, u8 error);

/* A drive table entry for drive_probed, from the IDENTIFY data at SCRATCH_SEGMENT; NULL if there is no room. */
struct drive __seg_gs *ata_add(void);

/* Tell the drive d->multiple; a DISK_ code. */
u8 ata_set_multiple(drive_t d);

/* Software reset of the channel, both drives; a DISK_ code for this one. */
u8 ata_reset(drive_t d);

#endif
