/* SPDX-License-Identifier: BSD-2-Clause */
/* INT 13h by sector number: the transfers of EDD 3.0, 42h-44h and 47h. */
#include "int13.h"
#include "spec/edd.h"

#define PACKET ((struct edd_packet __seg_fs *)(u32)r->si)     /* FS = the caller's DS */

static bool beyond_end(drive_t d, u32 lba, u32 high, u32 count)
{
    u32 end = lba + count;

    high += end < lba;
    return high > d->sectors_high || (high == d->sectors_high && end > d->sectors);
}

u8 int13_edd(struct regs16 *r, drive_t d, u8 operation)
{
    struct edd_packet __seg_fs *p = PACKET;
    struct transfer t;
    u32 left, moved = 0;

    if (r->si > 0x10000 - EDD_PACKET_SIZE)
        return DISK_EINVALID;
    fs_load(r->ds);
    if (p->size < EDD_PACKET_SIZE)
        return DISK_EINVALID;
    t.lba = p->lba;
    t.lba_high = p->lba_high;
    t.address = ((u32)p->buffer.segment << 4) + p->buffer.offset;
    t.operation = operation;
    if (p->buffer.segment == 0xFFFF && p->buffer.offset == 0xFFFF && p->size >= EDD_PACKET_SIZE_FLAT) {
        if (p->flat_high)
            return DISK_EBOUNDARY;
        t.address = p->flat;
    }
    left = p->count;
    if (beyond_end(d, t.lba, t.lba_high, left)) {
        p->count = 0;
        return DISK_EINVALID;
    }
    while (left) {
        t.count = MIN(left, TRANSFER_MAX);
        u8 code = d->ops->transfer(d, &t);
        if (code) {
            fs_load(r->ds);
            PACKET->count = moved + t.done;
            return code;
        }
        left -= t.count;
        if (!left)
            break;
        moved += TRANSFER_MAX;
        t.address += (u32)TRANSFER_MAX * d->sector_size;
        t.lba += TRANSFER_MAX;
        t.lba_high += t.lba < TRANSFER_MAX;
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
