/* SPDX-License-Identifier: BSD-2-Clause */
/* Disk containers (qcow2, VMDK, VDI, VHD, VHDX): told by their headers, opened by the engine. */
#include "image.h"
#include <stdio.h>
#include <string.h>

static const struct {
    uint64_t offset;
    const char *magic;
    size_t bytes;
    const char *format, *what;
} containers[] = {
    { 0,    "QFI\373",                4,  "qcow2", "QEMU copy-on-write disk" },
    { 0,    "KDMV",                   4,  "vmdk",  "VMware disk" },
    { 0,    "COWD",                   4,  "vmdk",  "VMware disk (ESX)" },
    { 0,    "# Disk DescriptorFile", 21,  "vmdk",  "VMware disk descriptor" },
    { 0x40, "\177\020\332\276",       4,  "vdi",   "VirtualBox disk" },
    { 0,    "conectix",               8,  "vpc",   "Virtual PC disk (dynamic VHD)" },
    { 0,    "vhdxfile",               8,  "vhdx",  "Hyper-V disk (VHDX)" },
};

bool probe_container(const struct source *source, struct image *image)
{
    uint8_t head[0x60] = { 0 };

    source_read(source, 0, head, sizeof(head));
    for (size_t i = 0; i < sizeof(containers) / sizeof(containers[0]); i++) {
        if (memcmp(head + containers[i].offset, containers[i].magic, containers[i].bytes))
            continue;
        image->kind = IMAGE_DISK;
        image->format = containers[i].format;
        snprintf(image->what, sizeof(image->what), "%s", containers[i].what);
        return true;
    }
    if (source->size >= 2 * SECTOR &&
        source_read(source, source->size - SECTOR, head, 8) == 8 && !memcmp(head, "conectix", 8)) {
        image->kind = IMAGE_DISK;
        image->format = "vpc";
        read_partitions(source, image);
        snprintf(image->what, sizeof(image->what), "Virtual PC disk (fixed VHD)");
        return true;
    }
    return false;
}
