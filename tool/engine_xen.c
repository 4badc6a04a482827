/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Xen as an engine, on a dom0: `xl create -F` stays in front while the guest lives; its device model is a QEMU, watched
 * through a QMP socket of our own; port E9h is what Xen's console has of this guest.
 */
#include "message.h"
#include "qemu_watch.h"
#include "xl_config.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define CAPABILITIES   "/proc/xen/capabilities"
#define START_SECONDS  120.0        /* until the device model listens */
#define STOP_MS        10000
#define DRY_CONFIG     "/tmp/dfw-boot.cfg"
#define REASON         "has shut down, reason code "
#define ERROR          "error: "

struct xen {
    struct qmp qmp;                 /* first: what qemu_watch.h calls the state */
    char directory[32];
    char *name;
    int domain;                     /* 0: not known */
    unsigned console_lines;         /* of this guest's, taken already */
};

static bool is_dom0(void)
{
    char text[64] = "";
    FILE *f = fopen(CAPABILITIES, "re");

    if (f && !fgets(text, sizeof(text), f))
        *text = 0;
    if (f)
        fclose(f);
    return strstr(text, "control_d");
}

/* What xl says of the guest's end: reason 0 is a power-off, 1 a reset (xen/include/public/sched.h). */
static void xl_line(struct run *r, const char *text)
{
    struct xen *x = r->state;
    const char *reason = strstr(text, REASON);

    sscanf(text, "Waiting for domain %*s (domid %d)", &x->domain);
    if (!reason && !strstr(r->last_error, ERROR))     /* the first error: others follow from it */
        snprintf(r->last_error, sizeof(r->last_error), "%s", text);
    else if (!reason)
        detail("%s", text);
    else if (atoi(reason + strlen(REASON)) == 0)
        r->powered_off = true;
    else if (atoi(reason + strlen(REASON)) == 1)
        run_reset(r);
    else
        r->crashed = true;
}

static int run_xl(const char *verb, const char *name)
{
    char *command = text_of("exec xl %s %s 2>/dev/null", verb, name);
    int status = system(command);

    free(command);
    return status;
}

/* Lines "(XEN) ...(dN) text" that are new; xl prints the whole ring each time. */
static void take_console(struct run *r)
{
    struct xen *x = r->state;
    char *mark, line[512];
    unsigned count = 0;
    FILE *ring;

    if (!x->domain || !(ring = popen("xl dmesg 2>/dev/null", "re")))
        return;
    mark = text_of("(d%d) ", x->domain);
    while (fgets(line, sizeof(line), ring)) {
        char *text = strstr(line, mark);
        if (text && count++ >= x->console_lines)
            run_debug(r, text + strlen(mark), strlen(text + strlen(mark)));
    }
    x->console_lines = count;
    free(mark);
    pclose(ring);
}

static int write_config(const struct run *r, const struct xen *x)
{
    char *path = text_of("%s/cfg", x->directory);
    FILE *f = fopen(path, "we");

    if (f) {
        xl_config(f, r->machine, x->directory);
        fclose(f);
    }
    int code = f ? 0 : fault(DFW_USAGE, "%s: %s", path, strerror(errno));
    free(path);
    return code;
}

static int start_process(struct run *r, struct xen *x)
{
    struct argv a = { 0 };
    int null = open("/dev/null", O_RDWR | O_CLOEXEC), err[2];
    const int keep[] = { -1 };

    if (null < 0 || pipe2(err, O_CLOEXEC))
        return fault(DFW_USAGE, "%s", strerror(errno));
    r->error_fd = err[0];
    r->error_hook = xl_line;
    argv_add(&a, "xl");
    argv_add(&a, "create");
    argv_add(&a, "-F");
    argv_add(&a, "-p");
    argv_add(&a, "%s/cfg", x->directory);
    char *text = argv_quote(&a);
    detail("%s", text);
    free(text);
    int error = child_start(&r->child, &a, null, err[1], err[1], keep);
    argv_free(&a);
    close(null);
    close(err[1]);
    if (error == ENOENT)
        return fault(DFW_ENGINE, "xl is not installed (Debian: apt install xen-utils)");
    return error ? fault(DFW_ENGINE, "xl: %s", strerror(error)) : 0;
}

