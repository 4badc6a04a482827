/* SPDX-License-Identifier: BSD-2-Clause */
/* `dfw xl`: the machine as a Xen guest (xl.cfg(5)) whose firmware is vmxloader in hvmloader's place. */
#include "verbs.h"
#include "argv.h"
#include "machine.h"
#include "message.h"
#include "partition.h"
#include "printed.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* Xen's names: hda to hdd on IDE, in the order that dfw attaches, disks before CDs. `target` comes last: it may hold commas. */
static void put_disks(FILE *out, const struct machine *m)
{
    const char *comma = "";
    int place = 0;

    fprintf(out, "%-17s = [", "disk");
    for (enum drive_kind kind = DRIVE_DISK; kind <= DRIVE_CD; kind++)
        for (int i = 0; i < m->drive_count; i++) {
            const struct drive *d = &m->drives[i];
            if (d->kind != kind)
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

/* xl has no floppies: they are options of its device model. */
static void put_device_model(FILE *out, const struct machine *m)
{
    const char *comma = "";

    fprintf(out, "%-17s = [", "device_model_args_hvm");
    for (int i = 0; i < m->drive_count; i++) {
        const struct drive *d = &m->drives[i];
        if (d->kind != DRIVE_FLOPPY)
            continue;
        char *path = full_path(d->path), *doubled = double_commas(path);
        char *drive = text_of("if=floppy,index=%d,format=%s%s,file=%s", d->unit, d->format, m->options->write ? "" : ",snapshot=on", doubled);
        fprintf(out, "%s \"-drive\", ", comma);
        put_string(out, drive);
        comma = ",";
        free(drive);
        free(doubled);
        free(path);
    }
    for (int i = 0; i < m->options->extra_count; i++, comma = ",") {
        fprintf(out, "%s ", comma);
        put_string(out, m->options->extra[i]);
    }
    fputs(" ]\n", out);
}

static void put_guest(FILE *out, const struct machine *m)
{
    const struct options *o = m->options;
    char *name = printed_name(m), *firmware = full_path(m->kernel);
    bool model = o->extra_count;

    for (int i = 0; i < m->drive_count; i++)
        model |= m->drives[i].kind == DRIVE_FLOPPY;
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
    put_setting(out, "serial", "pty");
    if (model)
        put_device_model(out, m);
    free(firmware);
    free(name);
}

int verb_xl(struct options *o)
{
    struct machine m;
    int code;

    if (o->bios || o->vgabios || o->once || o->cmdline || o->menu)
        return fault(DFW_USAGE, "--%s: a Xen guest has no place for it",
                     o->bios ? "bios" : o->vgabios ? "vgabios" : o->once ? "once" : o->cmdline ? "cmdline" : "menu");
    o->firmware = "kernel";
    code = machine_plan(&m, o);
    for (int i = 0; !code && i < m.drive_count; i++)
        if (m.drives[i].kind == DRIVE_DISK && !o->write)
            code = fault(DFW_USAGE, "%s: Xen throws no writes away: say --write, or name a copy", m.drives[i].path);
    return code ? code : print_to(o->output, put_guest, &m);
}
