/* SPDX-License-Identifier: BSD-2-Clause */
/* AHCI ports: a drive's `port` is the index port of its controller's Index-Data Pair, `channel` its AHCI port. */
#ifndef AHCI_H
#define AHCI_H

#include "disk.h"
#include "hw/ahci.h"
#include "hw/io.h"

#define AHCI_TIMEOUT_LINK  (10 * 1000u)      /* us: Serial ATA 3.0, 8.4: COMRESET to COMINIT */

/* Registers of the controller, and of a drive's port. */
static inline u32 ahci_read(u16 index, u16 reg)
{
    outl(index, reg);
    return inl(index + AHCI_IDP_DATA);
}

static inline void ahci_write(u16 index, u16 reg, u32 value)
{
    outl(index, reg);
    outl(index + AHCI_IDP_DATA, value);
}

u32 ahci_port_read(drive_t d, u16 reg);
void ahci_port_write(drive_t d, u16 reg, u32 value);

/* Wait until `mask` of a port register reads `value`; false after `us` microseconds. */
bool ahci_wait(drive_t d, u16 reg, u32 mask, u32 value, u32 us);

/* Take a port's command and FIS engines off, or give them our memory and start them; a DISK_ code. */
u8 ahci_stop(drive_t d);
u8 ahci_start(drive_t d);

/* IDENTIFY (PACKET) DEVICE data to SCRATCH_SEGMENT; a DISK_ code. */
u8 ahci_identify(drive_t d, bool packet);

/* disk_ops.reset: COMRESET and a new start of the port. */
u8 ahci_reset(drive_t d);

#endif
