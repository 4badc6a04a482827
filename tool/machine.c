/* SPDX-License-Identifier: BSD-2-Clause */
/* From images and options to drives, boot order and firmware. */
#include "machine.h"
#include "bochs_command.h"
#include "image.h"
#include "message.h"
#include "partition.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_FLOPPIES = 2, MOST_IDE = 4 };

static enum drive_kind kind_of(const struct image *image)
{
    static const enum drive_kind kinds[] = {
        [IMAGE_UNKNOWN] = DRIVE_AUTO, [IMAGE_FLOPPY] = DRIVE_FLOPPY, [IMAGE_DISK] = DRIVE_DISK, [IMAGE_CD] = DRIVE_CD,
    };
    return kinds[image->kind];
}

static int count_kind(const struct machine *m, enum drive_kind kind)
{
    int n = 0;

    for (int i = 0; i < m->drive_count; i++)
        n += m->drives[i].kind == kind;
    return n;
}

static void put_drive(struct machine *m, enum drive_kind kind, const char *path, const char *format, const char *what)
{
    struct drive *d = &m->drives[m->drive_count];

    *d = (struct drive){ .kind = kind, .path = path, .format = format, .unit = count_kind(m, kind) };
    snprintf(d->what, sizeof(d->what), "%s", what);
    m->drive_count++;
}

static int add_drive(struct machine *m, const struct image_arg *arg)
{
    if (arg->format) {
        put_drive(m, arg->kind, arg->path, arg->format, "empty");
        return 0;
    }
    struct image *image = allocate(1, sizeof(*image));
    int code = image_probe(arg->path, image);
    enum drive_kind kind = arg->kind != DRIVE_AUTO ? arg->kind : kind_of(image);

    if (!code && kind == DRIVE_AUTO)
        code = fault(DFW_USAGE, "%s: %s (--hd, --cd or --fd attach it all the same)", arg->path, image->what);
    else if (!code)
        put_drive(m, kind, arg->path, image->format, image->what);
    free(image);
    return code;
}

static char letter_of(enum drive_kind kind)
{
    return kind == DRIVE_FLOPPY ? 'a' : kind == DRIVE_CD ? 'd' : 'c';
}

static void order_by_images(struct machine *m)
{
    char *to = m->boot_order;

    for (int i = 0; i < m->drive_count; i++) {
        char letter = letter_of(m->drives[i].kind);
        if (!memchr(m->boot_order, letter, (size_t)(to - m->boot_order)))
            *to++ = letter;
    }
}

/* "cd,hd" -> "dc". */
static int order_by_option(const char *option, const char *list, char *to)
{
    static const struct { const char *name; char letter; } names[] = {
        { "fd", 'a' }, { "floppy", 'a' }, { "hd", 'c' }, { "disk", 'c' }, { "cd", 'd' }, { "net", 'n' },
    };
    size_t count = 0, length;

    for (const char *at = list; *at; at += length + (at[length] == ',')) {
        char letter = 0;
        length = strcspn(at, ",");
        for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
            if (strlen(names[i].name) == length && !memcmp(names[i].name, at, length))
                letter = names[i].letter;
        if (!letter || memchr(to, letter, count))
            return fault(DFW_USAGE, "%s %s: devices are fd, hd, cd and net, each once", option, list);
        to[count++] = letter;
    }
    return count ? 0 : fault(DFW_USAGE, "%s: no device named", option);
}

static int plan_order(struct machine *m)
{
    const struct options *o = m->options;
    int code = 0;

    if (o->boot)
        code = order_by_option("--boot", o->boot, m->boot_order);
    else
        order_by_images(m);
    if (!code && o->once)
        code = order_by_option("--once", o->once, m->once);
    return code;
}

static int find_firmware(const char *name, const char **to)
{
    if ((*to = firmware_find(name)))
        return 0;
    const char *given = getenv("DFW_FIRMWARE");
    return fault(DFW_USAGE, "%s: firmware file not found %s%s (run make, or name its directory in $DFW_FIRMWARE)", name,
                 given ? "in $DFW_FIRMWARE=" : "beside dfw or in " DFW_PREFIX "/share/dfw", given ? given : "");
}

static int check_file(const char *option, const char *path)
{
    return !path || !access(path, R_OK) ? 0 : fault(DFW_USAGE, "%s %s: no such file, or not readable", option, path);
}

static int plan_firmware(struct machine *m)
{
    const struct options *o = m->options;

    if (check_file("--bios", o->bios) || check_file("--vgabios", o->vgabios))
        return DFW_USAGE;
    if (o->bios && !strcmp(o->partition, "none")) {
        m->rom = o->bios;
        m->vgabios = o->vgabios;
        return 0;
    }
    if (substitute_plan(m->substitutes, o->bios, o->vgabios))
        return DFW_USAGE;
    if (!strcmp(o->firmware, "kernel"))
        return find_firmware("vmxloader", &m->kernel);
    return find_firmware("dfw.rom", &m->rom);
}

static int check_counts(const struct machine *m)
{
    const char *bus = m->options->bus ? m->options->bus : "ide";
    bool ports = !strcmp(bus, "ide") || !strcmp(bus, "ahci");

    if (count_kind(m, DRIVE_FLOPPY) > MOST_FLOPPIES)
        return fault(DFW_USAGE, "a PC has no more than %d floppy drives", MOST_FLOPPIES);
    if (ports && count_kind(m, DRIVE_DISK) + count_kind(m, DRIVE_CD) > MOST_IDE)
        return fault(DFW_USAGE, "more than %d hard disks and CDs (--bus virtio takes more)", MOST_IDE);
    return 0;
}

int machine_plan(struct machine *m, const struct options *o)
{
    const char *why = NULL;
    int code = 0;

    *m = (struct machine){ .options = o };
    for (int i = 0; !code && i < o->image_count; i++)
        code = add_drive(m, &o->images[i]);
    if (!code)
        code = check_counts(m);
    if (!code)
        code = plan_order(m);
    if (!code)
        code = plan_firmware(m);
    if (!code && !strcmp(o->engine, "bochs"))
        code = bochs_check(m);
    if (code || strcmp(o->engine, "qemu") || !strcmp(o->accel, "tcg") || o->icount)
        return code;
    m->kvm = kvm_works(&why);
    if (!m->kvm && !strcmp(o->accel, "kvm"))
        return fault(DFW_USAGE, "--accel kvm: %s", why);
    if (!m->kvm)
        detail("KVM not used: %s", why);
    return partition_accelerate(o, &m->kvm);
}
