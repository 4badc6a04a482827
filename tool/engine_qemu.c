/* SPDX-License-Identifier: BSD-2-Clause */
/* QEMU as an engine: started with COM1 on its stdin and stdout, watched through QMP. */
#include "message.h"
#include "qemu_command.h"
#include "qemu_watch.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define START_SECONDS 60.0    /* until QMP answers, on a busy machine */
#define STOP_MS       1000
#define WRITTEN_MS    60000   /* until what the guest wrote is in the images, on a slow disk */

/* One clear line for the refusals that people meet. */
static int explain(const struct run *r)
{
    const char *text = r->last_error, *name = strstr(text, "using the image [");

    if (name) {
        name = strchr(name, '[') + 1;
        return fault(DFW_USAGE, "%.*s: in use by another program", (int)strcspn(name, "]"), name);
    }
    if (strstr(text, "'gtk'"))
        return fault(DFW_ENGINE, "--display window: %s (Debian: apt install qemu-system-gui)", text);
    if (strstr(text, "gtk initialization"))
        return fault(DFW_USAGE, "--display window: no desktop is reached from here (--display term, or vnc)");
    if (*text)
        return fault(DFW_USAGE, "QEMU refused: %s", text);
    return fault(DFW_USAGE, "QEMU ended at once without a word");
}

static int greet(struct run *r)
{
    if (qemu_greet(r, START_SECONDS) || r->signal)
        return 0;
    child_stop(&r->child, STOP_MS);
    while (r->error_fd >= 0)
        run_pump(r, 100);
    return explain(r);
}

/* Where a VNC viewer finds the screen: QEMU took the first port that was free. */
static void tell_vnc(struct run *r)
{
    struct json_object *answer = qmp_command(r, r->state, "query-vnc", NULL), *host, *service;

    if (answer && json_object_object_get_ex(answer, "host", &host) && json_object_object_get_ex(answer, "service", &service))
        phase("VNC at %s:%s", json_object_get_string(host), json_object_get_string(service));
    json_object_put(answer);
}

static int start_process(struct run *r, int ends[4][2])
{
    struct argv a = { 0 };
    const int keep[] = { ends[0][1], ends[1][1], r->memory_fd, -1 };

    qemu_machine_args(r->machine, &a);
    qemu_control_args(&a, ends[0][1], ends[1][1]);
    char *text = argv_quote(&a);
    detail("%s", text);
    free(text);
    int error = child_start(&r->child, &a, ends[2][1], ends[2][1], ends[3][1], keep);
    argv_free(&a);
    if (error == ENOENT)
        return fault(DFW_ENGINE, "qemu-system-x86_64 is not installed (Debian: apt install qemu-system-x86)");
    return error ? fault(DFW_ENGINE, "qemu-system-x86_64: %s", strerror(error)) : 0;
}

static int qemu_start(struct run *r)
{
    int ends[4][2];          /* QMP, debug port, COM1, stderr: ours and QEMU's */

    for (int i = 0; i < 4; i++)
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends[i]))
            return fault(DFW_USAGE, "socketpair: %s", strerror(errno));
    r->state = allocate(1, sizeof(struct qmp));
    r->control_fd = ends[0][0];
    r->debug_fd = ends[1][0];
    r->serial_out = ends[2][0];
    r->serial_in = dup(ends[2][0]);
    r->error_fd = ends[3][0];
    int code = start_process(r, ends);
    for (int i = 0; i < 4; i++)
        close(ends[i][1]);
    if (!code)
        code = greet(r);
    if (!code && !strcmp(r->machine->options->display, "vnc"))
        tell_vnc(r);
    return code;
}

static void qemu_stop(struct run *r)
{
    qmp_do(r, r->state, "quit", NULL);
    child_stop(&r->child, r->machine->options->write ? WRITTEN_MS : STOP_MS);
    qmp_free(r->state);
}

/* --icount: an instruction a nanosecond. KVM and TCG show the host's counter. */
static double qemu_ticks(const struct machine *m)
{
    return m->options->icount ? 1000 : 0;
}

const struct engine engine_qemu = {
    .name = "QEMU",
    .command = qemu_machine_args,
    .ticks = qemu_ticks,
    .start = qemu_start,
    .control = qemu_control,
    .look = qemu_look,
    .picture = qemu_picture,
    .words = qemu_words,
    .takes_keys = qemu_takes_keys,
    .press = qemu_press,
    .stop = qemu_stop,
};