/* The device model makes its sockets when it starts. */
static int connect_socket(struct run *r, const struct xen *x, const char *which)
{
    struct sockaddr_un to = { .sun_family = AF_UNIX };
    double until = message_seconds() + START_SECONDS;

    snprintf(to.sun_path, sizeof(to.sun_path), "%s/%s", x->directory, which);
    while (!r->signal && !child_ended(&r->child) && message_seconds() < until) {
        int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (fd >= 0 && !connect(fd, (struct sockaddr *)&to, sizeof(to)))
            return fd;
        close(fd);
        run_pump(r, 100);
    }
    return -1;
}

/* The guest waits, so that no character is lost before we listen. */
static int attach(struct run *r, struct xen *x)
{
    r->control_fd = connect_socket(r, x, "qmp");
    if (r->control_fd >= 0)
        r->serial_out = connect_socket(r, x, "serial");
    if (r->serial_out >= 0 && qemu_greet(r, START_SECONDS)) {
        r->serial_in = dup(r->serial_out);
        for (int tries = 0; tries < 100 && run_xl("unpause", x->name) && !child_ended(&r->child); tries++)
            run_pump(r, 100);
        return 0;
    }
    if (r->signal)
        return 0;
    for (int i = 0; i < 20 && r->error_fd >= 0; i++)
        run_pump(r, 50);
    return fault(DFW_USAGE, "xl refused: %s (the device model's log: /var/log/xen/qemu-dm-%s.log)",
                 *r->last_error ? r->last_error : "no word why", x->name);
}

static int xen_start(struct run *r)
{
    struct xen *x = r->state = allocate(1, sizeof(*x));

    if (!is_dom0())
        return fault(DFW_ENGINE, "--engine xen: this is no dom0 of Xen (no control_d in " CAPABILITIES "): boot Xen, or take --engine qemu");
    strcpy(x->directory, "/tmp/dfw-xen.XXXXXX");
    if (!mkdtemp(x->directory))
        return fault(DFW_USAGE, "%s: %s", x->directory, strerror(errno));
    x->name = xl_run_name();
    int code = write_config(r, x);
    if (!code)
        code = start_process(r, x);
    return code ? code : attach(r, x);
}

/* Xen holds the guest: its device model, once stopped, would leave the guest's accesses without an answer. */
static bool xen_look(struct run *r)
{
    struct xen *x = r->state;

    take_console(r);
    if (!qemu_has_card(r))
        return true;
    bool held = !run_xl("pause", x->name), seen = qemu_read_screen(r);
    if (held)
        run_xl("unpause", x->name);
    return seen;
}

static void remove_directory(const char *path)
{
    static const char *const files[] = { "cfg", "qmp", "serial" };

    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        char *file = text_of("%s/%s", path, files[i]);
        unlink(file);
        free(file);
    }
    rmdir(path);
}

static void xen_stop(struct run *r)
{
    struct xen *x = r->state;

    take_console(r);
    if (x->name && !child_ended(&r->child))
        run_xl("destroy", x->name);
    child_stop(&r->child, STOP_MS);
    if (*x->directory)
        remove_directory(x->directory);
    free(x->name);
    qmp_free(&x->qmp);
}

static void xen_command(const struct machine *m, struct argv *a)
{
    argv_add(a, "xl");
    argv_add(a, "create");
    argv_add(a, DRY_CONFIG);
}

/* `dfw --dry-run` prints the configuration as a here-document. */
static char *xen_prepare(const struct machine *m)
{
    char *text = NULL;
    size_t size = 0;
    FILE *f = open_memstream(&text, &size);

    if (!f)
        return NULL;
    fputs("cat >" DRY_CONFIG " <<'END'\n", f);
    xl_config(f, m, NULL);
    fputs("END", f);
    fclose(f);
    return text;
}

const struct engine engine_xen = {
    .name = "Xen",
    .prepare = xen_prepare,
    .command = xen_command,
    .start = xen_start,
    .control = qemu_control,
    .look = xen_look,
    .picture = qemu_picture,
    .words = qemu_words,
    .takes_keys = qemu_takes_keys,
    .press = qemu_press,
    .stop = xen_stop,
};
