/* SPDX-License-Identifier: BSD-2-Clause */
/* The options of `dfw`, from the command line and from a configuration file. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#define MAX_IMAGES 8
#define MAX_EXPECT 8

enum drive_kind { DRIVE_AUTO, DRIVE_FLOPPY, DRIVE_DISK, DRIVE_CD };

struct image_arg {
    enum drive_kind kind;    /* DRIVE_AUTO: by content */
    const char *path;
};

struct options {
    struct image_arg images[MAX_IMAGES];
    int image_count;
    const char *engine, *firmware, *machine, *memory, *cpus, *cpu, *accel, *vga, *display, *bus;
    const char *boot, *once, *partition, *assist, *cmdline;
    const char *serial, *screen, *debug;
    const char *expect[MAX_EXPECT];
    int expect_count;
    const char *timeout, *keys, *keys_after;
    const char *bios, *vgabios, *config;
    bool menu, write, icount, strict, dry_run, json, verbose, quiet, help;
    char *file_text;         /* of the configuration file; values point into it */
    char **extra;            /* what follows "--" */
    int extra_count;
};

enum option_kind { OPTION_FLAG, OPTION_TEXT, OPTION_OPTIONAL, OPTION_EXPECT, OPTION_DRIVE };

struct option_spec {
    char short_name;
    const char *name;
    enum option_kind kind;
    size_t offset;               /* of the field in struct options; OPTION_DRIVE: the drive_kind */
    const char *value;           /* "FILE", or the allowed values "qemu|bochs" when in lower case */
    const char *help;
};

/* Ends with an entry whose name is NULL. */
extern const struct option_spec option_table[];

/* The built-in values of what was not said. */
void options_default(struct options *o);

/* Parse argv[0..argc-1] (after the verb). Returns 0, or DFW_USAGE after one line about the error. */
int options_parse(struct options *o, int argc, char **argv);

/* Read key=value lines ('#' comments) with the long option names; what is already set stays.
 * o->file_text is the caller's to free, when the options are no longer used. */
int options_read_file(struct options *o, const char *path);

/* Ranges and contradictions; defaults are filled in. Returns 0 or DFW_USAGE. */
int options_check(struct options *o);

/* "128", "256M", "1G" in MiB; 0 when it is no size. */
unsigned parse_mebibytes(const char *text);

/* Seconds as a decimal number; negative when it is none. */
double parse_seconds(const char *text);

#endif
