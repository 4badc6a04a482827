/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SATA disks and CD drives on an AHCI controller. Its registers lie above 1 MiB, where real mode does
 * not reach: all accesses go through the Index-Data Pair in I/O space. One command at a time in slot 0;
 * all ports share its memory in the DMA area. A command costs one register write and one read, the
 * rest is polled in memory. AHCI 1.3.1 chapters 5, 6, 10; Serial ATA 3.0, 10.3.
 */
#include "ahci.h"
#include "ata.h"
#include "cd.h"
#include "dma_area.h"
#include "scsi.h"
#include "timer.h"

#define TIMEOUT_ENGINE   (500 * MS)        /* AHCI 1.3.1, 10.1.2 */
#define TIMEOUT_COMRESET (1 * MS)

#define HEADER    ((struct ahci_header __seg_fs *)DMA_AHCI_LIST)          /* FS = DMA_AREA_SEGMENT */
#define TABLE     ((struct ahci_table __seg_fs *)DMA_AHCI_TABLE)
#define RECEIVED  ((volatile struct ahci_received __seg_fs *)DMA_AHCI_FIS)

u32 ahci_port_read(drive_t d, u16 reg)
{
    return ahci_read(d->port, AHCI_PORT(d->channel) + reg);
}

void ahci_port_write(drive_t d, u16 reg, u32 value)
{
    ahci_write(d->port, AHCI_PORT(d->channel) + reg, value);
}

bool ahci_wait(drive_t d, u16 reg, u32 mask, u32 value, u32 us)
{
    struct timer t;

    if ((ahci_port_read(d, reg) & mask) == value)
        return true;
    timer_start(&t, us);
    do {
        wait_irq();
        if ((ahci_port_read(d, reg) & mask) == value)
            return true;
    } while (!timer_done(&t));
    return false;
}

static bool engine_off(drive_t d, u32 command, u32 running)
{
    ahci_port_write(d, PX_CMD, command);
    return ahci_wait(d, PX_CMD, running, 0, TIMEOUT_ENGINE);
}

/* An empty port costs one read. */
u8 ahci_stop(drive_t d)
{
    u32 command = ahci_port_read(d, PX_CMD);

    if (command & (PX_CMD_ST | PX_CMD_CR) && !engine_off(d, command &= ~PX_CMD_ST, PX_CMD_CR))
        return DISK_ERESET;
    if (command & (PX_CMD_FRE | PX_CMD_FR) && !engine_off(d, command & ~PX_CMD_FRE, PX_CMD_FR))
        return DISK_ERESET;
    return DISK_OK;
}

u8 ahci_start(drive_t d)
{
    u32 command = ahci_port_read(d, PX_CMD) | PX_CMD_FRE;

    ahci_port_write(d, PX_CLB, DMA_ADDRESS(DMA_AHCI_LIST));
    ahci_port_write(d, PX_CLBU, 0);
    ahci_port_write(d, PX_FB, DMA_ADDRESS(DMA_AHCI_FIS));
    ahci_port_write(d, PX_FBU, 0);
    ahci_port_write(d, PX_IE, 0);
    ahci_port_write(d, PX_SERR, 0xFFFFFFFF);
    ahci_port_write(d, PX_IS, 0xFFFFFFFF);
    ahci_port_write(d, PX_CMD, command);
    if (!ahci_wait(d, PX_TFD, ATA_STATUS_BSY | ATA_STATUS_DRQ, 0, ATA_TIMEOUT_READY))
        return DISK_ERESET;
    ahci_port_write(d, PX_CMD, command | PX_CMD_ST);
    return DISK_OK;
}

u8 ahci_reset(drive_t d)
{
    u32 control = ahci_port_read(d, PX_SCTL) & ~PX_SCTL_DET;

    if (ahci_stop(d))
        return DISK_ERESET;
    ahci_port_write(d, PX_SCTL, control | PX_SCTL_DET_RESET);
    timer_wait(TIMEOUT_COMRESET);
    ahci_port_write(d, PX_SCTL, control);
    if (!ahci_wait(d, PX_SSTS, PX_SSTS_DET, PX_SSTS_DET_READY, AHCI_TIMEOUT_LINK))
        return DISK_ERESET;
    return ahci_start(d);
}

/* A failed command stops the port (AHCI 1.3.1, 6.2.2.1); a device that still works at it needs a reset. */
static void recover(drive_t d, u8 code)
{
    if (code == DISK_ETIMEOUT || ahci_port_read(d, PX_TFD) & (ATA_STATUS_BSY | ATA_STATUS_DRQ))
        ahci_reset(d);
    else if (!ahci_stop(d))
        ahci_start(d);
}

/* Slot 0: a command without its block address. FS = DMA_AREA_SEGMENT afterwards. */
static void prepare(u16 flags, u8 command, u8 features, u32 address, u32 bytes)
{
    fs_load(DMA_AREA_SEGMENT);
    HEADER->flags = flags | AHCI_HEADER_FIS_DWORDS;
    HEADER->regions = bytes != 0;
    HEADER->moved = 0;
    HEADER->table = DMA_ADDRESS(DMA_AHCI_TABLE);
    HEADER->table_high = 0;
    TABLE->region.address = address;
    TABLE->region.address_high = 0;
    TABLE->region.bytes = bytes - 1;
    TABLE->fis[0] = FIS_H2D | FIS_H2D_COMMAND | (u32)command << 16 | (u32)features << 24;
    TABLE->fis[1] = TABLE->fis[2] = TABLE->fis[3] = TABLE->fis[4] = 0;
}

