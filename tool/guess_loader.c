/* SPDX-License-Identifier: BSD-2-Clause */
/* The boot loader, guessed from strings that its first sectors hold. */
#include "image.h"
#include <string.h>

static const struct { const char *text, *loader; } marks[] = {
    { "ISOLINUX ",                "ISOLINUX" },
    { "EXTLINUX",                 "EXTLINUX" },
    { "SYSLINUX",                 "SYSLINUX" },
    { "PXELINUX",                 "PXELINUX" },
    { "iPXE",                     "iPXE" },
    { "Memtest86+",               "Memtest86+" },
    { "Memtest86",                "Memtest86" },
    { "LILO",                     "LILO" },
    { "BOOTMGR is missing",       "Windows BOOTMGR" },
    { "NTLDR is missing",         "Windows NTLDR" },
    { "FreeDOS",                  "FreeDOS" },
    { "KERNEL  SYS",              "FreeDOS" },
    { "IO      SYS",              "MS-DOS" },
    { "IBMBIO  COM",              "PC DOS or DR-DOS" },
    { "limine",                   "Limine" },
    { "Limine",                   "Limine" },
    { "OpenBSD",                  "OpenBSD" },
    { "NetBSD",                   "NetBSD" },
    { "FreeBSD",                  "FreeBSD" },
    { "BTX loader",               "FreeBSD BTX" },
    { "Geom",                     "GRUB" },
    { "GRUB",                     "GRUB" },
    { "Missing operating system", "generic MBR (boots the active partition)" },
    { "Invalid partition table",  "generic MBR (boots the active partition)" },
    { "not a bootable disk",      "mkfs.fat (a message only: not bootable)" },
};

#define GRUB_VERSION_OFFSET 0x3E   /* GRUB legacy stage 1: compatibility version 3.2 */

const char *guess_loader(const uint8_t *code, size_t bytes)
{
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        if (!memmem(code, bytes, marks[i].text, strlen(marks[i].text)))
            continue;
        if (!strcmp(marks[i].loader, "GRUB"))
            return bytes > GRUB_VERSION_OFFSET + 1 && code[GRUB_VERSION_OFFSET] == 3 &&
                   code[GRUB_VERSION_OFFSET + 1] == 2 ? "GRUB legacy" : "GRUB 2";
        return marks[i].loader;
    }
    return NULL;
}
