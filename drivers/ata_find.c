/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which ATA and ATAPI drives there are. Entered once, by POST (drives_find). A channel or drive that is
 * missing costs a few port reads; a wait happens only for a drive that says it is busy.
 * ATA/ATAPI-6 clauses 8.15, 8.16, 9.12; PCI IDE Controller Specification 1.0.
 */
#include "ata.h"
#include "pci_scan.h"
#include "hw/io.h"
#include "hw/pci.h"

#define ID ((u16 __seg_fs *)0)      /* IDENTIFY data; FS = SCRATCH_SEGMENT */

struct channel {
    u16 bdf, port, control, busmaster;
    u8  number, irq;
};

static u32 id32(u8 word)
{
    return ID[word] | (u32)ID[word + 1] << 16;
}

/* PIO data-in command without parameters; its 512 bytes to SCRATCH_SEGMENT. */
static u8 identify(drive_t d, u8 command)
{
    u16 port = d->port;
    u8 code = ata_select(d, 0);

    if (code)
        return code;
    outb(port + ATA_COMMAND, command);
    inb(d->control);
    u8 status = ata_wait(port + ATA_STATUS, ATA_STATUS_BSY, ATA_TIMEOUT_COMMAND);
    if (!status || status & ATA_STATUS_BSY)
        return DISK_ETIMEOUT;
    if (!(status & ATA_STATUS_DRQ))
        return DISK_ECONTROLLER;
    ata_read_block(d, SCRATCH_SEGMENT << 4, 512);
    inb(port + ATA_STATUS);
    return DISK_OK;
}

/*
 * Registers hold what was written to them only where there is a drive. A drive comes here reset, by power-on or
 * by whoever ran before; one that is still within a command or hangs gets the software reset.
 */
static bool answers(drive_t d)
{
    u16 port = d->port;

    outb(port + ATA_DEVICE, ATA_DEVICE_OBSOLETE | (d->unit ? ATA_DEVICE_DEV : 0));
    u8 status = inb(d->control);
    if (status == ATA_STATUS_FLOATING)
        return false;
    if (ata_poll(d->control, ATA_STATUS_BSY, ATA_TIMEOUT_READY) & (ATA_STATUS_BSY | ATA_STATUS_DRQ) && ata_reset(d))
        return false;
    outb(port + ATA_DEVICE, ATA_DEVICE_OBSOLETE | (d->unit ? ATA_DEVICE_DEV : 0));
    outb(port + ATA_COUNT, 0x55);
    outb(port + ATA_LBA_LOW, 0xAA);
    return inb(port + ATA_COUNT) == 0x55 && inb(port + ATA_LBA_LOW) == 0xAA;
}

static void set_name(struct drive __seg_gs *d)
{
    for (u8 i = 0; i < DRIVE_NAME_SIZE - 1; i++)
        d->name[i] = i & 1 ? ID[ID_MODEL + i / 2] : ID[ID_MODEL + i / 2] >> 8;
    drive_trim_name(d, DRIVE_NAME_SIZE - 1);
}

static void set_physical(struct drive __seg_gs *d)
{
    bool current = ID[ID_VALID] & ID_VALID_CURRENT && ID[ID_CURRENT_HEADS] && ID[ID_CURRENT_SECTORS];
    u8 first = current ? ID_CURRENT_CYLINDERS : ID_CYLINDERS;

    d->physical.cylinders = ID[first];
    d->physical.heads = ID[current ? ID_CURRENT_HEADS : ID_HEADS];
    d->physical.sectors = ID[current ? ID_CURRENT_SECTORS : ID_SECTORS];
}

static void set_size(struct drive __seg_gs *d)
{
    d->sector_size = 512;
    if ((ID[ID_SECTOR_SIZE] & ID_SECTOR_SIZE_MASK) == ID_SECTOR_SIZE_LONG)
        d->sector_size = ID[ID_LOGICAL_WORDS] * 2;
    if (ID[ID_CAPABILITIES] & ID_CAPABILITIES_LBA) {
        d->flags |= DRIVE_LBA;
        d->sectors = id32(ID_LBA_SECTORS);
        if (ID[ID_COMMANDS_2] & ID_COMMANDS_2_LBA48 && (id32(ID_LBA48_SECTORS) || id32(ID_LBA48_SECTORS + 2))) {
            d->flags |= DRIVE_LBA48;
            d->sectors = id32(ID_LBA48_SECTORS);
            d->sectors_high = id32(ID_LBA48_SECTORS + 2);
        }
    } else {
        d->sectors = (u32)d->physical.cylinders * d->physical.heads * d->physical.sectors;
    }
}

struct drive __seg_gs *ata_add(void)
{
    bool cd = drive_is_cd(&drive_probed);
    struct drive __seg_gs *d;

