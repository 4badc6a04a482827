/* SPDX-License-Identifier: BSD-2-Clause */
/* Opens an image file and asks each probe in turn what it is. */
#include "image.h"
#include "message.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

size_t source_read(const struct source *source, uint64_t offset, void *to, size_t bytes)
{
    size_t done = 0;

    if (offset > INT64_MAX - bytes)
        return 0;
    while (done < bytes) {
        ssize_t n = pread(source->fd, (char *)to + done, bytes - done, (off_t)(offset + done));
        if (n <= 0)
            break;
        done += (size_t)n;
    }
    return done;
}

static void probe_other(const struct source *source, struct image *image)
{
    static const struct { const char *magic; size_t bytes; const char *what; } others[] = {
        { "\177ELF", 4, "an ELF program, not a disk image (QEMU starts one with: -- -kernel FILE)" },
        { "\037\213", 2, "compressed by gzip: unpack it first (gunzip)" },
        { "\3757zXZ", 6, "compressed by xz: unpack it first (unxz)" },
        { "BZh", 3, "compressed by bzip2: unpack it first (bunzip2)" },
        { "\050\265\057\375", 4, "compressed by zstd: unpack it first (unzstd)" },
        { "PK\003\004", 4, "a ZIP archive: unpack it first (unzip)" },
    };
    uint8_t head[8] = { 0 };
    size_t got = source_read(source, 0, head, sizeof(head));

    image->kind = IMAGE_UNKNOWN;
    image->format = "raw";
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        if (got >= others[i].bytes && !memcmp(head, others[i].magic, others[i].bytes)) {
            snprintf(image->what, sizeof(image->what), "%s", others[i].what);
            return;
        }
    snprintf(image->what, sizeof(image->what),
             "no boot sector, partition table, ISO 9660 or disk container found in it");
}

static int measure(const char *path, struct source *source)
{
    struct stat status;

    if (fstat(source->fd, &status))
        return fault(DFW_USAGE, "%s: %s", path, strerror(errno));
    if (S_ISDIR(status.st_mode))
        return fault(DFW_USAGE, "%s: a directory, not an image file", path);
    source->size = (uint64_t)status.st_size;
    if (S_ISBLK(status.st_mode) && ioctl(source->fd, BLKGETSIZE64, &source->size))
        return fault(DFW_USAGE, "%s: %s", path, strerror(errno));
    if (!S_ISBLK(status.st_mode) && !S_ISREG(status.st_mode))
        return fault(DFW_USAGE, "%s: neither a file nor a disk", path);
    if (!source->size)
        return fault(DFW_USAGE, "%s: the file is empty", path);
    return 0;
}

int image_probe(const char *path, struct image *image)
{
    struct source source = { .fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) };

    *image = (struct image){ .path = path, .format = "raw" };
    if (source.fd < 0)
        return fault(DFW_USAGE, "%s: %s", path, strerror(errno));
    int code = measure(path, &source);
    if (!code) {
        image->size = source.size;
        if (!probe_container(&source, image) && !probe_cd(&source, image) &&
            !probe_floppy(&source, image) && !probe_disk(&source, image))
            probe_other(&source, image);
    }
    close(source.fd);
    return code;
}
