/* SPDX-License-Identifier: BSD-2-Clause */
/* INT 13h AH=48h: what a drive is and where it hangs. EDD 3.0 chapter 4, "Get Drive Parameters"; T13/1572D. */
#include "int13.h"
#include "spec/edd.h"

#define PARAMS ((struct edd_params __seg_fs *)(u32)r->si)     /* FS = the caller's DS */
#define CHS_END  (16383u * 16 * 63)        /* more sectors than a drive's own geometry can tell */

static struct edd_dpte dpte;               /* of the drive that 48h was asked for last */

static u8 checksum(const u8 *bytes, u8 count)
{
    u8 sum = 0;

    while (count--)
        sum += *bytes++;
    return -sum;
}

static struct farptr dpte_fill(drive_t d)
{
    if (d->kind != DRIVE_ATA && d->kind != DRIVE_ATAPI)
        return far_make(0xFFFF, 0xFFFF);
    dpte.port = d->port;
    dpte.control = d->control;
    dpte.head = 0xA0 | (d->flags & DRIVE_LBA ? 0x40 : 0) | (d->unit ? 0x10 : 0);
    dpte.bios_vendor = 0;
    dpte.irq = d->irq;
    dpte.multiple = d->multiple;
    dpte.dma = 0;
    dpte.pio = 0;
    dpte.options = (d->flags & DRIVE_LBA ? EDD_OPTION_LBA : 0) | (d->multiple > 1 ? EDD_OPTION_MULTIPLE : 0)
                 | (d->flags & DRIVE_DMA ? EDD_OPTION_DMA : 0) | (d->flags & DRIVE_PIO32 ? EDD_OPTION_PIO32 : 0)
                 | (d->kind == DRIVE_ATAPI ? EDD_OPTION_REMOVABLE | EDD_OPTION_ATAPI : EDD_OPTION_CHS);
    dpte.reserved_0c = 0;
    dpte.revision = 0x11;
    dpte.checksum = checksum((u8 *)&dpte, sizeof dpte - 1);
    return far_make(data_segment(), (u16)(u32)&dpte);
}

static void put_text(char __seg_fs *to, romstr text, u8 size)
{
    while (size--)
        *to++ = *text ? *text++ : ' ';
}

static romstr interface_of(drive_t d)
{
    switch (d->kind) {
    case DRIVE_SATA:
    case DRIVE_SATA_CD:
        return ROMSTR("SATA");
    case DRIVE_ATAPI:
        return ROMSTR("ATAPI");
    case DRIVE_NVME:
        return ROMSTR("NVME");
    case DRIVE_VIRTIO:
    case DRIVE_SCSI:
    case DRIVE_SCSI_CD:
        return ROMSTR("SCSI");
    default:
        return ROMSTR("ATA");
    }
}

/* SATA: port; SCSI: target and, behind its 16 bits, the unit's number; NVMe: namespace; else 0 master, 1 slave. */
static void device_path_fill(u8 __seg_fs *path, drive_t d)
{
    path[0] = d->kind == DRIVE_SATA || d->kind == DRIVE_SATA_CD ? d->channel : d->unit;
    path[2] = d->lun;
    path[3] = d->lun >> 8;
}

static void path_fill(struct edd_params __seg_fs *p, drive_t d, bool t13)
{
    u8 length = t13 ? EDD_PATH_LENGTH_T13 : EDD_PATH_LENGTH, sum = 0;
    u8 __seg_fs *bytes = (u8 __seg_fs *)p + EDD_PATH_OFFSET;
    bool pci = d->bdf != BOOT_ANY_BDF;

    for (u8 i = 0; i < length; i++)
        bytes[i] = 0;
    p->key = EDD_PATH_KEY;
    p->path_length = length;
    put_text(p->host_bus, pci ? ROMSTR("PCI") : ROMSTR("ISA"), sizeof p->host_bus);
    put_text(p->interface, interface_of(d), sizeof p->interface);
    if (pci) {
        p->interface_path[0] = d->bdf >> 8;
        p->interface_path[1] = d->bdf >> 3 & 0x1F;
        p->interface_path[2] = d->bdf & 7;
        p->interface_path[3] = d->channel;
    } else {
        p->interface_path[0] = d->port;
        p->interface_path[1] = d->port >> 8;
    }
    device_path_fill(p->device_path, d);
    for (u8 i = 0; i < length; i++)
        sum += bytes[i];
    bytes[length - 1] = -sum;
}

static void size_fill(struct edd_params __seg_fs *p, drive_t d)
{
    p->cylinders = d->physical.cylinders;
    p->heads = d->physical.heads;
    p->sectors_per_track = d->physical.sectors;
    p->sectors = d->sectors;
    p->sectors_high = d->sectors_high;
    p->sector_size = d->sector_size;
    p->flags = EDD_INFO_BOUNDARY | (d->sectors_high || d->sectors > CHS_END ? 0 : EDD_INFO_GEOMETRY);
    if (!drive_is_cd(d))
        return;
    p->flags = EDD_INFO_BOUNDARY | EDD_INFO_REMOVABLE | EDD_INFO_CHANGE_LINE | EDD_INFO_LOCKABLE | EDD_INFO_NO_MEDIUM;
    p->cylinders = p->heads = p->sectors_per_track = p->sectors = p->sectors_high = 0xFFFFFFFF;
}

u8 int13_48(struct regs16 *r, drive_t d)
{
    struct farptr table = dpte_fill(d);
    u16 size;

    fs_load(r->ds);
    size = PARAMS->size;
    if (size < EDD_PARAMS_SIZE_1 || r->si > 0x10000 - EDD_PARAMS_SIZE_T13)
        return DISK_EINVALID;
    size_fill(PARAMS, d);
    PARAMS->size = EDD_PARAMS_SIZE_1;
    if (size < EDD_PARAMS_SIZE_2)
        return DISK_OK;
    PARAMS->dpte = table;
    PARAMS->size = EDD_PARAMS_SIZE_2;
    if (size < EDD_PARAMS_SIZE_3)
        return DISK_OK;
    path_fill(PARAMS, d, size >= EDD_PARAMS_SIZE_T13);
    PARAMS->size = size >= EDD_PARAMS_SIZE_T13 ? EDD_PARAMS_SIZE_T13 : EDD_PARAMS_SIZE_3;
    return DISK_OK;
}
