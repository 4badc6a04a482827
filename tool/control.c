/* SPDX-License-Identifier: BSD-2-Clause */
#include "control.h"
#include "machines.h"
#include "message.h"
#include <ctype.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 4, ASK_SECONDS = 1, LONGEST_NAME = 40, MOST_OF_A_NAME = 100 };

char *name_of_image(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *name = text_of("%.*s", LONGEST_NAME, slash ? slash + 1 : path), *dot = strrchr(name, '.');

    if (dot && dot != name)
        *dot = 0;
    for (char *c = name; *c; c++)
        if (!isalnum((unsigned char)*c) && (c == name || !strchr("._-+", *c)))
            *c = c == name ? 'm' : '-';
    return name;
}

/* The socket of that name, unless it is in use; -1 with errno. */
static int listen_at(const char *path)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int other = machines_connect(path), fd;

    if (other >= 0) {
        close(other);
        errno = EADDRINUSE;
        return -1;
    }
    unlink(path);
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    strncpy(address.sun_path, path, sizeof(address.sun_path) - 1);
    if (fd >= 0 && !bind(fd, (struct sockaddr *)&address, sizeof(address)) && !listen(fd, BACKLOG))
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

static bool try_name(struct control *c, const char *directory, char *name)
{
    char *path = machines_socket(directory, name);

    c->fd = path ? listen_at(path) : -1;
    if (c->fd >= 0) {
        c->name = name;
        c->path = path;
        return true;
    }
    free(path);
    free(name);
    return false;
}

int control_open(struct control *c, const struct machine *m)
{
    const char *given = m->options->name, *why = "no name is free";
    char *directory = machines_directory(&why), *base = NULL;
    int code = 0;

    *c = (struct control){ .fd = -1, .typist = -1, .stopper = -1, .start = message_seconds() };
    if (given && directory && !try_name(c, directory, text_of("%s", given)))
        code = errno == EADDRINUSE ? fault(DFW_USAGE, "--name %s: a machine of that name runs (dfw list)", given) :
               fault(DFW_USAGE, "--name %s: a name is made of letters, digits and ._-+", given);
    if (!given && directory) {
        base = name_of_image(m->drive_count ? m->drives[0].path : "machine");
        for (int i = 1; c->fd < 0 && i < MOST_OF_A_NAME; i++)
            try_name(c, directory, i == 1 ? text_of("%s", base) : text_of("%s-%d", base, i));
    }
    if (c->fd < 0 && !code)
        detail("dfw list will not show this machine: %s", why);
    free(base);
    free(directory);
    return code;
}

static struct json_object *answer(int code)
{
    struct json_object *a = json_object_new_object();

    json_object_object_add(a, "code", json_object_new_int(code));
    return a;
}

static struct json_object *refusal(int code, const char *error)
{
    struct json_object *a = answer(code);

    json_object_object_add(a, "error", json_object_new_string(error));
    return a;
}

static struct json_object *status(const struct control *c, const struct run *r)
{
    struct json_object *a = answer(0), *images = json_object_new_array();

    for (int i = 0; i < r->machine->drive_count; i++)
        json_object_array_add(images, json_object_new_string(r->machine->drives[i].path));
    json_object_object_add(a, "name", json_object_new_string(c->name));
    json_object_object_add(a, "pid", json_object_new_int(getpid()));
    json_object_object_add(a, "engine", json_object_new_string(r->engine->name));
    json_object_object_add(a, "seconds", json_object_new_int((int)(message_seconds() - c->start)));
    json_object_object_add(a, "images", images);
    return a;
}

static struct json_object *screen(struct run *r)
{
    if (!r->engine->look(r))
        return refusal(DFW_GUEST, "the engine does not answer");
    struct json_object *a = answer(0);
    json_object_object_add(a, r->screen ? "text" : "graphics", json_object_new_string(r->screen ? r->screen : r->graphics));
    return a;
}

static void send_picture(int fd, struct run *r)
{
    struct picture p;
    bool taken = r->engine->picture(r, &p);
    struct json_object *a = taken ? answer(0) : refusal(DFW_GUEST, "the engine gave no picture");

    if (taken) {
        json_object_object_add(a, "width", json_object_new_int((int)p.width));
        json_object_object_add(a, "height", json_object_new_int((int)p.height));
    }
    if (machines_send(fd, a) && taken && send(fd, p.rgb, 3 * (size_t)p.width * p.height, MSG_NOSIGNAL) < 0)
        detail("the picture was not taken");
    json_object_put(a);
    if (taken)
        free(p.rgb);
}

static void swap(int *a, int *b)
{
    int old = *a;

    *a = *b;
    *b = old;
}

/* The connection stays until all is typed. */
static struct json_object *start_typing(struct control *c, int *fd, struct json_object *request)
{
    struct json_object *keys;

    if (c->typist >= 0)
        return refusal(DFW_GUEST, "keys of another dfw keys are still being typed");
    if (!json_object_object_get_ex(request, "keys", &keys))
        return refusal(DFW_USAGE, "no keys");
    free(c->script);
    c->script = text_of("%s", json_object_get_string(keys));
    typing_start(&c->typing, c->script, NULL);
    swap(&c->typist, fd);
    return NULL;
}

static void serve(struct control *c, struct run *r, int fd)
{
    struct json_object *request = machines_receive(fd, ASK_SECONDS), *what, *a = NULL;
    const char *verb = request && json_object_object_get_ex(request, "do", &what) ? json_object_get_string(what) : "";

    if (!strcmp(verb, "status"))
        a = status(c, r);
    else if (!strcmp(verb, "screen"))
        a = screen(r);
    else if (!strcmp(verb, "picture"))
        send_picture(fd, r);
    else if (!strcmp(verb, "keys"))
        a = start_typing(c, &fd, request);
    else if (!strcmp(verb, "stop"))
        swap(&c->stopper, &fd);
    else
        a = refusal(DFW_USAGE, "no such request");
    if (a && fd >= 0)
        machines_send(fd, a);
    json_object_put(a);
    json_object_put(request);
    if (fd >= 0)
        close(fd);
}

static void end(int *connection, struct json_object *a)
{
    machines_send(*connection, a);
    json_object_put(a);
    close(*connection);
    *connection = -1;
}

static bool hung_up(int fd)
{
    struct pollfd p = { .fd = fd, .events = POLLRDHUP };

    return poll(&p, 1, 0) > 0 && p.revents;
}

void control_step(struct control *c, struct run *r)
{
    int fd;

    while (c->fd >= 0 && c->stopper < 0 && (fd = accept4(c->fd, NULL, NULL, SOCK_CLOEXEC)) >= 0)
        serve(c, r, fd);
    if (c->typist < 0)
        return;
    if (*c->typing.waiting)
        r->engine->look(r);
    typing_step(&c->typing, r);
    if (c->typing.done || hung_up(c->typist))
        end(&c->typist, answer(0));
}

void control_close(struct control *c)
{
    if (c->typist >= 0)
        end(&c->typist, refusal(DFW_GUEST, "the machine ended before all keys were typed"));
    if (c->fd >= 0) {
        unlink(c->path);
        close(c->fd);
    }
    if (c->stopper >= 0)
        end(&c->stopper, answer(0));
    free(c->name);
    free(c->path);
    free(c->script);
    *c = (struct control){ .fd = -1, .typist = -1, .stopper = -1 };
}
