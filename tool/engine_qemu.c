/* SPDX-License-Identifier: BSD-2-Clause */
/* QEMU as an engine: started with COM1 on its stdin and stdout, watched through QMP. */
#include "message.h"
#include "qemu_command.h"
#include "qmp.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define START_SECONDS 60.0    /* until QMP answers, on a busy machine */
#define STOP_MS       1000
#define LARGEST_PPM   (64u << 20)

static void on_event(struct run *r, const char *name, struct json_object *data)
{
    struct json_object *reason;

    if (!strcmp(name, "SHUTDOWN")) {
        r->powered_off = true;
    } else if (!strcmp(name, "RESET")) {
        if (json_object_object_get_ex(data, "guest", &reason) && json_object_get_boolean(reason)) {
            run_reset(r);
        }
    } else if (!strcmp(name, "GUEST_PANICKED")) {
        r->crashed = true;
    }
}

static void qemu_control(struct run *r)
{
    qmp_receive(r, r->state, on_event);
}

/* One clear line for the refusals that people meet. */
static int explain(const struct run *r)
{
    const char *text = r->last_error, *name = strstr(text, "using the image [");

    if (name) {
        name = strchr(name, '[') + 1;
        return fault(DFW_USAGE, "%.*s: in use by another program", (int)strcspn(name, "]"), name);
    }
    if (strstr(text, "'gtk'") || strstr(text, "gtk initialization"))
        return fault(DFW_ENGINE, "--display window: %s (Debian: apt install qemu-system-gui)", text);
    if (*text)
        return fault(DFW_USAGE, "QEMU refused: %s", text);
    return fault(DFW_USAGE, "QEMU ended at once without a word");
}

static int greet(struct run *r)
{
    struct qmp *q = r->state;
    double until = message_seconds() + START_SECONDS;

    while (!q->greeted && !r->signal && r->control_fd >= 0 && message_seconds() < until)
        run_pump(r, 100);
    if (r->signal)
        return 0;
    if (q->greeted && qmp_do(r, q, "qmp_capabilities", NULL))
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

/* Guest-physical memory, through the memfd that QEMU inherited. */
static bool read_memory(struct run *r, uint32_t address, void *to, size_t bytes)
{
    struct json_object *arguments = json_object_new_object();
    char name[32];

    snprintf(name, sizeof(name), "/dev/fd/%d", r->memory_fd);
    json_object_object_add(arguments, "val", json_object_new_int64(address));
    json_object_object_add(arguments, "size", json_object_new_int64((int64_t)bytes));
    json_object_object_add(arguments, "filename", json_object_new_string(name));
    return qmp_do(r, r->state, "pmemsave", arguments) && run_take_memory(r, to, bytes) == bytes;
}

static bool qemu_words(struct run *r, uint64_t address, uint64_t *to, unsigned count)
{
    return address <= UINT32_MAX && read_memory(r, (uint32_t)address, to, count * sizeof(*to));
}

static unsigned port_in(struct run *r, unsigned port)
{
    char line[32];

    snprintf(line, sizeof(line), "i /b 0x%x", port);
    char *answer = qmp_monitor(r, r->state, line), *equals = answer ? strchr(answer, '=') : NULL;
    unsigned value = equals ? (unsigned)strtoul(equals + 1, NULL, 0) : 0;
    free(answer);
    return value;
}

static void port_out(struct run *r, unsigned port, unsigned value)
{
    char line[32];

    snprintf(line, sizeof(line), "o /b 0x%x 0x%x", port, value);
    free(qmp_monitor(r, r->state, line));
}

#define VGA_GC_INDEX          0x3CE
#define VGA_GC_DATA           0x3CF
#define VGA_GC_MISC           6
#define VGA_GC_MISC_GRAPHICS  0x01

/* Drivers of an OS leave graphics modes unknown to the BIOS data area: the card itself is asked. */
static bool card_in_graphics(struct run *r)
{
    unsigned index = port_in(r, VGA_GC_INDEX);

    port_out(r, VGA_GC_INDEX, VGA_GC_MISC);
    bool graphics = port_in(r, VGA_GC_DATA) & VGA_GC_MISC_GRAPHICS;
    port_out(r, VGA_GC_INDEX, index);
    return graphics;
}

/* A guest that a debugger or -S holds stays held. */
static bool is_running(struct run *r)
{
    struct json_object *status = qmp_command(r, r->state, "query-status", NULL), *running;
    bool yes = status && json_object_object_get_ex(status, "running", &running) && json_object_get_boolean(running);

    json_object_put(status);
    return yes;
}

static bool qemu_look(struct run *r)
{
    if (!strcmp(r->machine->options->vga, "none")) {
        snprintf(r->graphics, sizeof(r->graphics), "the machine has no graphics card");
        return true;
    }
    bool running = is_running(r) && qmp_do(r, r->state, "stop", NULL);
    bool seen = run_read_screen(r, read_memory, card_in_graphics);
    if (running && !r->powered_off)
        qmp_do(r, r->state, "cont", NULL);
    return seen;
}

static bool qemu_picture(struct run *r, struct picture *p)
{
    struct json_object *arguments = json_object_new_object();
    struct stat status;
    char name[32];

    snprintf(name, sizeof(name), "/dev/fd/%d", r->memory_fd);
    json_object_object_add(arguments, "filename", json_object_new_string(name));
    if (!qmp_do(r, r->state, "screendump", arguments) || fstat(r->memory_fd, &status) || status.st_size > LARGEST_PPM)
        return false;
    uint8_t *data = allocate((size_t)status.st_size + 1, 1);
    size_t got = run_take_memory(r, data, (size_t)status.st_size);
    bool good = !picture_from_ppm(p, data, got);
    free(data);
    return good;
}

static void add_event(struct json_object *events, const char *qcode, bool down)
{
    struct json_object *event = json_object_new_object(), *data = json_object_new_object(), *key = json_object_new_object();

    json_object_object_add(key, "type", json_object_new_string("qcode"));
    json_object_object_add(key, "data", json_object_new_string(qcode));
    json_object_object_add(data, "down", json_object_new_boolean(down));
    json_object_object_add(data, "key", key);
    json_object_object_add(event, "type", json_object_new_string("key"));
    json_object_object_add(event, "data", data);
    json_object_array_add(events, event);
}

static void qemu_press(struct run *r, const struct key_step *chord)
{
    struct json_object *arguments = json_object_new_object(), *events = json_object_new_array();

    for (int i = 0; i < chord->count; i++)
        add_event(events, chord->chord[i].qcode, true);
    for (int i = chord->count; i--;)
        add_event(events, chord->chord[i].qcode, false);
    json_object_object_add(arguments, "events", events);
    qmp_do(r, r->state, "input-send-event", arguments);
}

static void qemu_stop(struct run *r)
{
    qmp_do(r, r->state, "quit", NULL);
    child_stop(&r->child, STOP_MS);
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
    .press = qemu_press,
    .stop = qemu_stop,
};
