/* SPDX-License-Identifier: BSD-2-Clause */
/* Bootable CD. "El Torito" Bootable CD-ROM Format Specification 1.0 (Phoenix, IBM), chapters 2-4. */
#ifndef SPEC_ELTORITO_H
#define SPEC_ELTORITO_H

#include "types.h"

#define CD_SECTOR_SIZE           2048
#define ELTORITO_RECORD_SECTOR   17     /* boot record volume descriptor */
#define ELTORITO_IDENTIFIER      "CD001\1EL TORITO SPECIFICATION"

struct eltorito_record {
    u8   type;                /* 0 */
    char identifier[30];      /* CD001, version 1, EL TORITO SPECIFICATION */
    u8   reserved_1f[0x28];
    u32  catalog;             /* sector */
} PACKED;
SIZE_ASSERT(struct eltorito_record, 0x4B);

struct eltorito_validation {
    u8  id;                   /* 1 */
    u8  platform;             /* 0: 80x86 */
    u8  reserved_02[2];
    char developer[24];
    u16 checksum;             /* all words add up to 0 */
    u16 key;                  /* AA55h */
} PACKED;
SIZE_ASSERT(struct eltorito_validation, 32);
#define ELTORITO_VALIDATION_ID   0x01
#define ELTORITO_VALIDATION_KEY  0xAA55
#define ELTORITO_PLATFORM_X86    0x00

/* Initial/default entry and section entry. */
struct eltorito_entry {
    u8  bootable;             /* 88h */
    u8  media;                /* ELTORITO_MEDIA_... in bits 3:0 */
    u16 load_segment;         /* 0 = 7C0h */
    u8  system_type;
    u8  reserved_05;
    u16 count;                /* sectors of 512 bytes to load */
    u32 sector;               /* of the image, 2048 bytes each */
    u8  reserved_0c[20];
} PACKED;
SIZE_ASSERT(struct eltorito_entry, 32);
#define ELTORITO_BOOTABLE        0x88

struct eltorito_section {
    u8  id;                   /* 90h, 91h for the last */
    u8  platform;
    u16 entries;
    char name[28];
} PACKED;
SIZE_ASSERT(struct eltorito_section, 32);
#define ELTORITO_SECTION         0x90
#define ELTORITO_SECTION_LAST    0x91
#define ELTORITO_CATALOG_ENTRIES (CD_SECTOR_SIZE / 32)

#define ELTORITO_MEDIA_NONE      0      /* no emulation */
#define ELTORITO_MEDIA_1200      1
#define ELTORITO_MEDIA_1440      2
#define ELTORITO_MEDIA_2880      3
#define ELTORITO_MEDIA_DISK      4
#define ELTORITO_MEDIA_MASK      0x0F
#define ELTORITO_LOAD_SEGMENT    0x07C0

/* DS:SI of INT 13h AH=4Ah, 4Bh, 4Ch. */
struct eltorito_packet {
    u8  size;                 /* 13h */
    u8  media;
    u8  drive;                /* emulated number, or the CD's own without emulation */
    u8  controller;
    u32 sector;               /* of the image */
    u16 device;               /* IDE: bit 0 slave */
    u16 buffer_segment;       /* 3 KiB cache for the BIOS, 0 = none */
    u16 load_segment;
    u16 count;                /* sectors of 512 bytes to load */
    u8  cylinders, sectors, heads;   /* as INT 13h AH=08h returns in CH, CL, DH */
} PACKED;
SIZE_ASSERT(struct eltorito_packet, 0x13);

/* DS:SI of INT 13h AH=4Dh. */
struct eltorito_catalog_packet {
    u8  size;                 /* 8 */
    u8  count;                /* sectors of 2048 bytes */
    struct farptr buffer;
    u16 first;                /* sector within the catalog */
} PACKED;
SIZE_ASSERT(struct eltorito_catalog_packet, 8);

#endif
