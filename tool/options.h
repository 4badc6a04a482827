/* SPDX-License-Identifier: BSD-2-Clause */
/* The options of `dfw`, from the command line and from a configuration file. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define MAX_IMAGES 8
#define MAX_EXPECT 8

enum drive_kind { DRIVE_AUTO, DRIVE_FLOPPY, DRIVE_DISK, DRIVE_CD };

struct image_arg {
    enum drive_kind kind;    /* DRIVE_AUTO: by content */
    const char *path;
    const char *format;      /* of a file that has no content yet; NULL: by content */
};

struct options {
    struct image_arg images[MAX_IMAGES];
    int image_count;
    const char *name;        /* of the machine, for list, screen, keys, stop */
    const char *engine, *firmware, *machine, *memory, *cpus, *cpu, *accel, *vga, *display, *bus;
    const char *boot, *once, *partition, *assist, *cmdline;
    const char *serial, *screen, *debug;
    const char *expect[MAX_EXPECT];
    int expect_count;
    const char *timeout, *keys, *keys_after;
    const char *bios, *vgabios, *config;
    const char *disk;        /* install: DISK[,SIZE] */
    const char *output, *dir, *table, *pictures, *trace;
    bool menu, write, icount, strict, dry_run, json, verbose, quiet, help, all, gdb;
    char *file_text;         /* of the configuration file; values point into it */
    const char **extra;      /* for the engine: of the configuration file, then what follows "--" */
    int extra_count;
};

/* Verbs, as bits: which of them take an option. */
enum {
    FOR_BOOT = 1 << 0, FOR_INSTALL = 1 << 1, FOR_INFO = 1 << 2, FOR_DOCTOR = 1 << 3, FOR_LIST = 1 << 4, FOR_SCREEN = 1 << 5,
    FOR_KEYS = 1 << 6, FOR_STOP = 1 << 7, FOR_XML = 1 << 8, FOR_XL = 1 << 9, FOR_GUESTS = 1 << 10, FOR_BENCH = 1 << 11,
    FOR_TRACE = 1 << 12, FOR_GDB = 1 << 13, FOR_TEXT = 1 << 14,
    FOR_RUN = FOR_BOOT | FOR_INSTALL | FOR_TRACE | FOR_GDB,      /* these run a machine */
    FOR_MACHINE = FOR_RUN | FOR_XML | FOR_XL | FOR_GUESTS,       /* these describe one */
    FOR_ALL = ~0,
};

enum option_kind { OPTION_FLAG, OPTION_TEXT, OPTION_EXPECT, OPTION_DRIVE };

struct option_spec {
    char short_name;
    const char *name;
    enum option_kind kind;
    size_t offset;               /* of the field in struct options; OPTION_DRIVE: the drive_kind */
    const char *value;           /* "FILE", or the allowed values "qemu|bochs" when in lower case */
    unsigned verbs;              /* FOR_... */
    const char *help;
};

/* Ends with an entry whose name is NULL. */
extern const struct option_spec option_table[];

/* The built-in values of what was not said. */
void options_default(struct options *o);

/* Parse argv[0..argc-1] (after the verb `name` of the bit `verb`). Returns 0, or DFW_USAGE after one line about the error. */
int options_parse(struct options *o, const char *name, unsigned verb, int argc, char **argv);

/* The option of that name, or NULL. */
const struct option_spec *option_find(const char *name, size_t length);

/* Its value is one of the words in s->value. */
bool option_is_choice(const struct option_spec *s);

/* The value of a field, NULL where it was not said, is this word. */
static inline bool option_is(const char *option, const char *word)
{
    return option && !strcmp(option, word);
}

/* Set a field, or with `keep` only one that is not set. `value` is kept, not copied. Returns 0 or DFW_USAGE after one line. */
int option_set(struct options *o, const struct option_spec *s, const char *value, bool keep);

/* One more image, or one more word for the engine. */
int options_add_image(struct options *o, enum drive_kind kind, const char *path);
void options_add_extra(struct options *o, const char *word);

/*
 * Read the configuration file `path`: lines NAME=VALUE ('#' comments) with the long option names and `image`, and lines that
 * begin with '-', which are QEMU's options. What is already set stays, and options of other verbs are passed over.
 * o->file_text and o->extra are the caller's to free, when the options are no longer used.
 */
int options_read_file(struct options *o, unsigned verb, const char *path);

/* The file that is read where none is named: $DFW_CONFIG, else dfwrc in $XDG_CONFIG_HOME/dfw or ~/.config/dfw; NULL: there is none. */
char *options_default_file(void);

/* One line of QEMU options, in place: what dfw knows is set, the rest goes to the engine. 0 or DFW_USAGE after one line. */
int options_qemu_line(struct options *o, const char *path, int number, char *line);

/* Ranges and contradictions; defaults are filled in. Returns 0 or DFW_USAGE. */
int options_check(struct options *o);

/* "128", "256M", "1G" in MiB; 0 when it is no size. */
unsigned parse_mebibytes(const char *text);

/* Seconds as a decimal number; negative when it is none. */
double parse_seconds(const char *text);

#endif
