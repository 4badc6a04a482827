/* SPDX-License-Identifier: BSD-2-Clause */
/* Which NVMe controllers and namespaces there are. Entered once, by POST (drives_find). NVM Express 1.4, clause 5.15. */
#include "nvme.h"
#include "pci_scan.h"
#include "hw/pci.h"

#define ANSWER      (SCRATCH_SEGMENT << 4)     /* page aligned; FS = SCRATCH_SEGMENT to read it */
#define AT8(at)     (*(u8 __seg_fs *)(at))
#define AT32(at)    (*(u32 __seg_fs *)(u32)(at))
#define MODEL_SIZE  (DRIVE_NAME_SIZE - 1)

static u8 identify(u32 space, u8 what)
{
    u8 code = nvme_admin(NVME_IDENTIFY, space, ANSWER, what, 0);

    fs_load(SCRATCH_SEGMENT);
    return code;
}

/* What drive_probed knows of its controller: name, and most sectors of 512 bytes that a command moves. */
static u16 identify_controller(void)
{
    u8 pages;

    if (identify(0, NVME_IDENTIFY_CONTROLLER))
        return 0;
    for (u8 i = 0; i < MODEL_SIZE; i++)
        drive_probed.name[i] = AT8(NVME_ID_MODEL + i);
    drive_trim_name(&drive_probed, MODEL_SIZE);
    pages = AT8(NVME_ID_MDTS);
    return pages && pages < 8 ? NVME_PAGE / 512 << pages : NVME_PAGE / 512 << 8;
}

static void add(u8 space, u16 limit)
{
    struct drive __seg_gs *d;
    u8 format;

    if (identify(space, NVME_IDENTIFY_NAMESPACE) || !(AT32(NVME_ID_SIZE) | AT32(NVME_ID_SIZE + 4)))
        return;
    format = AT8(NVME_ID_FORMATS + 4 * (AT8(NVME_ID_FORMAT) & 0x0F) + 2);
    if (format < 9 || format > 12)
        return log_print(ROMSTR("rombios: NVMe namespace %d: blocks of 2^%d bytes: not used\n"), space, format);
    d = drive_new_disk();
    if (!d)
        return;
    *d = drive_probed;
    d->unit = space;
    d->sector_size = 1 << format;
    d->chunk = MIN(TRANSFER_MAX, limit >> (format - 9));
    d->sectors = AT32(NVME_ID_SIZE);
    d->sectors_high = AT32(NVME_ID_SIZE + 4);
    if (AT8(NVME_ID_READ_ONLY) & 1)
        d->flags |= DRIVE_READ_ONLY;
}

static void find_namespaces(u16 bdf)
{
    u16 limit;
    u8 last = 0;

    drive_probed = (struct drive){ .ops = &nvme_ops, .kind = DRIVE_NVME, .bdf = bdf, .multiple = 1, .irq = pci_read8(bdf, PCI_INTERRUPT_LINE),
                                   .flags = DRIVE_LBA | DRIVE_LBA48 | DRIVE_DMA };
    if (nvme_start(bdf))
        return;
    limit = identify_controller();
    while (limit && !identify(last, NVME_IDENTIFY_ACTIVE) && AT32(0) > last && AT32(0) < 0xFF) {
        last = AT32(0);
        add(last, limit);
    }
}

void nvme_find(void)
{
    for (u16 bdf = pci_first(); bdf != PCI_NO_FUNCTION; bdf = pci_next(bdf)) {
        if (pci_read16(bdf, PCI_SUBCLASS) != PCI_CLASS_NVME || pci_read8(bdf, PCI_PROG_IF) != PCI_NVME_IO)
            continue;
        pci_write16(bdf, PCI_COMMAND, pci_read16(bdf, PCI_COMMAND) | PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER);
        if (nvme_window_fits(bdf))
            find_namespaces(bdf);
        else
            log_print(ROMSTR("rombios: NVMe controller %04x: registers do not fit at E8000: not used\n"), bdf);
    }
}