static u8 wait(drive_t d)
{
    struct timer t;

    timer_start(&t, ATA_TIMEOUT_COMMAND);
    do {
        if (ahci_port_read(d, PX_IS) & PX_IS_ERRORS)
            return DISK_ECONTROLLER;
        if (!ahci_port_read(d, PX_CI))
            return DISK_OK;
        wait_irq();
    } while (!timer_done(&t));
    return DISK_ETIMEOUT;
}

/*
 * Run what slot 0 holds; a DISK_ code. The device ends a command with a Register FIS, which comes to memory
 * before the port clears CI; PIO data in (IDENTIFY) ends without one.
 */
static u8 run(drive_t d, bool pio)
{
    u8 code = DISK_OK, status, error;

    RECEIVED->type = 0;
    ahci_port_write(d, PX_CI, 1);
    if (!pio)
        dma_spin((dma_word_t)&RECEIVED->type, 0xFF, FIS_D2H);
    if (inl(d->port + AHCI_IDP_DATA))                  /* the index is still that of CI */
        code = wait(d);
    fs_load(DMA_AREA_SEGMENT);
    if (RECEIVED->type == FIS_D2H) {
        status = RECEIVED->status;
        error = RECEIVED->error;
    } else {
        u16 task_file = ahci_port_read(d, PX_TFD);
        status = task_file;
        error = task_file >> 8;
    }
    if (!code && !(status & (ATA_STATUS_BSY | ATA_STATUS_DRQ | ATA_STATUS_DF | ATA_STATUS_ERR)))
        return DISK_OK;
    if (code != DISK_ETIMEOUT)
        code = status & (ATA_STATUS_DF | ATA_STATUS_ERR) ? ata_error_code(status, error) : DISK_ECONTROLLER;
    recover(d, code);
    return code;
}

u8 ahci_identify(drive_t d, bool packet)
{
    prepare(0, packet ? ATA_IDENTIFY_PACKET : ATA_IDENTIFY, 0, SCRATCH_SEGMENT << 4, 512);
    return run(d, true);
}

/* Sectors to or from a physical address. */
static u8 request(drive_t d, const struct transfer *t)
{
    bool ext = d->flags & DRIVE_LBA48;
    u32 lba = t->lba, device = ATA_DEVICE_LBA;
    u16 flags = 0;
    u8 command;

    if (t->operation == DISK_READ) {
        command = ext ? ATA_READ_DMA_EXT : ATA_READ_DMA;
    } else if (t->operation == DISK_WRITE) {
        command = ext ? ATA_WRITE_DMA_EXT : ATA_WRITE_DMA;
        flags = AHCI_HEADER_WRITE;
    } else {
        command = ext ? ATA_READ_VERIFY_EXT : ATA_READ_VERIFY;
    }
    prepare(flags, command, 0, t->address, t->operation == DISK_VERIFY ? 0 : (u32)t->count * d->sector_size);
    if (ext)
        TABLE->fis[2] = lba >> 24 | (t->lba_high & 0xFFFF) << 8;
    else
        device |= lba >> 24 & 0x0F;
    TABLE->fis[1] = (lba & 0xFFFFFF) | device << 24;
    TABLE->fis[3] = t->count;
    return run(d, false);
}

/* The controller moves words: an odd address goes through the copy area, too. */
static u8 ahci_transfer(drive_t d, struct transfer *t)
{
    return dma_transfer(d, t, request, t->operation == DISK_VERIFY || packet_direct(t->address));
}

static u8 ahci_packet(drive_t d, struct packet *p)
{
    u8 code;

    prepare(AHCI_HEADER_ATAPI, ATA_PACKET, p->length ? ATAPI_FEATURES_DMA : 0, p->direct ? p->address : DMA_ADDRESS(DMA_COPY), p->length);
    for (u8 i = 0; i < ARRAY_SIZE(TABLE->packet); i++)
        TABLE->packet[i] = p->dwords[i];
    code = run(d, false);
    fs_load(DMA_AREA_SEGMENT);
    p->moved = code ? 0 : HEADER->moved;
    if (!p->direct)
        far_copy(far_of(p->address), far_make(DMA_AREA_SEGMENT, DMA_COPY), p->moved);
    return code;
}

static u8 ahci_ready(drive_t d)
{
    return (ahci_port_read(d, PX_SSTS) & PX_SSTS_DET) == PX_SSTS_DET_READY ? DISK_OK : DISK_ENOTREADY;
}

ROM_EXT struct disk_ops ahci_ops = { ahci_transfer, ahci_reset, ahci_ready, NULL };
ROM_EXT struct disk_ops ahci_cd_ops = { cd_transfer, ahci_reset, scsi_ready, ahci_packet };
