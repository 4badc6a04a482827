/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * CD images: ISO 9660 (ECMA-119 section 8) volume descriptors and the El Torito boot catalogue
 * ("El Torito" Bootable CD-ROM Format Specification 1.0, sections 2 and 3).
 */
#include "image.h"
#include <stdio.h>
#include <string.h>

#define FIRST_DESCRIPTOR 16
#define LAST_DESCRIPTOR  64
#define CATALOG_BYTES    (2 * CD_SECTOR)

enum { VALIDATION = 0x01, BOOTABLE = 0x88, HEADER_MORE = 0x90, HEADER_LAST = 0x91, PLATFORM_EFI = 0xEF };

static bool checksum_good(const uint8_t *validation)
{
    uint16_t sum = 0;

    for (int i = 0; i < 32; i += 2)
        sum = (uint16_t)(sum + le16(validation + i));
    return validation[0] == VALIDATION && sum == 0 && validation[30] == 0x55 && validation[31] == 0xAA;
}

static void add_entry(const struct source *source, struct image *image, uint8_t platform, const uint8_t *e)
{
    struct eltorito_entry *entry = &image->eltorito[image->eltorito_count];
    static uint8_t code[32768];

    if (image->eltorito_count >= MAX_ELTORITO)
        return;
    entry->platform = platform;
    entry->bootable = e[0] == BOOTABLE;
    entry->media = e[1] & 0x0F;
    entry->sectors = le16(e + 6);
    entry->lba = le32(e + 8);
    if (platform != PLATFORM_EFI) {
        size_t got = source_read(source, (uint64_t)entry->lba * CD_SECTOR, code, sizeof(code));
        entry->loader = guess_loader(code, got);
    }
    image->eltorito_count++;
}

static bool read_catalog(const struct source *source, struct image *image, uint32_t lba)
{
    uint8_t c[CATALOG_BYTES] = { 0 };

    source_read(source, (uint64_t)lba * CD_SECTOR, c, sizeof(c));
    if (!checksum_good(c))
        return false;
    add_entry(source, image, c[1], c + 32);
    for (size_t at = 64; at + 32 <= sizeof(c) && (c[at] == HEADER_MORE || c[at] == HEADER_LAST);) {
        uint8_t platform = c[at + 1];
        bool last = c[at] == HEADER_LAST;
        unsigned entries = le16(c + at + 2);
        for (at += 32; entries && at + 32 <= sizeof(c); entries--, at += 32)
            add_entry(source, image, platform, c + at);
        if (last)
            break;
    }
    return true;
}

static void read_volume_name(struct image *image, const uint8_t *descriptor)
{
    size_t n = sizeof(image->volume) - 1;

    memcpy(image->volume, descriptor + 40, n);
    for (size_t i = 0; i < n; i++)
        if (image->volume[i] && ((uint8_t)image->volume[i] < ' ' || (uint8_t)image->volume[i] > '~'))
            image->volume[i] = '?';
    while (n && (image->volume[n - 1] == ' ' || !image->volume[n - 1]))
        image->volume[--n] = 0;
}

bool probe_cd(const struct source *source, struct image *image)
{
    uint8_t d[CD_SECTOR];
    bool found = false, catalog_bad = false;

    for (uint64_t at = FIRST_DESCRIPTOR; at < LAST_DESCRIPTOR; at++) {
        if (source_read(source, at * CD_SECTOR, d, sizeof(d)) != sizeof(d) || memcmp(d + 1, "CD001", 5))
            break;
        if (d[0] == 255)
            break;
        found = true;
        if (d[0] == 1 && !image->volume[0])
            read_volume_name(image, d);
        if (d[0] == 0 && !memcmp(d + 7, "EL TORITO SPECIFICATION", 23))
            catalog_bad = !read_catalog(source, image, le32(d + 71));
    }
    if (!found)
        return false;
    image->kind = IMAGE_CD;
    image->hybrid = read_partitions(source, image);
    if (image->eltorito_count)
        image->loader = image->eltorito[0].loader;
    snprintf(image->what, sizeof(image->what), "CD (ISO 9660%s%s%s)", image->hybrid ? ", hybrid" : "",
             image->eltorito_count ? ", El Torito" : "",
             catalog_bad ? ", boot catalogue corrupt" : image->eltorito_count ? "" : ", not bootable");
    return true;
}
