/* SPDX-License-Identifier: BSD-2-Clause */
/* `dfw info`: what an image is. */
#include "verbs.h"
#include "image.h"
#include "message.h"
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
        printf("%s: %s\n  size %.1f MiB, format %s\n", image->path, image->what, (double)image->size / MIB, image->format);
        if (*image->volume)
            printf("  volume %s\n", image->volume);
        if (image->loader)
            printf("  boot loader: %s\n", image->loader);
        print_partitions(image);
        print_eltorito(image);
        printf("  drive: %s\n", drive_names[image->kind]);
    }
    free(image);
    return worst;
}
