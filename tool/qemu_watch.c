/* SPDX-License-Identifier: BSD-2-Clause */
/* Watching a QEMU through QMP: events, memory, screen, keys. For QEMU as an engine and as Xen's device model. */
#include "qemu_watch.h"
#include "hw/kbc.h"
#include "message.h"
#include "typing.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

void qemu_control(struct run *r)
{
    qmp_receive(r, r->state, on_event);
}

bool qemu_greet(struct run *r, double seconds)
{
    struct qmp *q = r->state;
    double until = message_seconds() + seconds;

    while (!q->greeted && !r->signal && r->control_fd >= 0 && message_seconds() < until)
        run_pump(r, 100);
    return q->greeted && qmp_do(r, q, "qmp_capabilities", NULL);
}

/* Our memfd, for a QEMU that need not be our child. */
static struct json_object *memory_file(const struct run *r)
{
    char name[48];

    snprintf(name, sizeof(name), "/proc/%d/fd/%d", (int)getpid(), r->memory_fd);
    return json_object_new_string(name);
}

static bool read_memory(struct run *r, uint32_t address, void *to, size_t bytes)
{
    struct json_object *arguments = json_object_new_object();

    json_object_object_add(arguments, "val", json_object_new_int64(address));
    json_object_object_add(arguments, "size", json_object_new_int64((int64_t)bytes));
    json_object_object_add(arguments, "filename", memory_file(r));
    return qmp_do(r, r->state, "pmemsave", arguments) && run_take_memory(r, to, bytes) == bytes;
}

bool qemu_words(struct run *r, uint64_t address, uint64_t *to, unsigned count)
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

bool qemu_read_screen(struct run *r)
{
    return run_read_screen(r, read_memory, card_in_graphics);
}

bool qemu_has_card(struct run *r)
{
    if (strcmp(r->machine->options->vga, "none"))
        return true;
    snprintf(r->graphics, sizeof(r->graphics), "the machine has no graphics card");
    return false;
}

bool qemu_look(struct run *r)
{
    if (!qemu_has_card(r))
        return true;
    bool running = is_running(r);
    if (running)
        qmp_do(r, r->state, "stop", NULL);      /* it flushes the disks and may take its time: undone all the same */
    bool seen = qemu_read_screen(r);
    if (running && !r->powered_off)
        qmp_do(r, r->state, "cont", NULL);
    return seen;
}

bool qemu_picture(struct run *r, struct picture *p)
{
    struct json_object *arguments = json_object_new_object();
    struct stat status;

    json_object_object_add(arguments, "filename", memory_file(r));
    if (!qmp_do(r, r->state, "screendump", arguments) || fstat(r->memory_fd, &status) || status.st_size > LARGEST_PPM)
        return false;
    uint8_t *data = allocate((size_t)status.st_size + 1, 1);
    size_t got = run_take_memory(r, data, (size_t)status.st_size);
    bool good = !picture_from_ppm(p, data, got);
    free(data);
    return good;
}

bool qemu_takes_keys(struct run *r)
{
    unsigned status = port_in(r, KBC_STATUS);
    bool key_waits = status & KBC_STATUS_OBF && !(status & KBC_STATUS_AUX);

    return !key_waits && !bios_buffer_crowded(r);
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

void qemu_press(struct run *r, const struct key_step *chord)
{
    struct json_object *arguments = json_object_new_object(), *events = json_object_new_array();

    for (int i = 0; i < chord->count; i++)
        add_event(events, chord->chord[i].qcode, true);
    for (int i = chord->count; i--;)
        add_event(events, chord->chord[i].qcode, false);
    json_object_object_add(arguments, "events", events);
    qmp_do(r, r->state, "input-send-event", arguments);
}
