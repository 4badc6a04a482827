/* SPDX-License-Identifier: BSD-2-Clause */
/* QEMU's command line for a machine. */
#include "qemu_command.h"
#include "message.h"
#include "partition.h"
#include <stdlib.h>
#include <string.h>

#define PORT_DEBUG_BOCHS   0xE9
#define PORT_DEBUG_SEABIOS 0x402

static bool is(const char *option, const char *value)
{
    return option && !strcmp(option, value);
}

static void add_floppy(struct argv *a, const struct drive *d, const char *common)
{
    argv_pair(a, "-drive", "if=floppy,index=%d,%s", d->unit, common);
}

/* Hard disks come before CDs on the IDE and AHCI ports, in the order they were named. */
static void add_drive(const struct machine *m, struct argv *a, const struct drive *d, int *port)
{
    const char *bus = m->options->bus, *kind = d->kind == DRIVE_CD ? "cd" : "hd";
    char *path = double_commas(d->path);
    bool keep = m->options->write && d->kind != DRIVE_CD;
    char *common = text_of("format=%s%s,file=%s", d->format,
                           keep ? "" : d->kind == DRIVE_CD ? ",readonly=on" : ",snapshot=on", path);

    if (d->kind == DRIVE_FLOPPY) {
        add_floppy(a, d, common);
    } else if (is(bus, "virtio") && d->kind == DRIVE_DISK) {
        argv_pair(a, "-drive", "if=none,id=hd%d,%s", d->unit, common);
        argv_pair(a, "-device", "virtio-blk-pci,drive=hd%d,disable-modern=off", d->unit);
    } else if (is(bus, "nvme") && d->kind == DRIVE_DISK) {
        argv_pair(a, "-drive", "if=none,id=hd%d,%s", d->unit, common);
        argv_pair(a, "-device", "nvme,serial=dfw%d,drive=hd%d", d->unit, d->unit);
    } else if (is(bus, "scsi")) {
        argv_pair(a, "-drive", "if=none,id=%s%d,media=%s,%s", kind, d->unit, d->kind == DRIVE_CD ? "cdrom" : "disk", common);
        argv_pair(a, "-device", "scsi-%s,bus=scsi.0,scsi-id=%d,drive=%s%d", kind, (*port)++, kind, d->unit);
    } else if (is(bus, "ahci") && is(m->options->machine, "pc")) {
        argv_pair(a, "-drive", "if=none,id=%s%d,media=%s,%s", kind, d->unit, d->kind == DRIVE_CD ? "cdrom" : "disk", common);
        argv_pair(a, "-device", "ide-%s,bus=ahci.%d,drive=%s%d", kind, (*port)++, kind, d->unit);
    } else {
        argv_pair(a, "-drive", "if=ide,index=%d,media=%s,%s", (*port)++, d->kind == DRIVE_CD ? "cdrom" : "disk", common);
    }
    free(common);
    free(path);
}

static void add_drives(const struct machine *m, struct argv *a)
{
    int port = 0;

    if (is(m->options->bus, "ahci") && is(m->options->machine, "pc"))
        argv_pair(a, "-device", "ahci,id=ahci");
    if (is(m->options->bus, "scsi"))
        argv_pair(a, "-device", "virtio-scsi-pci,id=scsi");
    for (enum drive_kind kind = DRIVE_FLOPPY; kind <= DRIVE_CD; kind++)
        for (int i = 0; i < m->drive_count; i++)
            if (m->drives[i].kind == kind)
                add_drive(m, a, &m->drives[i], &port);
}

static void add_firmware(const struct machine *m, struct argv *a)
{
    char *line = substitute_words(m->substitutes, firmware_words(m->options));

    for (int i = 0; i < SUBSTITUTES; i++)
        if (m->substitutes[i].path) {
            char *path = double_commas(m->substitutes[i].path);
            argv_pair(a, "-device", "loader,addr=%#x,force-raw=on,file=%s", m->substitutes[i].address, path);
            free(path);
        }
    if (m->rom)
        argv_pair(a, "-bios", "%s", m->rom);
    if (m->kernel) {
        argv_pair(a, "-kernel", "%s", m->kernel);
        if (line)
            argv_pair(a, "-append", "%s", line);
    } else if (line) {
        char *words = double_commas(line);
        argv_pair(a, "-fw_cfg", "name=opt/dfw/cmdline,string=%s", words);
        free(words);
    }
    free(line);
}

