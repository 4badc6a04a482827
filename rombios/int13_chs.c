/* SPDX-License-Identifier: BSD-2-Clause */
/* INT 13h for hard disks by cylinder, head and sector. IBM PS/2 and PC BIOS Interface Technical Reference. */
#include "int13.h"
#include "spec/bda.h"

u8 int13_chs(struct regs16 *r, drive_t d, u8 operation)
{
    u16 sector = r->cl & 0x3F, heads = d->logical.heads, sectors = d->logical.sectors;
    u32 cylinder = r->ch | (r->cl & 0xC0) << 2;
    struct transfer t;
    u8 code;

    if (!r->al || r->al > TRANSFER_MAX || !sector || sector > sectors || r->dh >= heads || cylinder >= d->logical.cylinders)
        return DISK_EINVALID;
    t.lba = (cylinder * heads + r->dh) * sectors + sector - 1;
    t.lba_high = 0;
    t.address = ((u32)r->es << 4) + r->bx;
    t.count = r->al;
    t.operation = operation;
    if (t.lba + t.count > d->sectors && !d->sectors_high)
        return DISK_ESECTOR;
    code = d->ops->transfer(d, &t);
    if (code)
        r->al = t.done;
    return code;
}

u8 int13_08(struct regs16 *r, drive_t d)
{
    u16 last = d->logical.cylinders - 1;

    if (!d->logical.sectors)
        return DISK_EINVALID;
    fs_load(SEG_BDA);
    r->al = 0;
    r->ch = last;
    r->cl = (last >> 2 & 0xC0) | d->logical.sectors;
    r->dh = d->logical.heads - 1;
    r->dl = BDA->disk_count;
    return DISK_OK;
}

u8 int13_15(struct regs16 *r, drive_t d)
{
    u32 sectors = (u32)d->logical.cylinders * d->logical.heads * d->logical.sectors;

    if (drive_is_cd(d))
        return DISK_EINVALID;
    r->ah = 3;                     /* fixed disk; CX:DX sectors */
    r->cx = sectors >> 16;
    r->dx = sectors;
    return DISK_OK;
}
