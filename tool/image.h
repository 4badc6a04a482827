/* SPDX-License-Identifier: BSD-2-Clause */
/* What an image file is, found out from its content. */
#ifndef IMAGE_H
#define IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SECTOR       512
#define CD_SECTOR    2048
#define MAX_PARTS    128
#define MAX_ELTORITO 32

enum image_kind {
    IMAGE_UNKNOWN,   /* nothing that boots; `what` says what it seems to be */
    IMAGE_FLOPPY,
    IMAGE_DISK,
    IMAGE_CD,
};

struct partition {
    uint8_t  type;       /* MBR type byte; EEh and GPT entries: see `name` */
    bool     active;     /* MBR flag 80h, or GPT "legacy BIOS bootable" */
    uint64_t first;      /* in 512-byte sectors */
    uint64_t sectors;
    char     name[40];   /* GPT name, ASCII */
    const char *loader;  /* guess from its boot sector, or NULL */
};

struct eltorito_entry {
    uint8_t  platform;   /* 0 80x86, EFh EFI */
    bool     bootable;
    uint8_t  media;      /* 0 no emulation, 1 1.2M, 2 1.44M, 3 2.88M, 4 hard disk */
    uint16_t sectors;    /* 512-byte sectors to load */
    uint32_t lba;        /* in 2048-byte sectors */
    const char *loader;
};

struct image {
    const char *path;
    uint64_t size;              /* bytes of the file */
    enum image_kind kind;
    const char *format;         /* engine's name: raw qcow2 vmdk vdi vpc vhdx */
    char what[120];             /* one line for people */
    const char *loader;         /* guess from the first sector, or NULL */
    bool signature;             /* 55AAh at 510 */
    bool gpt;
    bool hybrid;                /* CD that can be written to a disk as well */
    int  part_count;
    struct partition parts[MAX_PARTS];
    int  eltorito_count;
    struct eltorito_entry eltorito[MAX_ELTORITO];
    char volume[33];            /* ISO 9660 volume name */
};

/* Reading the file; offsets in bytes. Returns bytes read, short at the end of the file. */
struct source {
    int fd;
    uint64_t size;
};
size_t source_read(const struct source *source, uint64_t offset, void *to, size_t bytes);

static inline uint16_t le16(const uint8_t *p) { return (uint16_t)(p[0] | p[1] << 8); }
static inline uint32_t le32(const uint8_t *p) { return le16(p) | (uint32_t)le16(p + 2) << 16; }
static inline uint64_t le64(const uint8_t *p) { return le32(p) | (uint64_t)le32(p + 4) << 32; }

/*
 * Look into the file `path`. Returns 0 and fills `image`; on a file that cannot be read or is
 * no image at all (missing, directory, empty) prints one line and returns DFW_USAGE.
 */
int image_probe(const char *path, struct image *image);

/* The probes, in this order; each returns true when the file is its own. */
bool probe_container(const struct source *source, struct image *image);
bool probe_cd(const struct source *source, struct image *image);
bool probe_floppy(const struct source *source, struct image *image);
bool probe_disk(const struct source *source, struct image *image);

/* Fill the partitions of an MBR or GPT; true if there is one that makes sense. */
bool read_partitions(const struct source *source, struct image *image);

/* A FAT BIOS parameter block that makes sense in this boot sector. */
bool has_bpb(const uint8_t *sector);

/* The boot loader whose code this seems to be, or NULL. */
const char *guess_loader(const uint8_t *code, size_t bytes);

#endif
