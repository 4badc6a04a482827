/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Floppies (by size and FAT parameter block) and hard disks (MBR, GPT: UEFI specification 2.10
 * section 5, or a bare boot sector).
 */
#include "image.h"
#include <stdio.h>
#include <string.h>

#define MBR_TABLE     446
#define TYPE_GPT      0xEE
#define GPT_LEGACY    (1u << 2)    /* attribute: legacy BIOS bootable */
#define LARGEST_FLOPPY (3u << 20)

static const struct { uint32_t kib; const char *name; } floppies[] = {
    { 160, "160K" }, { 180, "180K" }, { 320, "320K" }, { 360, "360K" }, { 720, "720K" },
    { 1200, "1.2M" }, { 1440, "1.44M" }, { 1680, "1.68M" }, { 1722, "1.72M" }, { 2880, "2.88M" },
};

bool has_bpb(const uint8_t *s)
{
    uint16_t bytes = le16(s + 11), reserved = le16(s + 14);
    uint8_t cluster = s[13], fats = s[16], media = s[21];

    return (s[0] == 0xEB || s[0] == 0xE9) && (bytes == 512 || bytes == 1024 || bytes == 2048 || bytes == 4096) &&
           cluster && !(cluster & (cluster - 1)) && reserved && fats >= 1 && fats <= 2 &&
           (media == 0xF0 || media >= 0xF8);
}

static void guess_partition(const struct source *source, struct partition *part)
{
    uint8_t code[4 * SECTOR];
    size_t got = source_read(source, part->first * SECTOR, code, sizeof(code));

    part->loader = guess_loader(code, got);
}

static bool read_gpt(const struct source *source, struct image *image)
{
    uint8_t header[SECTOR], e[128];

    if (source_read(source, SECTOR, header, SECTOR) != SECTOR || memcmp(header, "EFI PART", 8))
        return false;
    uint64_t table = le64(header + 72);
    uint32_t count = le32(header + 80), size = le32(header + 84);
    if (size < sizeof(e) || size > 4096 || table > source->size / SECTOR)
        return false;
    for (uint32_t i = 0; i < count && i < MAX_PARTS; i++) {
        struct partition *part = &image->parts[image->part_count];
        if (source_read(source, table * SECTOR + (uint64_t)i * size, e, sizeof(e)) != sizeof(e))
            break;
        if (!le64(e) && !le64(e + 8))
            continue;
        part->type = TYPE_GPT;
        part->active = le32(e + 48) & GPT_LEGACY;
        part->first = le64(e + 32);
        part->sectors = le64(e + 40) - part->first + 1;
        for (size_t c = 0; c < 36; c++) {
            uint16_t unit = le16(e + 56 + 2 * c);
            part->name[c] = unit >= ' ' && unit <= '~' ? (char)unit : unit ? '?' : 0;
        }
        if (part->first <= source->size / SECTOR)
            guess_partition(source, part);
        image->part_count++;
    }
    image->gpt = true;
    return true;
}

bool read_partitions(const struct source *source, struct image *image)
{
    uint8_t mbr[SECTOR];
    bool protective = false;

    if (source_read(source, 0, mbr, SECTOR) != SECTOR || mbr[510] != 0x55 || mbr[511] != 0xAA)
        return false;
    image->signature = true;
    image->loader = guess_loader(mbr, SECTOR);
    for (int i = 0; i < 4; i++) {
        const uint8_t *e = mbr + MBR_TABLE + 16 * i;
        if (e[0] & 0x7F) {          /* flag is 00h or 80h: anything else is code */
            image->part_count = 0;
            return false;
        }
        if (!e[4] || !le32(e + 12))
            continue;
        struct partition *part = &image->parts[image->part_count++];
        part->type = e[4];
        part->active = e[0] == 0x80;
        part->first = le32(e + 8);
        part->sectors = le32(e + 12);
        if (e[4] == TYPE_GPT)
            protective = true;
        else
            guess_partition(source, part);
    }
    if (protective) {
        int kept = image->part_count;
        image->part_count = 0;
        if (!read_gpt(source, image))
            image->part_count = kept;
    }
    return image->part_count > 0;
}

bool probe_floppy(const struct source *source, struct image *image)
{
    uint8_t s[SECTOR] = { 0 };
    const char *size = NULL;

    source_read(source, 0, s, SECTOR);
    for (size_t i = 0; i < sizeof(floppies) / sizeof(floppies[0]); i++)
        if (source->size == (uint64_t)floppies[i].kib * 1024)
            size = floppies[i].name;
    bool fat = has_bpb(s) && le16(s + 11) == SECTOR && le16(s + 19) && (uint64_t)le16(s + 19) * SECTOR <= LARGEST_FLOPPY &&
               source->size <= LARGEST_FLOPPY && le16(s + 24) && le16(s + 26) == 2;
    if (!size && !fat)
        return false;
    image->kind = IMAGE_FLOPPY;
    image->signature = s[510] == 0x55 && s[511] == 0xAA;
    image->loader = guess_loader(s, SECTOR);
    snprintf(image->what, sizeof(image->what), "floppy%s%s%s%s", size ? " of " : "", size ? size : "",
             has_bpb(s) ? ", FAT" : "", image->signature ? "" : ", no 55AA signature");
    return true;
}

bool probe_disk(const struct source *source, struct image *image)
{
    uint8_t s[SECTOR] = { 0 };

    source_read(source, 0, s, SECTOR);
    bool parted = read_partitions(source, image);
    if (parted && !has_bpb(s)) {
        snprintf(image->what, sizeof(image->what), "hard disk (%s, %d partition%s)", image->gpt ? "GPT" : "MBR",
                 image->part_count, image->part_count == 1 ? "" : "s");
    } else if (has_bpb(s) && source->size > LARGEST_FLOPPY) {
        image->part_count = 0;
        snprintf(image->what, sizeof(image->what), "hard disk or stick (FAT without partitions)");
    } else if (image->signature) {
        snprintf(image->what, sizeof(image->what), "hard disk (boot sector, no partitions)");
    } else {
        return false;
    }
    image->kind = IMAGE_DISK;
    return true;
}
