/* SPDX-License-Identifier: BSD-2-Clause */
/* `dfw info`: what an image is. */
#include "verbs.h"
#include "image.h"
#include "message.h"
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>

#define MIB (1024.0 * 1024.0)

static const char *const media_names[] = { "no emulation", "1.2M floppy", "1.44M floppy", "2.88M floppy", "hard disk" };
static const char *const drive_names[] = {
    [IMAGE_UNKNOWN] = "none (--hd, --cd or --fd attach it all the same)", [IMAGE_FLOPPY] = "floppy (--fd)",
    [IMAGE_DISK] = "hard disk (--hd)", [IMAGE_CD] = "CD (--cd)",
};

static void print_partitions(const struct image *image)
{
    for (int i = 0; i < image->part_count; i++) {
        const struct partition *p = &image->parts[i];
        printf("  partition %-2d type %02X%s first %llu, %.1f MiB%s%s%s%s\n", i + 1, p->type, p->active ? " boot" : "     ",
               (unsigned long long)p->first, (double)p->sectors * SECTOR / MIB, *p->name ? ", " : "", p->name,
               p->loader ? ", loader: " : "", p->loader ? p->loader : "");
    }
}

static void print_eltorito(const struct image *image)
{
    for (int i = 0; i < image->eltorito_count; i++) {
        const struct eltorito_entry *e = &image->eltorito[i];
        printf("  El Torito %-2d %s%s, %s, %u sectors at block %u%s%s\n", i, e->platform == 0xEF ? "EFI" : "80x86",
               e->bootable ? "" : " (not bootable)", e->media <= 4 ? media_names[e->media] : "unknown emulation",
               e->sectors, e->lba, e->loader ? ", loader: " : "", e->loader ? e->loader : "");
    }
}

static void print_text(const struct image *image)
{
    printf("%s: %s\n  size %.1f MiB, format %s\n", image->path, image->what, (double)image->size / MIB, image->format);
    if (*image->volume)
        printf("  volume %s\n", image->volume);
    if (image->loader)
        printf("  boot loader: %s\n", image->loader);
    print_partitions(image);
    print_eltorito(image);
    printf("  drive: %s\n", drive_names[image->kind]);
}

static void add_text(struct json_object *to, const char *name, const char *text)
{
    if (text && *text)
        json_object_object_add(to, name, json_object_new_string(text));
}

static struct json_object *json_partitions(const struct image *image)
{
    struct json_object *list = json_object_new_array();

    for (int i = 0; i < image->part_count; i++) {
        const struct partition *p = &image->parts[i];
        struct json_object *part = json_object_new_object();
        json_object_object_add(part, "type", json_object_new_int(p->type));
        json_object_object_add(part, "boot", json_object_new_boolean(p->active));
        json_object_object_add(part, "first", json_object_new_int64((int64_t)p->first));
        json_object_object_add(part, "sectors", json_object_new_int64((int64_t)p->sectors));
        add_text(part, "name", p->name);
        add_text(part, "loader", p->loader);
        json_object_array_add(list, part);
    }
    return list;
}

static struct json_object *json_eltorito(const struct image *image)
{
    struct json_object *list = json_object_new_array();

    for (int i = 0; i < image->eltorito_count; i++) {
        const struct eltorito_entry *e = &image->eltorito[i];
        struct json_object *entry = json_object_new_object();
        json_object_object_add(entry, "platform", json_object_new_int(e->platform));
        json_object_object_add(entry, "bootable", json_object_new_boolean(e->bootable));
        json_object_object_add(entry, "media", json_object_new_int(e->media));
        json_object_object_add(entry, "block", json_object_new_int64(e->lba));
        add_text(entry, "loader", e->loader);
        json_object_array_add(list, entry);
    }
    return list;
}

static void print_json(const struct image *image)
{
    static const char *const drives[] = { "", "fd", "hd", "cd" };
    struct json_object *o = json_object_new_object();

    add_text(o, "path", image->path);
    add_text(o, "what", image->what);
    json_object_object_add(o, "bytes", json_object_new_int64((int64_t)image->size));
    add_text(o, "format", image->format);
    add_text(o, "drive", drives[image->kind]);
    add_text(o, "volume", image->volume);
    add_text(o, "loader", image->loader);
    json_object_object_add(o, "partitions", json_partitions(image));
    json_object_object_add(o, "eltorito", json_eltorito(image));
    json_print(stdout, o);
    json_object_put(o);
}

int verb_info(struct options *o)
{
    struct image *image = allocate(1, sizeof(*image));
    int worst = 0;

    for (int i = 0; i < o->image_count; i++) {
        int code = image_probe(o->images[i].path, image);
        if (code) {
            worst = code;
            continue;
        }
        if (o->json)
            print_json(image);
        else
            print_text(image);
    }
    free(image);
    return worst;
}
