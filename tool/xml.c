/* SPDX-License-Identifier: BSD-2-Clause */
/* `dfw xml`: the machine as a libvirt domain (https://libvirt.org/formatdomain.html). */
#include "verbs.h"
#include "machine.h"
#include "message.h"
#include "partition.h"
#include "printed.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EMULATOR "/usr/bin/qemu-system-x86_64"

/* Text between tags or in single quotes. */
static void put_escaped(FILE *out, const char *text)
{
    for (; *text; text++) {
        const char *name = *text == '&' ? "&amp;" : *text == '<' ? "&lt;" : *text == '>' ? "&gt;" : *text == '\'' ? "&apos;" : NULL;
        if (name)
            fputs(name, out);
        else
            putc(*text, out);
    }
}

static void put_element(FILE *out, const char *before, const char *text, const char *after)
{
    fputs(before, out);
    put_escaped(out, text);
    fputs(after, out);
}

static void put_file(FILE *out, const char *before, const char *path, const char *after)
{
    char *full = full_path(path);

    put_element(out, before, full, after);
    free(full);
}

static void put_boot(FILE *out, const struct machine *m)
{
    for (const char *c = m->boot_order; *c; c++)
        fprintf(out, "    <boot dev='%s'/>\n", *c == 'a' ? "fd" : *c == 'c' ? "hd" : *c == 'd' ? "cdrom" : "network");
    if (m->options->menu)
        fputs("    <bootmenu enable='yes'/>\n", out);
}

static void put_firmware(FILE *out, const struct machine *m, const char *words)
{
    fprintf(out, "  <os>\n    <type arch='x86_64' machine='%s'>hvm</type>\n", m->options->machine);
    if (m->rom)
        put_file(out, "    <loader readonly='yes' type='rom'>", m->rom, "</loader>\n");
    if (m->kernel)
        put_file(out, "    <kernel>", m->kernel, "</kernel>\n");
    if (m->kernel && words)
        put_element(out, "    <cmdline>", words, "</cmdline>\n");
    put_boot(out, m);
    fputs("  </os>\n", out);
    if (!m->kernel && words)
        put_element(out, "  <sysinfo type='fwcfg'>\n    <entry name='opt/dfw/cmdline'>", words, "</entry>\n  </sysinfo>\n");
}

/* "EPYC,-npt,+svm" as a model with its features. */
static void put_cpu(FILE *out, const struct machine *m)
{
    char *cpu = partition_cpu(m->options, m->kvm), *rest = cpu;

    if (cpu && !strcmp(cpu, "host")) {
        fputs("  <cpu mode='host-passthrough'/>\n", out);
    } else if (cpu) {
        put_element(out, "  <cpu mode='custom' match='exact' check='none'>\n    <model fallback='allow'>", strsep(&rest, ","), "</model>\n");
        for (char *feature; (feature = strsep(&rest, ","));)
            if (*feature == '+' || *feature == '-')
                fprintf(out, "    <feature policy='%s' name='%s'/>\n", *feature == '+' ? "require" : "disable", feature + 1);
        fputs("  </cpu>\n", out);
    }
    free(cpu);
}

static const char *drive_bus(const struct options *o, enum drive_kind kind)
{
    if (kind == DRIVE_FLOPPY)
        return "fdc";
    if (option_is(o->bus, "scsi") || (option_is(o->bus, "virtio") && kind == DRIVE_DISK))
        return o->bus;
    return option_is(o->bus, "ahci") || !strcmp(o->machine, "q35") ? "sata" : "ide";
}

static void put_drive(FILE *out, const struct machine *m, const struct drive *d, int *port)
{
    const char *bus = drive_bus(m->options, d->kind);
    const char *prefix = d->kind == DRIVE_FLOPPY ? "fd" : !strcmp(bus, "ide") ? "hd" : !strcmp(bus, "virtio") ? "vd" : "sd";
    int place = d->kind == DRIVE_FLOPPY || *prefix == 'v' ? d->unit : (*port)++;
    bool keep = m->options->write && d->kind != DRIVE_CD;

    fprintf(out, "    <disk type='file' device='%s'>\n      <driver name='qemu' type='%s'/>\n",
            d->kind == DRIVE_FLOPPY ? "floppy" : d->kind == DRIVE_CD ? "cdrom" : "disk", d->format);
    put_file(out, "      <source file='", d->path, "'/>\n");
    fprintf(out, "      <target dev='%s%c' bus='%s'/>\n", prefix, 'a' + place, bus);
    if (!keep)
        fputs(d->kind == DRIVE_DISK ? "      <transient/>\n" : "      <readonly/>\n", out);
    fputs("    </disk>\n", out);
}

static void put_devices(FILE *out, const struct machine *m)
{
    const char *vga = m->options->vga;
    int port = 0;

    fputs("  <devices>\n    <emulator>" EMULATOR "</emulator>\n", out);
    for (enum drive_kind kind = DRIVE_FLOPPY; kind <= DRIVE_CD; kind++)
        for (int i = 0; i < m->drive_count; i++)
            if (m->drives[i].kind == kind)
                put_drive(out, m, &m->drives[i], &port);
    if (option_is(m->options->bus, "scsi"))    /* libvirt's own choice for a PC is an LSI 53C895A */
        fputs("    <controller type='scsi' model='virtio-scsi'/>\n", out);
    fputs("    <controller type='usb' model='none'/>\n    <serial type='pty'/>\n    <console type='pty'/>\n", out);
    if (strcmp(vga, "none"))
        fputs("    <graphics type='vnc' autoport='yes'/>\n", out);
    fprintf(out, "    <video>\n      <model type='%s'/>\n    </video>\n    <memballoon model='none'/>\n  </devices>\n",
            !strcmp(vga, "std") ? "vga" : vga);
}

static void put_extra(FILE *out, const struct options *o)
{
    if (!o->extra_count)
        return;
    fputs("  <qemu:commandline xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>\n", out);
    for (int i = 0; i < o->extra_count; i++)
        put_element(out, "    <qemu:arg value='", o->extra[i], "'/>\n");
    fputs("  </qemu:commandline>\n", out);
}

static void put_domain(FILE *out, const struct machine *m)
{
    char *name = printed_name(m), *words = firmware_words(m->options);

    fprintf(out, "<domain type='%s'>\n", m->kvm ? "kvm" : "qemu");
    put_element(out, "  <name>", name, "</name>\n");
    fprintf(out, "  <memory unit='MiB'>%u</memory>\n  <vcpu>%s</vcpu>\n", parse_mebibytes(m->options->memory), m->options->cpus);
    put_firmware(out, m, words);
    fputs("  <features>\n    <acpi/>\n    <apic/>\n  </features>\n", out);
    put_cpu(out, m);
    put_devices(out, m);
    put_extra(out, m->options);
    fputs("</domain>\n", out);
    free(words);
    free(name);
}

int verb_xml(struct options *o)
{
    struct machine m;
    int code;

    if (o->vgabios || o->once)
        return fault(DFW_USAGE, "--%s: a libvirt domain has no place for it", o->vgabios ? "vgabios" : "once");
    if (o->bios && strcmp(o->partition, "none"))
        return fault(DFW_USAGE, "--bios: a libvirt domain in a partition has no place for it (dfw boot has)");
    if (option_is(o->bus, "nvme"))
        return fault(DFW_USAGE, "--bus nvme: a libvirt domain has no NVMe controller with an image (virtio, scsi, ahci and ide are had)");
    code = machine_plan(&m, o);
    return code ? code : print_to(o->output, put_domain, &m);
}
