/* SPDX-License-Identifier: BSD-2-Clause */
/* The machine that an engine is to run: drives, boot order, firmware files. */
#ifndef MACHINE_H
#define MACHINE_H

#include "options.h"
#include "substitute.h"
#include <stdbool.h>

struct drive {
    enum drive_kind kind;    /* never DRIVE_AUTO */
    const char *path;
    const char *format;      /* raw qcow2 ... */
    int unit;                /* counted per kind from 0 */
    char what[120];
};

struct machine {
    const struct options *options;
    struct drive drives[MAX_IMAGES];
    int drive_count;
    char boot_order[5];      /* QEMU's letters: a floppy, c disk, d CD, n network */
    char once[5];            /* the same, or "" */
    const char *rom;         /* -bios; NULL: the engine's own */
    const char *kernel;      /* vmxloader; NULL: none */
    const char *vgabios;     /* beside a BIOS that is not ours; NULL: what the firmware or the engine brings */
    struct substitute substitutes[SUBSTITUTES];
    bool kvm;
    const char *gdb;         /* socket where gdb may come; NULL: none */
};

/* Probe the images and fill `m`; 0 or an exit code after one line. */
int machine_plan(struct machine *m, const struct options *o);

/*
 * Full name of a firmware file ("dfw.rom"): in $DFW_FIRMWARE, beside the program, in
 * PREFIX/share/dfw. NULL if it is in none of them. The string is the caller's.
 */
char *firmware_find(const char *name);

/* True if KVM really starts a guest here; `why` says what stopped it. Takes at most 3 s, once. */
bool kvm_works(const char **why);

/* True if kvm_works and KVM passes "vmx" or "svm" on to its guests; `why` says what is missing. */
bool kvm_nests(const char *extension, const char **why);

#endif
