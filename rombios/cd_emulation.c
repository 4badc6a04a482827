/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * El Torito emulation: a floppy (drive 00h) or hard disk (80h) whose 512-byte sectors lie in
 * an image on the CD, or a floppy whose image is in RAM. Entered by int13 for the emulated number. El Torito 1.0, chapters 2 and 4.
 */
#include "cd_emulation.h"
#include "dma_area.h"
#include "floppy.h"
#include "spec/bda.h"
#include "spec/mbr.h"

#define SECTORS_PER_CD_SECTOR  4
#define EQUIPMENT_FLOPPY 0x0001

struct cd_emulation cd_emulation;

static u8 read_cd(drive_t cd, u32 lba, u16 count, u32 address)
{
    struct transfer t = { .lba = lba, .count = count, .address = address, .operation = DISK_READ };

    return cd->ops->transfer(cd, &t);
}

/* Whole CD sectors go straight to the caller, parts of one by the bounce buffer. */
static u8 read_sectors(u32 lba, u16 count, u32 address)
{
    drive_t cd = &cds[cd_emulation.cd];

    while (count) {
        u8 skip = lba % SECTORS_PER_CD_SECTOR;
        u32 at = cd_emulation.packet.sector + lba / SECTORS_PER_CD_SECTOR;
        u16 n = count & ~(SECTORS_PER_CD_SECTOR - 1);
        u8 code;

        if (!skip && n) {
            code = read_cd(cd, at, n / SECTORS_PER_CD_SECTOR, address);
        } else {
            n = MIN(SECTORS_PER_CD_SECTOR - skip, count);
            code = read_cd(cd, at, 1, DMA_ADDRESS(DMA_BOUNCE));
            if (!code)
                far_copy(far_make(address >> 4, address & 15), far_make(DMA_AREA_SEGMENT, DMA_BOUNCE + skip * 512), n * 512);
        }
        if (code)
            return code;
        lba += n;
        count -= n;
        address += (u32)n * 512;
    }
    return DISK_OK;
}

static bool geometry(struct eltorito_packet *p, drive_t cd)
{
    p->heads = 1;
    p->cylinders = 79;
    switch (p->media & ELTORITO_MEDIA_MASK) {
    case ELTORITO_MEDIA_1200:
        p->sectors = 15;
        return true;
    case ELTORITO_MEDIA_1440:
        p->sectors = 18;
        return true;
    case ELTORITO_MEDIA_2880:
        p->sectors = 36;
        return true;
    case ELTORITO_MEDIA_DISK:          /* one partition fills it: its end is the disk's */
        if (read_cd(cd, p->sector, 1, DMA_ADDRESS(DMA_BOUNCE)))
            return false;
        fs_load(DMA_AREA_SEGMENT);
        const struct mbr_partition __seg_fs *end = &((struct mbr __seg_fs *)DMA_BOUNCE)->partition[0];
        p->heads = end->end_head;
        p->sectors = end->end_sector;
        p->cylinders = end->end_cylinder;
        return p->sectors & 0x3F;
    default:
        return false;
    }
}

bool cd_emulation_start(u8 cd, const struct eltorito_packet *packet)
{
    struct cd_emulation *e = &cd_emulation;

    e->packet = *packet;
    e->packet.size = sizeof e->packet;
    e->cd = cd;
    e->active = false;
    if (packet->media & ELTORITO_MEDIA_MASK) {
        if (!geometry(&e->packet, &cds[cd]))
            return false;
        e->active = true;
        fs_load(SEG_BDA);
        if (e->packet.drive & 0x80)
            BDA->disk_count++;
        else
            BDA->equipment |= EQUIPMENT_FLOPPY;
    }
    e->booted = true;
    return true;
}

void cd_emulation_ram_floppy(void)
{
    struct cd_emulation *e = &cd_emulation;

    e->cd = EMULATES_RAM;
    e->catalog = 0;
    e->packet.media = ELTORITO_MEDIA_1440;
    e->packet.drive = 0;
    e->packet.cylinders = ram_floppy.logical.cylinders - 1;
    e->packet.heads = ram_floppy.logical.heads - 1;
    e->packet.sectors = ram_floppy.logical.sectors;
    e->active = true;
    fs_load(SEG_BDA);
    BDA->equipment |= EQUIPMENT_FLOPPY;
}

