/* SPDX-License-Identifier: BSD-2-Clause */
/* Bochs' command line for a machine. */
#include "bochs_command.h"
#include "message.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEFAULT_CPU   "corei5_lynnfield_750"   /* VMX with EPT, without unrestricted guest */
#define FIXED_TIME    946684800                /* 2000-01-01, so that runs repeat */
#define LARGEST_MIB   2048
#define LGPL_VGABIOS  "/usr/share/bochs/VGABIOS-lgpl-latest"

static const struct { long kib; const char *type; } floppy_types[] = {
    { 160, "160k" }, { 180, "180k" }, { 320, "320k" }, { 360, "360k" }, { 720, "720k" }, { 1200, "1_2" },
    { 1440, "1_44" }, { 2880, "2_88" },
};

static const char *floppy_type(const char *path)
{
    struct stat status;

    if (!stat(path, &status))
        for (size_t i = 0; i < sizeof(floppy_types) / sizeof(floppy_types[0]); i++)
            if (status.st_size == floppy_types[i].kib * 1024)
                return floppy_types[i].type;
    return NULL;
}

/* It opens VDI and VHD, but of VMDK only one kind, which it writes with --write. */
bool bochs_needs_copy(const struct machine *m, const struct drive *d)
{
    return !strcmp(d->format, "qcow2") || !strcmp(d->format, "vhdx") || (!strcmp(d->format, "vmdk") && !m->options->write);
}

int bochs_check(const struct machine *m)
{
    for (int i = 0; i < m->drive_count; i++) {
        const struct drive *d = &m->drives[i];
        if (strchr(d->path, ',') || strchr(d->path, '"'))
            return fault(DFW_USAGE, "%s: Bochs cannot open a name with a comma or a quote", d->path);
        if (m->options->write && bochs_needs_copy(m, d))
            return fault(DFW_USAGE, "%s: Bochs does not write %s (it writes raw images, NAME.img, and without --write it runs a copy)",
                         d->path, d->format);
        if (d->kind == DRIVE_FLOPPY && !floppy_type(d->path))
            return fault(DFW_USAGE, "%s: not the size of a floppy that Bochs knows", d->path);
    }
    if (parse_mebibytes(m->options->memory) > LARGEST_MIB)
        return fault(DFW_USAGE, "-m %s: Bochs has at most %d MiB", m->options->memory, LARGEST_MIB);
    return 0;
}

static void add_disk(struct argv *a, const struct drive *d, const char *place, bool keep)
{
    const char *mode = !keep ? "volatile" : !strcmp(d->format, "vmdk") ? "vmware4" : !strcmp(d->format, "vdi") ? "vbox" :
                       !strcmp(d->format, "vpc") ? "vpc" : "flat";
    char *journal = keep ? text_of("%s", "") : text_of(", journal=/tmp/dfw-%d-%d", (int)getpid(), d->unit);

    argv_add(a, "%s: type=disk, path=%s, mode=%s%s", place, d->path, mode, journal);
    free(journal);
}

static void attach_drives(const struct machine *m, struct argv *a)
{
    static const char *const places[] = { "ata0-master", "ata0-slave", "ata1-master", "ata1-slave" };
    bool keep = m->options->write;
    int place = 0;

    for (enum drive_kind kind = DRIVE_FLOPPY; kind <= DRIVE_CD; kind++)
        for (int i = 0; i < m->drive_count; i++) {
            const struct drive *d = &m->drives[i];
            if (d->kind != kind)
                continue;
            if (kind == DRIVE_FLOPPY)
                argv_add(a, "floppy%c: %s=%s, status=inserted, write_protected=%d", 'a' + d->unit, floppy_type(d->path), d->path, !keep);
            else if (kind == DRIVE_DISK)
                add_disk(a, d, places[place++], keep);
            else
                argv_add(a, "%s: type=cdrom, path=%s, status=inserted", places[place++], d->path);
        }
}

static void name_boot_order(const struct machine *m, struct argv *a)
{
    char list[64] = "";

    for (const char *c = m->boot_order; *c && c < m->boot_order + 3; c++) {
        if (*list)
            strcat(list, ", ");
        strcat(list, *c == 'a' ? "floppy" : *c == 'c' ? "disk" : *c == 'd' ? "cdrom" : "network");
    }
    if (*list)
        argv_add(a, "boot: %s", list);
}

static void add_vga(const struct machine *m, struct argv *a)
{
    bool cirrus = !strcmp(m->options->vga, "cirrus");
    char *ours = m->vgabios ? text_of("%s", m->vgabios) : firmware_find(cirrus ? "vgabios-cirrus.bin" : "vgabios-std.bin");

    argv_add(a, "vgaromimage: file=%s", ours ? ours : LGPL_VGABIOS);
    argv_add(a, "vga: extension=%s", cirrus ? "cirrus" : "vbe");
    argv_add(a, "pci: enabled=1, chipset=i440fx, slot1=%s", cirrus ? "cirrus" : "pcivga");
    free(ours);
}

void bochs_args(const struct machine *m, struct argv *a, const char *rom, const char *tty)
{
    const struct options *o = m->options;
    /* Nothing is logged: Bochs' SIGINT handler logs too, and would wait for itself. */
    static const char *const fixed[] = {
        "config_interface: textconfig", "display_library: rfb, options=\"timeout=0\"", "log: /dev/stderr",
        "panic: action=fatal", "error: action=ignore", "info: action=ignore", "debug: action=ignore",
        "port_e9_hack: enabled=1", "speaker: enabled=0", "mouse: enabled=0",
        "sound: waveoutdrv=dummy, waveindrv=dummy, midioutdrv=dummy",
    };

    argv_add(a, "bochs-bin");
    argv_add(a, "-q");
    argv_pair(a, "-f", "/dev/null");
    for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
        argv_add(a, "%s", fixed[i]);
    argv_add(a, "romimage: file=%s", rom);
    add_vga(m, a);
    for (int i = 0; i < SUBSTITUTES; i++)
        if (m->substitutes[i].path)
            argv_add(a, "optramimage%d: file=%s, address=%#x", i + 1, m->substitutes[i].path, m->substitutes[i].address);
    argv_add(a, "megs: %u", parse_mebibytes(o->memory));
    argv_add(a, "cpu: model=%s, count=%s, ips=%d, reset_on_triple_fault=1", o->cpu ? o->cpu : DEFAULT_CPU, o->cpus, BOCHS_IPS);
    argv_add(a, "clock: sync=none, time0=%d", FIXED_TIME);
    argv_add(a, "com1: enabled=1, mode=term, dev=%s", tty);
    attach_drives(m, a);
    name_boot_order(m, a);
    for (int i = 0; i < o->extra_count; i++)
        argv_add(a, "%s", o->extra[i]);
}
