/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SMBIOS in a guest of Xen: the strings of xenstore's bios-strings/ (hvm/hvm_xs_strings.h), the UUID, and the structures
 * that xl's smbios_firmware= passes, which the toolstack left in memory, each behind its length in a 32-bit word.
 */
#include "tables.h"
#include "machine/xen.h"
#include "spec/smbios.h"

#define MAX_STRING  96
#define UUID_TEXT   37

static const char hex[] = "0123456789abcdef";

static void version_text(char *to)
{
    char extra[XEN_EXTRAVERSION_SIZE + 1] = "";
    u32 version = (u32)xen_hypercall(XEN_VERSION, XENVER_VERSION, NULL);
    u8 part[] = { (u8)(version >> 16), (u8)version };

    xen_hypercall(XEN_VERSION, XENVER_EXTRAVERSION, extra);
    for (u32 i = 0; i < ARRAY_SIZE(part); i++) {
        if (part[i] >= 10)
            *to++ = (char)('0' + part[i] / 10 % 10);
        *to++ = (char)('0' + part[i] % 10);
        *to++ = '.';
    }
    memcpy(to - 1, extra, sizeof(extra));
}

static void uuid_text(char *to)
{
    u8 id[XEN_UUID_SIZE] = { 0 };

    xen_hypercall(XEN_VERSION, XENVER_GUEST_HANDLE, id);
    for (u32 i = 0; i < XEN_UUID_SIZE; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *to++ = '-';
        *to++ = hex[id[i] >> 4];
        *to++ = hex[id[i] & 15];
    }
    *to = 0;
}

const char *xen_string(const char *key, const char *xen, const char *other)
{
    static char text[MAX_STRING];
    char path[64] = "bios-strings/";

    if (platform.machine != MACHINE_XEN)
        return other;
    memcpy(path + strlen(path), key, strlen(key) + 1);
    if (xenstore_read(path, text, sizeof(text)) && text[0])
        return text;
    if (!strcmp(xen, XEN_STRING_VERSION))
        version_text(text);
    else if (!strcmp(xen, XEN_STRING_UUID))
        uuid_text(text);
    else
        return xen;
    return text;
}

/* The first three fields are little-endian in SMBIOS, big-endian as Xen has them. */
void xen_uuid(u8 *uuid)
{
    static const u8 from[XEN_UUID_SIZE] = { 3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15 };
    u8 id[XEN_UUID_SIZE] = { 0 };

    if (platform.machine != MACHINE_XEN || xen_hypercall(XEN_VERSION, XENVER_GUEST_HANDLE, id))
        return;
    for (u32 i = 0; i < XEN_UUID_SIZE; i++)
        uuid[i] = id[from[i]];
}

/* The length before a structure; nothing is aligned. */
static u32 length_at(u32 address)
{
    u32 length;

    memcpy(&length, (const void *)(usize)address, sizeof(length));
    return length;
}

/* Bytes of the whole structures in `length` bytes at `base`. */
static u32 whole(u32 base, u32 length)
{
    u32 at = 0;

    while (at < length) {
        u32 left = length - at - sizeof(u32), size = left < length ? length_at(base + at) : 0;
        const struct smbios_header *h = (const void *)(usize)(base + at + sizeof(u32));

        if (size < sizeof(*h) + 2 || size > left || h->length < sizeof(*h) || h->length + 2u > size) {
            print("vmxloader: smbios_firmware: no whole structure in the last %u bytes, these are left out\n", length - at);
            break;
        }
        at += sizeof(u32) + size;
    }
    return at;
}

const struct smbios_header *xen_smbios_next(const struct smbios_header *h, u32 *size)
{
    static u32 base, length;
    static bool known;
    u32 at;

    if (!known && platform.machine == MACHINE_XEN) {
        base = xenstore_number("hvmloader/smbios/address", 0);
        length = base ? whole(base, xenstore_number("hvmloader/smbios/length", 0)) : 0;
    }
    known = true;
    at = h ? (u32)(usize)h + length_at((u32)(usize)h - sizeof(u32)) : base;
    if (at >= base + length)
        return NULL;
    *size = length_at(at);
    return (const void *)(usize)(at + sizeof(u32));
}
