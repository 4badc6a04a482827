/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A drive and how to reach it: what INT 13h knows of a disk, and what each driver offers.
 * The drive table is written by POST alone (drives_find); drivers keep no other state there.
 */
#ifndef DISK_H
#define DISK_H

#include "bios.h"

/* INT 13h status codes (Ralf Brown's list, table 00234). */
enum disk_status {
    DISK_OK          = 0x00,
    DISK_EINVALID    = 0x01,   /* bad function or parameter */
    DISK_EMARK       = 0x02,   /* address mark not found */
    DISK_EPROTECTED  = 0x03,   /* write protected */
    DISK_ESECTOR     = 0x04,   /* sector not found */
    DISK_ERESET      = 0x05,   /* reset failed */
    DISK_ECHANGED    = 0x06,   /* medium changed */
    DISK_EOVERRUN    = 0x08,   /* DMA overrun */
    DISK_EBOUNDARY   = 0x09,   /* DMA across 64 KiB */
    DISK_EMEDIA      = 0x0C,   /* unsupported track or medium */
    DISK_EDATA       = 0x10,   /* uncorrectable CRC or ECC error */
    DISK_ECONTROLLER = 0x20,
    DISK_ENOMEDIUM   = 0x31,
    DISK_ESEEK       = 0x40,
    DISK_ETIMEOUT    = 0x80,
    DISK_ENOTREADY   = 0xAA,
    DISK_EWRITE      = 0xCC,   /* write fault */
    DISK_EUNLOCK     = 0xB0,   /* not locked */
    DISK_ELOCKED     = 0xB1,
    DISK_ENOTREMOVABLE = 0xB2,
};

enum disk_operation { DISK_READ, DISK_WRITE, DISK_VERIFY };

/* One transfer of consecutive sectors. */
struct transfer {
    u32 lba, lba_high;
    u32 address;       /* physical or linear address of the buffer: see memory_is_physical() */
    u16 count;         /* sectors wanted, at most TRANSFER_MAX */
    u8  operation;     /* enum disk_operation */
    u16 done;          /* sectors transferred before an error */
};
#define TRANSFER_MAX   128      /* 64 KiB of 512-byte sectors */

struct chs {
    u16 cylinders;
    u16 heads;         /* 1-256 */
    u16 sectors;       /* 1-63 */
};

struct drive;
struct packet;
typedef const struct drive __seg_gs *drive_t;

struct disk_ops {
    /* Move t->count sectors; a DISK_ code. t->done counts what arrived if it fails. */
    u8 (*transfer)(drive_t d, struct transfer *t);
    /* Bring a drive that hangs back; a DISK_ code. */
    u8 (*reset)(drive_t d);
    /* Is it there, with a medium? A DISK_ code. */
    u8 (*ready)(drive_t d);
    /* CD and SCSI drives: one packet command (scsi.h); a DISK_ code. */
    u8 (*packet)(drive_t d, struct packet *p);
};

enum drive_kind {
    DRIVE_NONE, DRIVE_ATA, DRIVE_ATAPI, DRIVE_VIRTIO, DRIVE_RAMDISK, DRIVE_SATA, DRIVE_SATA_CD, DRIVE_SCSI, DRIVE_SCSI_CD, DRIVE_NVME,
};

#define DRIVE_LBA        0x01
#define DRIVE_LBA48      0x02
#define DRIVE_DMA        0x04
#define DRIVE_PIO32      0x08   /* the data port takes 32-bit accesses */
#define DRIVE_REMOVABLE  0x10
#define DRIVE_PACKET16   0x20
#define DRIVE_READ_ONLY  0x40
#define DRIVE_SILENT     0x80   /* did not answer POST: INT 19h does not wait for it again */

extern const struct disk_ops __seg_gs ata_ops, atapi_ops, ahci_ops, ahci_cd_ops, virtio_ops, ramdisk_ops, virtio_scsi_ops, virtio_scsi_cd_ops, nvme_ops;

#define DRIVE_NAME_SIZE  24

struct drive {
    const struct disk_ops __seg_gs *ops;
    u8  kind;               /* enum drive_kind */
    u8  flags;              /* DRIVE_... */
    u8  channel;            /* of its controller; AHCI: port */
    u8  unit;               /* 0 master, 1 slave; SCSI: target; NVMe: namespace */
    u16 lun;                /* SCSI */
    u16 bdf;                /* PCI function, BOOT_ANY_BDF for none */
    u16 port;               /* ATA command block; AHCI: index port */
    u16 control;            /* ATA control block */
    u16 busmaster;          /* its channel's bus-master block, 0 for none */
    u8  irq;
    u8  multiple;           /* ATA: sectors a DRQ block */
    u8  chunk;              /* sectors that one request moves at most: see dma_transfer */
    u16 sector_size;        /* bytes */
    u32 sectors, sectors_high;
    struct chs physical;
    struct chs logical;     /* what CHS calls use */
    char name[DRIVE_NAME_SIZE];
};

/* SMSW with PE clear: real mode, or our own VM86 monitor: linear addresses are physical ones. */
static inline bool memory_is_physical(void)
{
    u32 msw;
    asm volatile("smsw %0" : "=r"(msw));
    return !(msw & 1);
}

/* One past the last byte that segment:offset reaches. */
#define MEMORY_END  0x10FFF0u

/* An address below MEMORY_END: the highest segment, so that offsets stay small; the high memory area has FFFF alone. */
static inline struct farptr far_of(u32 address)
{
    u16 segment = address >> 20 ? 0xFFFF : address >> 4;

    return far_make(segment, address - ((u32)segment << 4));
}

static inline bool drive_is_cd(drive_t d)
{
    return d->kind == DRIVE_ATAPI || d->kind == DRIVE_SATA_CD || d->kind == DRIVE_SCSI_CD;
}

/* Move t->count sectors to or from t->address, a physical one; a DISK_ code. */
typedef u8 (*dma_request_t)(drive_t d, const struct transfer *t);

/* disk_ops.transfer by `request`, d->chunk sectors at a time: to t->address itself if `direct`, else through the copy area. dma_copy.c */
u8 dma_transfer(drive_t d, struct transfer *t, dma_request_t request, bool direct);

/* The segment of plain C objects. */
static inline u16 data_segment(void)
{
    u16 segment;
    asm volatile("movw %%ds, %0" : "=r"(segment));
    return segment;
}

/* Called by drivers while POST looks for drives: a cleared entry to fill, NULL if the table is full. */
struct drive __seg_gs *drive_new_disk(void);
struct drive __seg_gs *drive_new_cd(void);

/* d->name; at most DRIVE_NAME_SIZE - 1 characters. */
void drive_set_name(struct drive __seg_gs *d, romstr name);

/* Of the first n characters of d->name, as a device gave them: those that print, without blanks at the end. */
void drive_trim_name(struct drive __seg_gs *d, u8 n);

/* The drive that POST looks at, before it gets its entry. */
extern POSTVAR struct drive drive_probed;

/* A RAM disk of a floppy's size: drive 00h while it is what was booted. Its kind is DRIVE_NONE where there is none. */
extern POSTVAR struct drive ram_floppy;

/* 512 bytes and more that POST may overwrite: nothing is booted yet. */
#define SCRATCH_SEGMENT  0x0800

void ata_find(void);        /* ATA and ATAPI, legacy channels and PCI IDE */
void ahci_find(void);       /* SATA disks and CD drives */
void virtio_blk_find(void);
void virtio_scsi_find(void);
void nvme_find(void);
void ramdisk_find(void);    /* the image that the loader brought */

#endif
