/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Devices that earlier firmware left running (QEMU starts a -kernel through its own BIOS) still
 * own memory for their rings: reset them before that memory is ours, then close all decoders.
 * virtio 1.2, 4.1.4; AHCI 1.3.1, 3.1.2; NVMe 1.4, 3.1.5.
 */
#include "loader.h"
#include "hw/io.h"
#include "hw/nvme.h"
#include "hw/pci.h"

#define VENDOR_VIRTIO        0x1AF4
#define VIRTIO_LEGACY_STATUS 0x12      /* in the I/O BAR */
#define VIRTIO_CAP_CFG_TYPE  3
#define VIRTIO_CAP_COMMON    1
#define VIRTIO_CAP_PCI       5         /* access to a BAR through configuration space */
#define VIRTIO_CAP_BAR       4
#define VIRTIO_CAP_OFFSET    8
#define VIRTIO_CAP_LENGTH    12
#define VIRTIO_CAP_DATA      16
#define VIRTIO_COMMON_STATUS 0x14

#define AHCI_ABAR            0x24
#define AHCI_GHC             0x04
#define AHCI_GHC_HR          0x00000001u   /* reset; the device clears it */
#define NVME_CC              0x14
#define NVME_CSTS            0x1C
#define NVME_CSTS_RDY        0x00000001u

#define RESET_POLLS          100000u   /* of ~1 us each on real buses: AHCI allows 1 s for what takes microseconds */

static u8 virtio_capability(u16 bdf, u8 type)
{
    u8 at = pci_capability(bdf, PCI_CAP_VENDOR, 0);

    while (at && pci_read8(bdf, at + VIRTIO_CAP_CFG_TYPE) != type)
        at = pci_capability(bdf, PCI_CAP_VENDOR, at);
    return at;
}

static void quiet_virtio(u16 bdf)
{
    u8 common = virtio_capability(bdf, VIRTIO_CAP_COMMON), window = virtio_capability(bdf, VIRTIO_CAP_PCI);
    u32 io = pci_read32(bdf, PCI_BAR0);

    if (common && window) {
        pci_write8(bdf, window + VIRTIO_CAP_BAR, pci_read8(bdf, common + VIRTIO_CAP_BAR));
        pci_write32(bdf, window + VIRTIO_CAP_OFFSET, pci_read32(bdf, common + VIRTIO_CAP_OFFSET) + VIRTIO_COMMON_STATUS);
        pci_write32(bdf, window + VIRTIO_CAP_LENGTH, 1);
        pci_write8(bdf, window + VIRTIO_CAP_DATA, 0);
    } else if (io & PCI_BAR_IO) {
        outb((u16)(io & ~3u) + VIRTIO_LEGACY_STATUS, 0);
    }
}

/* Address of a memory BAR, NULL if unset or beyond our reach. */
static volatile u8 *memory_bar(u16 bdf, u8 reg)
{
    u32 low = pci_read32(bdf, reg);

    if ((low & PCI_BAR_TYPE) == PCI_BAR_64 && pci_read32(bdf, reg + 4))
        return NULL;
    return (volatile u8 *)(low & ~15u);
}

static void wait_clear(volatile u32 *reg, u32 bit)
{
    for (u32 polls = RESET_POLLS; polls && *reg & bit; polls--)
        spin_hint();
}

static void quiet_ahci(u16 bdf)
{
    volatile u8 *regs = memory_bar(bdf, AHCI_ABAR);

    if (!regs)
        return;
    *(volatile u32 *)(regs + AHCI_GHC) = AHCI_GHC_HR;
    wait_clear((volatile u32 *)(regs + AHCI_GHC), AHCI_GHC_HR);
}

static void quiet_nvme(u16 bdf)
{
    volatile u8 *regs = memory_bar(bdf, PCI_BAR0);

    if (!regs)
        return;
    *(volatile u32 *)(regs + NVME_CC) = 0;
    wait_clear((volatile u32 *)(regs + NVME_CSTS), NVME_CSTS_RDY);
}

void pci_quiesce(u16 bdf)
{
    u16 command = pci_read16(bdf, PCI_COMMAND), class;

    if (!(command & (PCI_COMMAND_IO | PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER)))
        return;
    class = pci_read16(bdf, PCI_SUBCLASS);
    if (pci_read16(bdf, PCI_VENDOR_ID) == VENDOR_VIRTIO)
        quiet_virtio(bdf);
    else if (class == PCI_CLASS_SATA && command & PCI_COMMAND_MEMORY)
        quiet_ahci(bdf);
    else if (class == PCI_CLASS_NVME && command & PCI_COMMAND_MEMORY)
        quiet_nvme(bdf);
    pci_write16(bdf, PCI_COMMAND, command & (u16)~(PCI_COMMAND_IO | PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER));
}
