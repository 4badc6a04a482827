/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Registers of a virtio device on PCI. The legacy interface is I/O space; the modern one lies in memory above 1 MiB, and is
 * reached through the window that every such device has in configuration space. VIRTIO 1.1, clauses 4.1.4, 4.1.4.7, 4.1.4.8.
 */
#include "virtio.h"
#include "virtio_registers.h"
#include "pci_capability.h"

u32 virtio_read(const struct virtio *v, u8 capability, u32 offset, u8 bytes)
{
    virtio_aim(v, capability, offset, bytes);
    pci_select(v->bdf, v->window + VIRTIO_CAP_PCI_DATA);
    return bytes == 1 ? inb(PCI_CONFIG_DATA) : bytes == 2 ? inw(PCI_CONFIG_DATA) : inl(PCI_CONFIG_DATA);
}

void virtio_write(const struct virtio *v, u32 offset, u8 bytes, u32 value)
{
    virtio_aim(v, v->common, offset, bytes);
    pci_select(v->bdf, v->window + VIRTIO_CAP_PCI_DATA);
    if (bytes == 1)
        outb(PCI_CONFIG_DATA, value);
    else if (bytes == 2)
        outw(PCI_CONFIG_DATA, value);
    else
        outl(PCI_CONFIG_DATA, value);
}

void virtio_aim(const struct virtio *v, u8 capability, u32 offset, u8 bytes)
{
    pci_write8(v->bdf, v->window + VIRTIO_CAP_BAR, pci_read8(v->bdf, capability + VIRTIO_CAP_BAR));
    pci_write32(v->bdf, v->window + VIRTIO_CAP_OFFSET, pci_read32(v->bdf, capability + VIRTIO_CAP_OFFSET) + offset);
    pci_write32(v->bdf, v->window + VIRTIO_CAP_LENGTH, bytes);
}

static void find_capabilities(struct virtio *v)
{
    for (u8 at = pci_capability(v->bdf, PCI_CAP_VENDOR, 0); at; at = pci_capability(v->bdf, PCI_CAP_VENDOR, at)) {
        u8 type = pci_read8(v->bdf, at + VIRTIO_CAP_TYPE);

        if (type == VIRTIO_CAP_COMMON && !v->common)         /* the first of a kind is the preferred one */
            v->common = at;
        else if (type == VIRTIO_CAP_NOTIFY && !v->notify)
            v->notify = at;
        else if (type == VIRTIO_CAP_DEVICE && !v->device)
            v->device = at;
        else if (type == VIRTIO_CAP_PCI)
            v->window = at;
    }
}

bool virtio_is(u16 bdf, u16 transitional, u16 modern)
{
    u32 id = pci_read32(bdf, PCI_VENDOR_ID);

    return (u16)id == PCI_VENDOR_VIRTIO && (id >> 16 == transitional || id >> 16 == modern);
}

bool virtio_open(struct virtio *v, u16 bdf)
{
    u32 bar = pci_read32(bdf, PCI_BAR0);

    *v = (struct virtio){ .bdf = bdf };
    if (pci_read16(bdf, PCI_DEVICE_ID) < PCI_DEVICE_VIRTIO_1 && bar & PCI_BAR_IO)
        v->port = bar & 0xFFFC;
    pci_write16(bdf, PCI_COMMAND, pci_read16(bdf, PCI_COMMAND) | PCI_COMMAND_IO | PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER);
    if (v->port)
        return true;
    find_capabilities(v);
    return v->window && v->common && v->notify && v->device;
}

void virtio_status(const struct virtio *v, u8 status)
{
    if (v->port)
        outb(v->port + VIRTIO_STATUS, status);
    else
        virtio_write(v, VIRTIO_1_STATUS, 1, status);
}

void virtio_stop(const struct virtio *v)
{
    virtio_status(v, 0);
}

u32 virtio_features(const struct virtio *v)
{
    if (v->port)
        return inl(v->port + VIRTIO_DEVICE_FEATURES);
    virtio_write(v, VIRTIO_1_DEVICE_FEATURE_SELECT, 4, 0);
    return virtio_read(v, v->common, VIRTIO_1_DEVICE_FEATURE, 4);
}

u32 virtio_config(const struct virtio *v, u8 offset, u8 bytes)
{
    u16 port = v->port + VIRTIO_CONFIG + offset;

    if (!v->port)
        return virtio_read(v, v->device, offset, bytes);
    return bytes == 1 ? inb(port) : bytes == 2 ? inw(port) : inl(port);
}