    fs_load(SCRATCH_SEGMENT);
    if (cd && (ID[ID_PACKET_TYPE] & ID_PACKET_TYPE_MASK) != ID_PACKET_TYPE_CD)
        return NULL;
    d = cd ? drive_new_cd() : drive_new_disk();
    if (!d)
        return NULL;
    *d = drive_probed;
    set_name(d);
    if (cd) {
        d->sector_size = 2048;
        d->sectors = 0xFFFFFFFF;                      /* the medium's size is the drive's to check */
        d->flags |= DRIVE_REMOVABLE;
        if ((ID[ID_PACKET_TYPE] & ID_PACKET_DRQ_MASK) == ID_PACKET_16)
            d->flags |= DRIVE_PACKET16;
    } else {
        set_physical(d);
        set_size(d);
        d->multiple = ID[ID_MULTIPLE_MAX] & 0xFF ? ID[ID_MULTIPLE_MAX] : 1;
        d->chunk = TRANSFER_MAX;
    }
    return d;
}

static void add(u8 kind, const struct disk_ops __seg_gs *ops)
{
    struct drive __seg_gs *d;

    drive_probed.kind = kind;
    drive_probed.ops = ops;
    d = ata_add();
    if (!d)
        return;
    fs_load(SCRATCH_SEGMENT);
    if (d->busmaster && ID[ID_CAPABILITIES] & ID_CAPABILITIES_DMA)
        d->flags |= DRIVE_DMA;
    if (kind == DRIVE_ATA && ata_set_multiple(d))
        d->multiple = 1;
}

POSTVAR struct drive drive_probed;

static void find_drives(const struct channel *c)
{
    if (c->busmaster) {
        outb(c->busmaster + BM_COMMAND, 0);
        outb(c->busmaster + BM_STATUS, BM_STATUS_ERROR | BM_STATUS_INTERRUPT);
    }
    for (u8 unit = 0; unit < 2; unit++) {
        drive_probed = (struct drive){
            .bdf = c->bdf, .channel = c->number, .unit = unit, .port = c->port, .control = c->control,
            .busmaster = c->busmaster, .irq = c->irq, .flags = c->bdf != BOOT_ANY_BDF ? DRIVE_PIO32 : 0,
        };
        if (!answers(&drive_probed))
            continue;
        u8 code = identify(&drive_probed, ATA_IDENTIFY);
        if (!code)
            add(DRIVE_ATA, &ata_ops);
        else if ((inb(c->port + ATA_LBA_MID) | inb(c->port + ATA_LBA_HIGH) << 8) == ATAPI_SIGNATURE
                 && !identify(&drive_probed, ATA_IDENTIFY_PACKET))
            add(DRIVE_ATAPI, &atapi_ops);
        ata_finish(&drive_probed);
    }
}

static u16 io_bar(u16 bdf, u8 n)
{
    u32 bar = pci_read32(bdf, PCI_BAR0 + 4 * n);

    return bar & PCI_BAR_IO ? bar & 0xFFFC : 0;
}

static u8 find_pci(u16 bdf)
{
    u8 interface = pci_read8(bdf, PCI_PROG_IF), legacy = 0;
    u16 bm = interface & PCI_IDE_MASTER ? io_bar(bdf, PCI_IDE_BM_BAR) : 0;

    pci_write16(bdf, PCI_COMMAND, pci_read16(bdf, PCI_COMMAND) | PCI_COMMAND_IO | PCI_COMMAND_MASTER);
    for (u8 n = 0; n < 2; n++) {
        struct channel c = { .bdf = bdf, .number = n, .busmaster = bm ? bm + n * BM_CHANNEL_SIZE : 0 };

        if (interface & PCI_IDE_NATIVE(n)) {
            c.port = io_bar(bdf, 2 * n);
            c.control = io_bar(bdf, 2 * n + 1) + 2;
            c.irq = pci_read8(bdf, PCI_INTERRUPT_LINE);
            if (!c.port || c.control == 2)
                continue;
        } else {
            c.port = n ? ATA2_COMMAND_BLOCK : ATA1_COMMAND_BLOCK;
            c.control = n ? ATA2_CONTROL_BLOCK : ATA1_CONTROL_BLOCK;
            c.irq = n ? ATA2_IRQ : ATA1_IRQ;
            legacy |= 1 << n;
            if (pci_read16(bdf, PCI_VENDOR_ID) == PCI_VENDOR_INTEL)
                pci_write16(bdf, PIIX_IDETIM + 2 * n, pci_read16(bdf, PIIX_IDETIM + 2 * n) | PIIX_IDETIM_DECODE);
        }
        find_drives(&c);
    }
    return legacy;
}

void ata_find(void)
{
    u8 found = 0;

    for (u16 bdf = pci_first(); bdf != PCI_NO_FUNCTION; bdf = pci_next(bdf))
        if (pci_read16(bdf, PCI_SUBCLASS) == PCI_CLASS_IDE)
            found |= find_pci(bdf);
    for (u8 n = 0; n < 2; n++) {
        const struct channel isa = {
            .bdf = BOOT_ANY_BDF, .number = n, .port = n ? ATA2_COMMAND_BLOCK : ATA1_COMMAND_BLOCK,
            .control = n ? ATA2_CONTROL_BLOCK : ATA1_CONTROL_BLOCK, .irq = n ? ATA2_IRQ : ATA1_IRQ,
        };
        if (!(found & 1 << n))
            find_drives(&isa);
    }
}
