/* SPDX-License-Identifier: BSD-2-Clause */
/* SCSI commands, whatever carries them: ATAPI, AHCI, virtio-scsi. */
#ifndef SCSI_H
#define SCSI_H

#include "disk.h"
#include "spec/scsi.h"

#define PACKET_BYTES  16               /* longest command; most CD drives take 12 */

/* What struct disk_ops' packet() moves. */
struct packet {
    union {
        u8  bytes[PACKET_BYTES];
        u32 dwords[PACKET_BYTES / 4];
    };
    u32 address;                        /* of the data, linear */
    u32 length;                         /* bytes wanted: 64 KiB, or DMA_COPY_SIZE if not direct */
    u32 moved;                          /* bytes that came */
    bool direct;                        /* DMA may go to the address itself */
    bool write;                         /* data go to the device */
    u8  sense_key, asc;                 /* why it failed, from a transport that fetches sense data itself */
};

/* May DMA go to the buffer itself? Bus masters move words, to physical addresses. */
static inline bool packet_direct(u32 address)
{
    return !(address & 1) && memory_is_physical();
}

/* Run a command; where it fails, the DISK_ code that its sense data mean. */
u8 scsi_command(drive_t d, struct packet *p);

/* The same with `length` bytes of answer in memory of ours, which DMA does not reach. */
u8 scsi_ask(drive_t d, struct packet *p, void *answer, u8 length);

/* disk_ops.ready: TEST UNIT READY. */
u8 scsi_ready(drive_t d);

/* disk_ops.transfer of disks. */
u8 scsi_disk_transfer(drive_t d, struct transfer *t);

/* Ask the unit that drive_probed names what it is, and give it an entry of the drive table; its ops are the caller's. */
void scsi_add(const struct disk_ops __seg_gs *disk, const struct disk_ops __seg_gs *cd);

static inline u32 be32(const u8 *bytes)
{
    return (u32)bytes[0] << 24 | (u32)bytes[1] << 16 | bytes[2] << 8 | bytes[3];
}

static inline void put_be32(u8 *bytes, u32 v)
{
    bytes[0] = v >> 24;
    bytes[1] = v >> 16;
    bytes[2] = v >> 8;
    bytes[3] = v;
}

#endif
