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

/* Select the drive, LBA or head bits in `device`; a DISK_ code. Interrupts of the channel are off from here on. */
u8 ata_select(drive_t d, u8 device);

/* Back to the interrupt state that a program finds: enabled, none pending. */
void ata_finish(drive_t d);

/* Point the bus master at `bytes` (1 to 65536) of memory; it starts with ata_dma_run. */
void ata_dma_prepare(drive_t d, u32 address, u32 bytes);
u8 ata_dma_run(drive_t d, bool to_memory);

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
