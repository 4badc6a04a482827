/* SPDX-License-Identifier: BSD-2-Clause */
/* INT 13h by sector number: the transfers of EDD 3.0, 42h-44h and 47h. */
#include "int13.h"
#include "spec/edd.h"

#define PACKET ((struct edd_packet __seg_fs *)(u32)r->si)     /* FS = the caller's DS */

static bool beyond_end(drive_t d, u32 lba, u32 high, u16 count)
{
    u32 end = lba + count;

    high += end < lba;
    return high > d->sectors_high || (high == d->sectors_high && end > d->sectors);
}

u8 int13_edd(struct regs16 *r, drive_t d, u8 operation)
{
    struct transfer t;
    u16 left, done = 0;
    u8 code;

    if (r->si > 0x10000 - EDD_PACKET_SIZE)
        return DISK_EINVALID;
    fs_load(r->ds);
    if (PACKET->size < EDD_PACKET_SIZE)
        return DISK_EINVALID;
    left = PACKET->count;
    t.lba = PACKET->lba;
    t.lba_high = PACKET->lba_high;
    t.address = ((u32)PACKET->buffer.segment << 4) + PACKET->buffer.offset;
    t.operation = operation;
    if (PACKET->buffer.segment == 0xFFFF && PACKET->buffer.offset == 0xFFFF && PACKET->size >= EDD_PACKET_SIZE_FLAT) {
        if (PACKET->flat_high)
            return DISK_EBOUNDARY;
        t.address = PACKET->flat;
    }
    if (beyond_end(d, t.lba, t.lba_high, left)) {
        PACKET->count = 0;
        return DISK_EINVALID;
    }
    while (left) {
        t.count = MIN(left, TRANSFER_MAX);
        code = d->ops->transfer(d, &t);
        if (code) {
            fs_load(r->ds);
            PACKET->count = done + t.done;
            return code;
        }
        left -= t.count;
        done += t.count;
        t.address += (u32)t.count * d->sector_size;
        t.lba_high += t.lba + t.count < t.lba;
        t.lba += t.count;
    }
    return DISK_OK;
}

u8 int13_47(struct regs16 *r, drive_t d)
{
    fs_load(r->ds);
    if (r->si > 0x10000 - EDD_PACKET_SIZE || PACKET->size < EDD_PACKET_SIZE)
        return DISK_EINVALID;
    return beyond_end(d, PACKET->lba, PACKET->lba_high, 1) ? DISK_EINVALID : DISK_OK;
}