void cd_emulation_stop(void)
{
    if (cd_emulation.active && cd_emulation.packet.drive & 0x80) {
        fs_load(SEG_BDA);
        BDA->disk_count--;
    }
    cd_emulation.active = cd_emulation.booted = false;
}

static inline drive_t source(void)
{
    return cd_emulation.cd == EMULATES_RAM ? &ram_floppy : &cds[cd_emulation.cd];
}

/* AH=02h, 03h, 04h in the order of enum disk_operation. */
static u8 access_ram(struct regs16 *r, u32 lba)
{
    struct transfer t = { .lba = lba, .count = r->al, .address = ((u32)r->es << 4) + r->bx, .operation = r->ah - 2 };

    return lba + r->al > ram_floppy.sectors || r->al > TRANSFER_MAX ? DISK_ESECTOR : ram_floppy.ops->transfer(&ram_floppy, &t);
}

static u8 access(struct regs16 *r)
{
    const struct eltorito_packet *p = &cd_emulation.packet;
    u16 cylinder = r->ch | (r->cl & 0xC0) << 2, last = p->cylinders | (p->sectors & 0xC0) << 2;
    u8 sector = r->cl & 0x3F, sectors = p->sectors & 0x3F;

    if (!r->al || !sector || sector > sectors || r->dh > p->heads || cylinder > last)
        return DISK_EINVALID;
    u32 lba = ((u32)cylinder * (p->heads + 1) + r->dh) * sectors + sector - 1;
    if (cd_emulation.cd == EMULATES_RAM)
        return access_ram(r, lba);
    if (r->ah == 0x03)
        return DISK_EPROTECTED;
    if (r->ah == 0x04)
        return DISK_OK;
    return read_sectors(lba, r->al, ((u32)r->es << 4) + r->bx);
}

static u8 parameters(struct regs16 *r)
{
    const struct eltorito_packet *p = &cd_emulation.packet;

    r->al = 0;
    r->ch = p->cylinders;
    r->cl = p->sectors;
    r->dh = p->heads;
    fs_load(SEG_BDA);
    r->dl = p->drive & 0x80 ? BDA->disk_count : (BDA->equipment >> 6 & 3) + 1;
    if (p->drive & 0x80)
        return DISK_OK;
    r->bl = p->cylinders < 40 ? FLOPPY_360 : p->sectors < 15 ? FLOPPY_720 : p->sectors < 18 ? FLOPPY_1200
          : p->sectors < 36 ? FLOPPY_1440 : FLOPPY_2880;
    fs_load(0);
    struct farptr dpt = ((struct farptr __seg_fs *)0)[0x1E];
    r->es = dpt.segment;
    r->di = dpt.offset;
    return DISK_OK;
}

u8 cd_emulation_call(struct regs16 *r)
{
    const struct eltorito_packet *p = &cd_emulation.packet;
    drive_t cd = source();

    switch (r->ah) {
    case 0x02:
    case 0x03:
    case 0x04:
        return access(r);
    case 0x08:
        return parameters(r);
    case 0x00:
        return cd->ops->reset(cd);
    case 0x01:
        fs_load(SEG_BDA);
        return BDA->disk_status;
    case 0x09:
    case 0x0C:
    case 0x0D:
    case 0x11:
    case 0x14:
    case 0x16:
        return DISK_OK;
    case 0x10:
        return cd->ops->ready(cd);
    case 0x15:                     /* int13 keeps AH: 3 fixed disk, 1 floppy without change line */
        r->ah = p->drive & 0x80 ? 3 : 1;
        if (p->drive & 0x80) {
            u32 sectors = (u32)((p->cylinders | (p->sectors & 0xC0) << 2) + 1) * (p->heads + 1) * (p->sectors & 0x3F);
            r->cx = sectors >> 16;
            r->dx = sectors;
        }
        return DISK_OK;
    default:
        return DISK_EINVALID;
    }
}
