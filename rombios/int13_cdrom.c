/* SPDX-License-Identifier: BSD-2-Clause */
/* INT 13h for CDs: door (45h, 46h) and El Torito (4Ah-4Dh). EDD 3.0 chapter 4; El Torito 1.0 chapter 4. */
#include "cd.h"
#include "boot.h"
#include "cd_emulation.h"
#include "int13.h"

#define ALL_DRIVES   0x7F              /* DL of 4B00h: end every emulation */
#define MAX_LOCKS    0xFF
#define DISK_ELOCKS  0xB4              /* lock count exceeded */

static u8 locks[MAX_CDS];

static u8 lock(struct regs16 *r, drive_t d, u8 *count)
{
    u8 code = DISK_OK;

    if (r->al == 0) {
        if (*count == MAX_LOCKS)
            return DISK_ELOCKS;
        if (!*count)
            code = cd_lock(d, true);
        if (!code)
            (*count)++;
    } else if (r->al == 1) {
        if (!*count)
            return DISK_EUNLOCK;
        if (*count == 1)
            code = cd_lock(d, false);
        if (!code)
            (*count)--;
    } else if (r->al != 2) {
        return DISK_EINVALID;
    }
    r->al = *count != 0;
    return code;
}

u8 int13_cdrom(struct regs16 *r, drive_t d)
{
    u8 *count = &locks[d - cds];

    if (r->ah == 0x45)
        return lock(r, d, count);
    return *count ? DISK_ELOCKED : cd_eject(d);
}

static void packet_store(struct regs16 *r)
{
    const u8 *from = (u8 *)&cd_emulation.packet;
    u8 __seg_fs *to = (u8 __seg_fs *)(u32)r->si;

    fs_load(r->ds);
    for (u8 i = 0; i < sizeof(struct eltorito_packet); i++)
        to[i] = from[i];
}

static u8 start(struct regs16 *r)
{
    const u8 __seg_fs *from = (u8 __seg_fs *)(u32)r->si;
    struct eltorito_packet p;

    fs_load(r->ds);
    for (u8 i = 0; i < sizeof p; i++)
        ((u8 *)&p)[i] = from[i];
    cd_emulation_stop();
    return cd_emulation_start(cd_emulation.cd, &p) ? DISK_OK : DISK_EINVALID;
}

static u8 int13_4b(struct regs16 *r)
{
    if (!cd_emulation.booted || r->al > 1 || (r->dl != ALL_DRIVES && r->dl != cd_emulation.packet.drive))
        return DISK_EINVALID;
    packet_store(r);
    if (r->al == 0)
        cd_emulation_stop();
    return DISK_OK;
}

static u8 int13_4d(struct regs16 *r)
{
    const struct eltorito_catalog_packet __seg_fs *p = (struct eltorito_catalog_packet __seg_fs *)(u32)r->si;
    drive_t cd = &cds[cd_emulation.cd];

    if (!cd_emulation.catalog)
        return DISK_EINVALID;
    fs_load(r->ds);
    struct transfer t = {
        .lba = cd_emulation.catalog + p->first, .count = p->count, .operation = DISK_READ,
        .address = ((u32)p->buffer.segment << 4) + p->buffer.offset,
    };
    return cd->ops->transfer(cd, &t);
}

u8 int13_4a_4d(struct regs16 *r)
{
    u8 code;

    if (cd_emulation.cd >= cds_found || r->si > 0x10000 - sizeof(struct eltorito_packet))
        return DISK_EINVALID;
    switch (r->ah) {
    case 0x4A:
        return start(r);
    case 0x4B:
        return int13_4b(r);
    case 0x4C:
        code = start(r);
        if (!code)
            boot_cd_image(cd_emulation.cd);      /* returns only if the image cannot be read */
        return code ? code : DISK_EDATA;
    default:
        return int13_4d(r);
    }
}
