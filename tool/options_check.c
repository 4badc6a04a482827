/* SPDX-License-Identifier: BSD-2-Clause */
/* Defaults, ranges and contradictions of the options. */
#include "options.h"
#include "install.h"
#include "keys.h"
#include "message.h"
#include "partition.h"
#include "trace.h"
#include "xl_config.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MEMORY_LOWEST  1u          /* MiB */
#define MEMORY_HIGHEST (1u << 20)
#define CPUS_HIGHEST   255

unsigned parse_mebibytes(const char *text)
{
    char *end;
    unsigned long value = strtoul(text, &end, 10);

    if (end == text || text[0] == '-' || value > MEMORY_HIGHEST)
        return 0;
    if (!strcasecmp(end, "G"))
        value *= 1024;
    else if (*end && strcasecmp(end, "M"))
        return 0;
    return value > MEMORY_HIGHEST ? 0 : (unsigned)value;
}

double parse_seconds(const char *text)
{
    char *end;
    double value = strtod(text, &end);

    return end == text || *end || !(value > 0) || value > 1e7 ? -1 : value;
}

void options_default(struct options *o)
{
    const struct { const char **field; const char *value; } defaults[] = {
        { &o->engine, "qemu" }, { &o->firmware, "rom" }, { &o->machine, "pc" }, { &o->memory, "256" },
        { &o->cpus, "1" }, { &o->accel, "auto" }, { &o->vga, "std" }, { &o->display, "none" },
        { &o->serial, "stdio" }, { &o->partition, "none" },
    };

    for (size_t i = 0; i < sizeof(defaults) / sizeof(defaults[0]); i++)
        if (!*defaults[i].field)
            *defaults[i].field = defaults[i].value;
}

static int check_screen(const char *name)
{
    const char *dot = strrchr(name, '.');

    if (dot && (!strcmp(dot, ".png") || !strcmp(dot, ".ppm") || !strcmp(dot, ".txt")))
        return 0;
    return fault(DFW_USAGE, "--screen %s: the name must end in .png, .ppm or .txt", name);
}

static int check_bochs(const struct options *o)
{
    if (strcmp(o->firmware, "rom"))
        return fault(DFW_USAGE, "--firmware kernel: Bochs starts ROM images only");
    if (!strcmp(o->display, "window") || !strcmp(o->display, "vnc"))
        return fault(DFW_USAGE, "--display %s: dfw itself watches Bochs' display (--display term shows text)", o->display);
    if (strcmp(o->machine, "pc"))
        return fault(DFW_USAGE, "--machine %s: Bochs has only pc (i440fx)", o->machine);
    if (!strcmp(o->vga, "none"))
        return fault(DFW_USAGE, "--vga none: Bochs always has a card");
    if (o->bus && strcmp(o->bus, "ide"))
        return fault(DFW_USAGE, "--bus %s: Bochs has only ide", o->bus);
    if (o->once && strchr(o->once, ','))
        return fault(DFW_USAGE, "--once %s: one device only on Bochs", o->once);
    if (!strcmp(o->accel, "kvm"))
        return fault(DFW_USAGE, "--accel kvm: Bochs interprets every instruction");
    return 0;
}

/* gdb has this terminal, and stops at instructions that the processor itself runs. */
static int check_gdb(const struct options *o)
{
    if (strcmp(o->engine, "qemu"))
        return fault(DFW_USAGE, "--gdb: QEMU alone serves gdb (--engine qemu, --partition svm); Bochs has a debugger of its own (docs/debugging.md)");
    if (o->assist && !strcmp(o->assist, "interpret"))
        return fault(DFW_USAGE, "--gdb: the processor runs no instruction of the guest's real mode with --assist interpret (--assist vm86)");
    if (!strcmp(o->serial, "stdio") || !strcmp(o->display, "term"))
        return fault(DFW_USAGE, "--gdb: gdb has this terminal (--serial FILE, --display window)");
    return 0;
}

static int check_trace(const struct options *o)
{
    bool vmxassist = strcmp(o->partition, "none") && (o->strict || !strcmp(o->partition, "vmx"));

    if (trace_check(o->trace))
        return DFW_USAGE;
    if (!strcmp(o->engine, "xen"))
        return fault(DFW_USAGE, "--trace: Xen brings the firmware no words (--engine qemu)");
    if (o->bios)
        return fault(DFW_USAGE, "--trace: only our firmware tells what is called (without --bios)");
    if ((trace_wants(o->trace, "modes") || trace_wants(o->trace, "assist")) && !vmxassist)
        return fault(DFW_USAGE, "--trace modes, assist: vmxassist tells them, so real mode must be its (--partition svm --strict, or vmx)");
    if (trace_wants(o->trace, "exits") && !strcmp(o->partition, "none"))
        return fault(DFW_USAGE, "--trace exits: only in a partition (--partition svm, or vmx)");
    return 0;
}

static int check_xen(struct options *o)
{
    if (!strcmp(o->accel, "kvm") || o->icount)
        return fault(DFW_USAGE, "--%s: only QEMU has it", o->icount ? "icount" : "accel kvm");
    o->firmware = "kernel";                  /* vmxloader starts in hvmloader's place */
    return xl_check(o);
}

int options_check(struct options *o)
{
    char *end;

    partition_choose_engine(o);
    if (o->disk)
        install_default(o);
    if ((o->gdb || (o->display && !strcmp(o->display, "term"))) && !o->serial)
        o->serial = "none";
    options_default(o);
    if (!strcmp(o->display, "term") && !strcmp(o->serial, "stdio"))
        return fault(DFW_USAGE, "--display term: COM1 cannot be on the same terminal (--serial FILE)");
    if (parse_mebibytes(o->memory) < MEMORY_LOWEST)
        return fault(DFW_USAGE, "-m %s: memory is a number of MiB, or 512M, or 2G", o->memory);
    long cpus = strtol(o->cpus, &end, 10);
    if (*end || cpus < 1 || cpus > CPUS_HIGHEST)
        return fault(DFW_USAGE, "-c %s: processors are 1 to %d", o->cpus, CPUS_HIGHEST);
    if (o->timeout && parse_seconds(o->timeout) < 0)
        return fault(DFW_USAGE, "--timeout %s: not a number of seconds", o->timeout);
    if (o->screen && check_screen(o->screen))
        return DFW_USAGE;
    if (o->keys && keys_check(o->keys))
        return DFW_USAGE;
    if (o->keys_after && !o->keys)
        return fault(DFW_USAGE, "--keys-after: there are no --keys to type");
    if (o->gdb && check_gdb(o))
        return DFW_USAGE;
    if (o->trace && check_trace(o))
        return DFW_USAGE;
    if (partition_check(o))
        return DFW_USAGE;
    if (!strcmp(o->bus ? o->bus : "", "ide") && !strcmp(o->machine, "q35"))
        return fault(DFW_USAGE, "--bus ide: the q35 machine has ahci, virtio, scsi and nvme");
    if (o->bios && !strcmp(o->firmware, "kernel") && !strcmp(o->partition, "none"))
        return fault(DFW_USAGE, "--bios: another BIOS starts with --firmware rom, or in a --partition");
    if (o->icount && !strcmp(o->accel, "kvm"))
        return fault(DFW_USAGE, "--icount: KVM does not count instructions (use --accel tcg)");
    return !strcmp(o->engine, "bochs") ? check_bochs(o) : !strcmp(o->engine, "xen") ? check_xen(o) : 0;
}
