/* SPDX-License-Identifier: BSD-2-Clause */
/* CD drives: packet commands beyond struct disk_ops. */
#ifndef ATAPI_H
#define ATAPI_H

#include "disk.h"

#define CD_SECTOR     2048
#define PACKET_BYTES  16               /* longest command packet; most drives take 12 */

/* What struct disk_ops' packet() moves. */
struct packet {
    union {
        u8  bytes[PACKET_BYTES];
        u32 dwords[PACKET_BYTES / 4];
    };
    u32 address;                        /* of the data, linear */
    u32 length;                         /* bytes wanted: 64 KiB, or DMA_COPY_SIZE if not packet_direct() */
    u32 moved;                          /* bytes that came */
};

/* May DMA go to the buffer itself? Bus masters move words, to physical addresses. */
static inline bool packet_direct(u32 address)
{
    return !(address & 1) && memory_is_physical();
}

/* struct disk_ops of CD drives, whatever carries their packets. */
u8 atapi_transfer(drive_t d, struct transfer *t);
u8 atapi_ready(drive_t d);

/* Wait, some seconds at most, until the drive has a readable medium; a DISK_ code. */
u8 atapi_spin_up(drive_t d);

/* Lock or unlock the door, open it; a DISK_ code. */
u8 atapi_lock(drive_t d, bool locked);
u8 atapi_eject(drive_t d);

/* Sectors of 2048 bytes on the medium; a DISK_ code. */
u8 atapi_capacity(drive_t d, u32 *sectors);

#endif
