/* SPDX-License-Identifier: BSD-2-Clause */
/* `dfw install`: a disk that is made, a CD that boots first, and the disk ever after. */
#include "verbs.h"
#include "install.h"
#include "child.h"
#include "message.h"
#include "watch.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define DEFAULT_SIZE   "8G"
#define DEFAULT_MEMORY "1G"      /* installers unpack themselves into memory */

const char *format_of_name(const char *path)
{
    static const struct { const char *ending, *format; } formats[] = {
        { ".img", "raw" }, { ".raw", "raw" }, { ".vmdk", "vmdk" }, { ".vdi", "vdi" }, { ".vhd", "vpc" }, { ".vhdx", "vhdx" },
    };
    const char *dot = strrchr(path, '.');

    for (size_t i = 0; dot && i < sizeof(formats) / sizeof(formats[0]); i++)
        if (!strcmp(dot, formats[i].ending))
            return formats[i].format;
    return "qcow2";
}

int split_disk(const char *argument, char **path, unsigned *mebibytes)
{
    const char *comma = strrchr(argument, ',');

    *mebibytes = parse_mebibytes(DEFAULT_SIZE);
    *path = text_of("%.*s", (int)(comma ? (size_t)(comma - argument) : strlen(argument)), argument);
    if (comma && !(*mebibytes = parse_mebibytes(comma + 1)))
        return fault(DFW_USAGE, "--disk %s: the size is a number of MiB, or 512M, or 8G", argument);
    return **path ? 0 : fault(DFW_USAGE, "--disk %s: no name before the size", argument);
}

static int make_raw(const char *path, unsigned mebibytes)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

    if (fd < 0 || ftruncate(fd, (off_t)mebibytes << 20))
        return fault(DFW_USAGE, "%s: %s", path, strerror(errno));
    close(fd);
    return 0;
}

static void qemu_img_command(struct argv *a, const char *path, const char *format, unsigned mebibytes)
{
    argv_add(a, "qemu-img");
    argv_add(a, "create");
    argv_add(a, "-q");
    argv_pair(a, "-f", "%s", format);
    argv_add(a, "%s", path);
    argv_add(a, "%uM", mebibytes);
}

static int make_by_qemu_img(const char *path, const char *format, unsigned mebibytes)
{
    struct argv a = { 0 };
    struct child child;
    const int keep[] = { -1 };

    qemu_img_command(&a, path, format, mebibytes);
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    int error = child_start(&child, &a, nothing, nothing, STDERR_FILENO, keep);
    argv_free(&a);
    close(nothing);
    if (error == ENOENT)
        return fault(DFW_ENGINE, "qemu-img is not installed (Debian: apt install qemu-utils; a disk whose name ends in .img needs none)");
    if (error)
        return fault(DFW_ENGINE, "qemu-img: %s", strerror(error));
    child_wait(&child);
    return WIFEXITED(child.status) && !WEXITSTATUS(child.status) ? 0 : fault(DFW_USAGE, "%s: qemu-img made no disk", path);
}

static void print_making(const char *path, const char *format, unsigned mebibytes)
{
    struct argv a = { 0 };

    qemu_img_command(&a, path, format, mebibytes);
    char *line = argv_quote(&a);
    puts(line);
    free(line);
    argv_free(&a);
}

/* Add the disk to the options: one that is missing has no content to be looked into. */
static int attach_disk(struct options *o, const char *path)
{
    int code = options_add_image(o, DRIVE_DISK, path);

    if (!code && access(path, F_OK))
        o->images[o->image_count - 1].format = format_of_name(path);
    return code;
}

static int make_disk(const struct options *o, const char *path, unsigned mebibytes)
{
    const char *format = o->images[o->image_count - 1].format;

    if (!format) {
        phase("%s exists and is used as it is", path);
        return 0;
    }
    phase("%s: a new disk of %u MiB (%s)", path, mebibytes, format);
    if (!o->dry_run)
        return strcmp(format, "raw") ? make_by_qemu_img(path, format, mebibytes) : make_raw(path, mebibytes);
    print_making(path, format, mebibytes);
    return 0;
}

/* An installer wants to be seen: where nothing was said, the terminal or a window shows it. */
static void choose_display(struct options *o)
{
    bool desktop = getenv("DISPLAY") || getenv("WAYLAND_DISPLAY");

    if (!o->expect_count && !o->keys && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
        o->display = desktop ? "window" : "term";
}

void install_default(struct options *o)
{
    if (!o->memory)
        o->memory = DEFAULT_MEMORY;
    if (!o->display)
        choose_display(o);
    o->boot = "hd";
    o->once = "cd";
    o->write = true;
}

int verb_install(struct options *o)
{
    struct machine m;
    char *path = NULL;
    unsigned mebibytes;
    int code;

    if (o->image_count != 1 || !o->disk)
        return fault(DFW_USAGE, "install: %s is missing (dfw install --cd ISO --disk DISK[,SIZE])", o->image_count != 1 ? "--cd ISO" : "--disk DISK");
    if (access(o->images[0].path, R_OK))
        return fault(DFW_USAGE, "%s: %s", o->images[0].path, strerror(errno));
    code = split_disk(o->disk, &path, &mebibytes);
    if (!code)
        code = attach_disk(o, path);
    if (!code)
        code = machine_plan(&m, o);
    if (!code)
        code = make_disk(o, path, mebibytes);
    if (!code)
        code = run_or_print(&m);
    free(path);
    return code;
}