static void add_boot_order(const struct machine *m, struct argv *a)
{
    const char *separator = "";
    char *order = text_of("%s%s", *m->boot_order ? "order=" : "", m->boot_order);

    if (*m->boot_order)
        separator = ",";
    char *once = *m->once ? text_of("%sonce=%s", separator, m->once) : text_of("%s", "");
    if (*m->once)
        separator = ",";
    char *menu = m->options->menu ? text_of("%smenu=on", separator) : text_of("%s", "");
    if (*order || *once || *menu)
        argv_pair(a, "-boot", "%s%s%s", order, once, menu);
    free(order);
    free(once);
    free(menu);
}

static void add_display(const struct machine *m, struct argv *a)
{
    const struct options *o = m->options;
    const char *device = is(o->vga, "cirrus") ? "cirrus-vga" : "VGA";

    if (m->vgabios && !is(o->vga, "none")) {
        char *path = double_commas(m->vgabios);
        argv_pair(a, "-vga", "none");
        argv_pair(a, "-device", "%s,romfile=%s", device, path);
        free(path);
    } else {
        argv_pair(a, "-vga", "%s", o->vga);
    }
    argv_pair(a, "-display", "%s", is(o->display, "window") ? "gtk" : is(o->display, "vnc") ? "vnc=127.0.0.1:0,to=99" : "none");
}

static void add_serial(const struct machine *m, struct argv *a)
{
    const char *serial = m->options->serial;

    /* A FILE is written by dfw, which listens for the expected text on the same line. */
    argv_pair(a, "-serial", "%s", is(serial, "none") ? "none" : "stdio");
}

void qemu_machine_args(const struct machine *m, struct argv *a)
{
    const struct options *o = m->options;

    argv_add(a, "qemu-system-x86_64");
    argv_add(a, "-no-user-config");
    argv_add(a, "-nodefaults");
    argv_pair(a, "-machine", "%s", o->machine);
    argv_pair(a, "-accel", "%s", m->kvm ? "kvm" : "tcg");
    char *cpu = partition_cpu(o, m->kvm);
    if (cpu)
        argv_pair(a, "-cpu", "%s", cpu);
    free(cpu);
    argv_pair(a, "-m", "%uM", parse_mebibytes(o->memory));
    argv_pair(a, "-smp", "%s", o->cpus);
    add_firmware(m, a);
    add_drives(m, a);
    add_boot_order(m, a);
    add_display(m, a);
    add_serial(m, a);
    argv_pair(a, "-monitor", "none");
    if (o->icount) {
        argv_pair(a, "-icount", "shift=0,sleep=off");
        argv_pair(a, "-rtc", "base=2000-01-01,clock=vm");
    }
    if (m->gdb) {
        argv_add(a, "-S");
        argv_pair(a, "-gdb", "unix:%s,server=on,wait=off", m->gdb);
    }
    for (int i = 0; i < o->extra_count; i++)
        argv_add(a, "%s", o->extra[i]);
}

void qemu_control_args(struct argv *a, int qmp_fd, int debug_fd)
{
    argv_pair(a, "-chardev", "socket,id=dfw-qmp,fd=%d", qmp_fd);
    argv_pair(a, "-mon", "chardev=dfw-qmp,mode=control");
    argv_pair(a, "-chardev", "socket,id=dfw-debug,fd=%d,mux=on", debug_fd);
    argv_pair(a, "-device", "isa-debugcon,iobase=%#x,chardev=dfw-debug", PORT_DEBUG_BOCHS);
    argv_pair(a, "-device", "isa-debugcon,iobase=%#x,chardev=dfw-debug", PORT_DEBUG_SEABIOS);
    argv_add(a, "-no-shutdown");
}
