/* SPDX-License-Identifier: BSD-2-Clause */
#include "raw_copy.h"
#include "message.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define TICK_MS  100

/* What qemu-img says: "    (12.34/100%)\r" as it goes, or why it does not. */
struct sayings {
    const char *path;
    char line[256];
    size_t length;
    char error[256];
};

void raw_copy_command(const struct drive *d, const char *to, struct argv *a)
{
    argv_add(a, "qemu-img");
    argv_add(a, "convert");
    argv_add(a, "-p");
    argv_pair(a, "-f", "%s", d->format);
    argv_pair(a, "-O", "raw");
    argv_add(a, "%s", d->path);
    argv_add(a, "%s", to);
}

static void take(struct sayings *s, const char *data, ssize_t bytes)
{
    double percent;

    for (; bytes > 0; bytes--, data++) {
        if (*data != '\r' && *data != '\n') {
            s->line[s->length] = *data;
            s->length += s->length < sizeof(s->line) - 1;
            continue;
        }
        s->line[s->length] = 0;
        s->length = 0;
        if (sscanf(s->line, " (%lf/", &percent) == 1)
            progress("%s: a raw copy, %.0f %%", s->path, percent);
        else if (*s->line)
            memcpy(s->error, s->line, sizeof(s->error));
    }
}

/* Listen until qemu-img ends, or a signal ends us. */
static void follow(struct run *r, struct child *child, int from, struct sayings *s)
{
    struct pollfd p = { .fd = from, .events = POLLIN };
    char data[256];
    ssize_t n = 1;

    while (n > 0 && !r->signal) {
        run_pump(r, 0);
        if (poll(&p, 1, TICK_MS) > 0 && (n = read(from, data, sizeof(data))) > 0)
            take(s, data, n);
    }
    if (r->signal)
        child_stop(child, 0);
    child_wait(child);
}

static int run_qemu_img(struct run *r, const struct drive *d, int to)
{
    struct argv a = { 0 };
    struct child child;
    struct sayings s = { .path = d->path };
    const int keep[] = { to, -1 };
    int ends[2], nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);

    if (nothing < 0 || pipe2(ends, O_CLOEXEC))
        return fault(DFW_USAGE, "%s", strerror(errno));
    char *target = text_of("/dev/fd/%d", to);
    raw_copy_command(d, target, &a);
    free(target);
    int error = child_start(&child, &a, nothing, ends[1], ends[1], keep);
    argv_free(&a);
    close(nothing);
    close(ends[1]);
    if (!error)
        follow(r, &child, ends[0], &s);
    close(ends[0]);
    if (error == ENOENT)
        return fault(DFW_ENGINE, "%s: qemu-img, which copies it for Bochs, is not installed (Debian: apt install qemu-utils)", d->path);
    if (error)
        return fault(DFW_ENGINE, "qemu-img: %s", strerror(error));
    if (r->signal)
        return 128 + r->signal;
    if (WIFEXITED(child.status) && !WEXITSTATUS(child.status))
        return 0;
    return fault(DFW_USAGE, "%s: no raw copy for Bochs: %s", d->path, *s.error ? s.error : "qemu-img failed");
}

int raw_copy(struct run *r, const struct drive *d, int *fd)
{
    const char *directory = getenv("TMPDIR");

    if (!directory || !*directory)
        directory = "/var/tmp";
    *fd = open(directory, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (*fd < 0)
        return fault(DFW_USAGE, "%s: no raw copy of %s can be made there: %s (another directory in $TMPDIR)", directory, d->path, strerror(errno));
    int code = run_qemu_img(r, d, *fd);
    if (!code)
        phase("%s: a raw copy for Bochs, %.0f MiB", d->path, (double)lseek(*fd, 0, SEEK_END) / (1 << 20));
    return code;
}
