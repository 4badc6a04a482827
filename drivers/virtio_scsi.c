/* SPDX-License-Identifier: BSD-2-Clause */
/* virtio-scsi: packets to the units behind a host adapter, and which units there are. VIRTIO 1.1, clause 5.6. */
#include "cd.h"
#include "pci_scan.h"
#include "scsi.h"
#include "virtio.h"

#define REQUEST    ((struct virtio_scsi_request __seg_fs *)DMA_REQUEST)       /* FS = DMA_AREA_SEGMENT */
#define RESPONSE_AT  ALIGN_UP(DMA_REQUEST + sizeof(struct virtio_scsi_request), 4)
#define RESPONSE   ((struct virtio_scsi_response __seg_fs *)RESPONSE_AT)
#define MAX_LUNS   8             /* looked at of one target */

static void request_fill(drive_t d, const struct packet *p)
{
    u8 __seg_fs *bytes = (u8 __seg_fs *)DMA_REQUEST;

    for (u8 i = 0; i < sizeof(struct virtio_scsi_request); i++)
        bytes[i] = 0;
    REQUEST->lun[0] = 1;
    REQUEST->lun[1] = d->unit;
    REQUEST->lun[2] = VIRTIO_SCSI_LUN_FLAT | d->lun >> 8;
    REQUEST->lun[3] = d->lun;
    for (u8 i = 0; i < PACKET_BYTES; i++)
        REQUEST->cdb[i] = p->bytes[i];
    RESPONSE->response = 0xFF;
}

static u8 run(drive_t d, const struct packet *p, u32 address)
{
    u8 n = 0, code = virtio_take(d, VIRTIO_SCSI_QUEUE, 0);

    if (code)
        return code;
    request_fill(d, p);
    virtio_describe(n++, DMA_ADDRESS(DMA_REQUEST), sizeof(struct virtio_scsi_request), false);
    if (p->length && p->write)
        virtio_describe(n++, address, p->length, false);
    virtio_describe(n++, DMA_ADDRESS(RESPONSE_AT), sizeof(struct virtio_scsi_response), true);
    if (p->length && !p->write)
        virtio_describe(n++, address, p->length, true);
    return virtio_run(n);
}

/* A unit that is not there, or no longer, does not answer. */
static u8 virtio_scsi_packet(drive_t d, struct packet *p)
{
    u8 code = run(d, p, p->direct ? p->address : DMA_ADDRESS(DMA_COPY));

    p->moved = 0;
    if (code)
        return code;
    if (RESPONSE->response != VIRTIO_SCSI_S_OK)
        return DISK_ETIMEOUT;
    if (RESPONSE->status) {
        p->sense_key = RESPONSE->sense[SENSE_KEY] & SENSE_KEY_MASK;
        p->asc = RESPONSE->sense[SENSE_ASC];
        return DISK_ECONTROLLER;
    }
    p->moved = p->length - RESPONSE->residual;
    if (!p->direct && !p->write)
        far_copy(far_of(p->address), far_make(DMA_AREA_SEGMENT, DMA_COPY), p->moved);
    return DISK_OK;
}

ROM_EXT struct disk_ops virtio_scsi_ops = { scsi_disk_transfer, virtio_reset, scsi_ready, virtio_scsi_packet };
ROM_EXT struct disk_ops virtio_scsi_cd_ops = { cd_transfer, virtio_reset, scsi_ready, virtio_scsi_packet };

/* A target's units. drive_probed names it. */
static void find_units(void)
{
    u8 luns[REPORT_LUNS_HEADER + MAX_LUNS * REPORT_LUNS_ENTRY];
    struct packet p = { .bytes = { SCSI_REPORT_LUNS, [9] = sizeof luns } };

    drive_probed.lun = 0;
    if (scsi_ask(&drive_probed, &p, luns, sizeof luns))
        return;
    u32 end = REPORT_LUNS_HEADER + be32(luns);
    for (u8 at = REPORT_LUNS_HEADER; at < end && at < sizeof luns; at += REPORT_LUNS_ENTRY) {
        drive_probed.lun = (luns[at] & 0x3F) << 8 | luns[at + 1];
        scsi_add(&virtio_scsi_ops, &virtio_scsi_cd_ops);
    }
}

static void find_targets(u16 bdf)
{
    struct virtio v;
    u16 last;

    if (!virtio_open(&v, bdf))
        return;
    virtio_stop(&v);
    last = virtio_config(&v, VIRTIO_SCSI_MAX_TARGET, 2);
    for (u16 target = 0; target <= last && target <= 0xFF; target++) {
        drive_probed = (struct drive){ .ops = &virtio_scsi_ops, .bdf = bdf, .unit = target, .irq = pci_read8(bdf, PCI_INTERRUPT_LINE) };
        find_units();
    }
}

void virtio_scsi_find(void)
{
    for (u16 bdf = pci_first(); bdf != PCI_NO_FUNCTION; bdf = pci_next(bdf))
        if (virtio_is(bdf, PCI_DEVICE_VIRTIO_SCSI, PCI_DEVICE_VIRTIO_1_SCSI))
            find_targets(bdf);
}
