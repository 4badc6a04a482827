/* SPDX-License-Identifier: BSD-2-Clause */
/* The machine in the language of xl (xl.cfg(5)). */
#include "xl_config.h"
#include "argv.h"
#include "message.h"
#include "printed.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A string of xl's language: backslashes and quotes are escaped. */
static void put_string(FILE *out, const char *text)
{
    putc('"', out);
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            putc('\\', out);
        putc(*text, out);
    }
    putc('"', out);
}

static void put_setting(FILE *out, const char *name, const char *value)
{
    fprintf(out, "%-17s = ", name);
    put_string(out, value);
    putc('\n', out);
}

/* xl has no floppies, and no disks whose writes are thrown away: these are options of its device model. */
static bool is_model_drive(const struct machine *m, const struct drive *d)
{
    return d->kind == DRIVE_FLOPPY || (d->kind == DRIVE_DISK && !m->options->write);
}

/* Xen's names: hda to hdd on IDE, in the order that dfw attaches, disks before CDs. `target` comes last: it may hold commas. */
static void put_disks(FILE *out, const struct machine *m)
{
    const char *comma = "";
    int place = 0;

    for (int i = 0; i < m->drive_count; i++)
        place += m->drives[i].kind == DRIVE_DISK && is_model_drive(m, &m->drives[i]);
    fprintf(out, "%-17s = [", "disk");
    for (enum drive_kind kind = DRIVE_DISK; kind <= DRIVE_CD; kind++)
        for (int i = 0; i < m->drive_count; i++) {
            const struct drive *d = &m->drives[i];
            if (d->kind != kind || is_model_drive(m, d))
                continue;
            char *path = full_path(d->path);
            char *disk = text_of("format=%s, vdev=hd%c, access=%s%s, target=%s", d->format, 'a' + place++, kind == DRIVE_CD ? "ro" : "rw",
                                 kind == DRIVE_CD ? ", devtype=cdrom" : "", path);
            fprintf(out, "%s\n    ", comma);
            put_string(out, disk);
            comma = ",";
            free(disk);
            free(path);
        }
    fputs("\n]\n", out);
}

/* xl's own AHCI controller (hdtype) comes behind these options on the device model's command line: disks of ours hang on one of ours. */
static void put_model_drive(FILE *out, const struct machine *m, const struct drive *d, int place)
{
    bool ahci = d->kind == DRIVE_DISK && option_is(m->options->bus, "ahci");
    char *path = full_path(d->path), *doubled = double_commas(path);
    char *drive = text_of("if=%s,%s=%s%d,format=%s%s,file=%s", d->kind == DRIVE_FLOPPY ? "floppy" : ahci ? "none" : "ide",
                          ahci ? "id" : "index", ahci ? "dfw" : "", place, d->format, m->options->write ? "" : ",snapshot=on", doubled);

    fputs(" \"-drive\", ", out);
    put_string(out, drive);
    fputs(",", out);
    if (ahci && place == 0)
        fputs(" \"-device\", \"ahci,id=dfw-ahci\",", out);
    if (ahci)
        fprintf(out, " \"-device\", \"ide-hd,bus=dfw-ahci.%d,drive=dfw%d\",", place, place);
    free(drive);
    free(doubled);
    free(path);
}

static void put_model_drives(FILE *out, const struct machine *m)
{
    int place = 0;

    for (int i = 0; i < m->drive_count; i++) {
        const struct drive *d = &m->drives[i];
        if (is_model_drive(m, d))
            put_model_drive(out, m, d, d->kind == DRIVE_FLOPPY ? d->unit : place++);
    }
}

/* A comma may end a list. */
static void put_device_model(FILE *out, const struct machine *m, const char *sockets)
{
    fprintf(out, "%-17s = [", "device_model_args_hvm");
    put_model_drives(out, m);
    if (sockets) {
        char *channel = text_of("socket,id=dfw,path=%s/qmp,server=on,wait=off", sockets);
        fputs(" \"-chardev\", ", out);
        put_string(out, channel);
        fputs(", \"-mon\", \"chardev=dfw,mode=control\",", out);
        free(channel);
    }
    for (int i = 0; i < m->options->extra_count; i++) {
        fputs(" ", out);
        put_string(out, m->options->extra[i]);
        fputs(",", out);
    }
    fputs(" ]\n", out);
}

static void put_serial(FILE *out, const char *sockets)
{
    char *channel = sockets ? text_of("unix:%s/serial,server=on,wait=off", sockets) : text_of("pty");

    put_setting(out, "serial", channel);
    free(channel);
}

char *xl_run_name(void)
{
    return text_of("dfw-%d", (int)getpid());
}

int xl_check(const struct options *o)
{
    const char *refused = o->bios ? "bios" : o->vgabios ? "vgabios" : o->once ? "once" : o->cmdline ? "cmdline" : o->menu ? "menu" : NULL;

    if (refused)
        return fault(DFW_USAGE, "--%s: a Xen guest has no place for it", refused);
    if (strcmp(o->machine, "pc"))
        return fault(DFW_USAGE, "--machine %s: Xen has only pc (i440fx)", o->machine);
    if (o->bus && !option_is(o->bus, "ide") && !option_is(o->bus, "ahci"))
        return fault(DFW_USAGE, "--bus %s: Xen's device model serves ide and ahci", o->bus);
    if (o->cpu)
        return fault(DFW_USAGE, "--cpu: a Xen guest has the host's processor");
    if (strcmp(o->partition, "none"))
        return fault(DFW_USAGE, "--partition: a Xen guest is in a partition already");
    return 0;
}

void xl_config(FILE *out, const struct machine *m, const char *sockets)
{
    const struct options *o = m->options;
    char *name = sockets ? xl_run_name() : printed_name(m), *firmware = full_path(m->kernel);
    bool model = o->extra_count || sockets;

    for (int i = 0; i < m->drive_count; i++)
        model |= is_model_drive(m, &m->drives[i]);
    put_setting(out, "name", name);
    put_setting(out, "type", "hvm");
    fprintf(out, "%-17s = %u\n%-17s = %s\n", "memory", parse_mebibytes(o->memory), "vcpus", o->cpus);
    put_setting(out, "firmware_override", firmware);
    put_disks(out, m);
    put_setting(out, "boot", m->boot_order);
    if (!strcmp(o->vga, "none"))
        fprintf(out, "%-17s = 1\n", "nographic");
    else
        put_setting(out, "vga", !strcmp(o->vga, "std") ? "stdvga" : "cirrus");
    fprintf(out, "%-17s = 16\n%-17s = 1\n", "videoram", "vnc");
    if (option_is(o->bus, "ahci"))
        put_setting(out, "hdtype", "ahci");
    put_serial(out, sockets);
    if (sockets)
        fputs("on_poweroff = \"destroy\"\non_reboot = \"destroy\"\non_crash = \"destroy\"\n", out);
    if (model)
        put_device_model(out, m, sockets);
    free(firmware);
    free(name);
}
