/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which SATA drives hang on AHCI controllers. Entered once, by POST (drives_find). Whatever ran the
 * controller before us is stopped first. An empty port costs a few register reads: only a link that we
 * power up ourselves, or that is about to come up, is waited for. AHCI 1.3.1, 2.4 and 10.1.2.
 */
#include "ahci.h"
#include "ata.h"
#include "pci_capability.h"
#include "pci_scan.h"

/* The index port, 0 if there is none in I/O space. */
static u16 index_port(u16 bdf)
{
    u8 at = pci_capability(bdf, PCI_CAP_SATA, 0), bar;
    u32 where, base;

    if (!at)
        return 0;
    where = pci_read32(bdf, at + SATACR1);
    bar = (where & SATACR1_BAR_MASK) * 4;
    if (bar < PCI_BAR0 || bar > PCI_BAR0 + 5 * 4)
        return 0;
    base = pci_read32(bdf, bar);
    return base & PCI_BAR_IO && base & 0xFFFC ? (base & 0xFFFC) + SATACR1_OFFSET(where & 0xFFFFFF) : 0;
}

static bool link_up(drive_t d, bool staggered)
{
    u32 command = ahci_port_read(d, PX_CMD);
    bool powered = command & PX_CMD_SUD || !staggered;

    if (!(command & PX_CMD_SUD))
        ahci_port_write(d, PX_CMD, command | PX_CMD_SUD | PX_CMD_POD);
    u32 link = ahci_port_read(d, PX_SSTS) & PX_SSTS_DET;
    if (link == PX_SSTS_DET_READY || (link == PX_SSTS_DET_NONE && powered))
        return link == PX_SSTS_DET_READY;
    return ahci_wait(d, PX_SSTS, PX_SSTS_DET, PX_SSTS_DET_READY, AHCI_TIMEOUT_LINK);
}

static void find_drive(u16 bdf, u16 port, u8 channel, bool staggered)
{
    struct drive __seg_gs *d = &drive_probed;

    *d = (struct drive){ .bdf = bdf, .port = port, .channel = channel, .flags = DRIVE_DMA, .irq = pci_read8(bdf, PCI_INTERRUPT_LINE) };
    if (ahci_stop(d) || !link_up(d, staggered) || ahci_start(d))
        return;
    u32 signature = ahci_port_read(d, PX_SIG);
    if (signature == PX_SIG_DISK) {
        d->kind = DRIVE_SATA;
        d->ops = &ahci_ops;
    } else if (signature == PX_SIG_PACKET) {
        d->kind = DRIVE_SATA_CD;
        d->ops = &ahci_cd_ops;
    } else {
        return;
    }
    if (!ahci_identify(d, drive_is_cd(d)))
        ata_add();
}

static void find_controller(u16 bdf)
{
    u16 port = index_port(bdf);
    u32 ports;
    bool staggered;

    if (!port) {
        log_print(ROMSTR("rombios: AHCI controller %04x has no Index-Data Pair in I/O space: not used\n"), bdf);
        return;
    }
    pci_write16(bdf, PCI_COMMAND, pci_read16(bdf, PCI_COMMAND) | PCI_COMMAND_IO | PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER);
    ahci_write(port, AHCI_GHC, AHCI_GHC_AE);
    staggered = ahci_read(port, AHCI_CAP) & AHCI_CAP_SSS;
    ports = ahci_read(port, AHCI_PI);
    for (u8 n = 0; n < AHCI_PORTS; n++, ports >>= 1)
        if (ports & 1)
            find_drive(bdf, port, n, staggered);
}

void ahci_find(void)
{
    for (u16 bdf = pci_first(); bdf != PCI_NO_FUNCTION; bdf = pci_next(bdf))
        if (pci_read16(bdf, PCI_SUBCLASS) == PCI_CLASS_AHCI)
            find_controller(bdf);
}
