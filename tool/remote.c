/* SPDX-License-Identifier: BSD-2-Clause */
/* list, screen, keys and stop: what asks a machine that another dfw runs. */
#include "verbs.h"
#include "keys.h"
#include "machines.h"
#include "message.h"
#include "picture.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PATIENCE     30     /* seconds for an answer from a busy machine */
#define LARGEST_SIDE 8192

static struct json_object *request(const char *what)
{
    struct json_object *r = json_object_new_object();

    json_object_object_add(r, "do", json_object_new_string(what));
    return r;
}

static struct json_object *ask(int fd, struct json_object *question, int seconds)
{
    struct json_object *a = machines_send(fd, question) ? machines_receive(fd, seconds) : NULL;

    json_object_put(question);
    return a;
}

static const char *text_in(struct json_object *a, const char *name)
{
    struct json_object *value;

    return json_object_object_get_ex(a, name, &value) ? json_object_get_string(value) : NULL;
}

static int number_in(struct json_object *a, const char *name)
{
    struct json_object *value;

    return json_object_object_get_ex(a, name, &value) ? json_object_get_int(value) : 0;
}

/* ---- list ---------------------------------------------------------------------------- */

static bool list_one(void *context, const char *name, int fd)
{
    const struct options *o = context;
    struct json_object *a = ask(fd, request("status"), PATIENCE), *images = NULL;

    if (!a) {
        detail("%s does not answer", name);
    } else if (o->json) {
        json_object_object_del(a, "code");
        json_print(stdout, a);
    } else {
        printf("%-20s %7d  %-6s %6d s ", name, number_in(a, "pid"), text_in(a, "engine"), number_in(a, "seconds"));
        json_object_object_get_ex(a, "images", &images);
        for (size_t i = 0; i < json_object_array_length(images); i++)
            printf(" %s", json_object_get_string(json_object_array_get_idx(images, i)));
        putchar('\n');
    }
    json_object_put(a);
    return true;
}

int verb_list(struct options *o)
{
    if (!o->json)
        printf("%-20s %7s  %-6s %8s  %s\n", "NAME", "PID", "ENGINE", "UP", "IMAGES");
    machines_each(list_one, o);
    return DFW_OK;
}

/* ---- the machine that is meant --------------------------------------------------------- */

struct choice {
    const char *wanted;      /* NULL: the only one */
    int count, fd;
    char *names;
};

static bool choose(void *context, const char *name, int fd)
{
    struct choice *c = context;

    if (c->wanted && strcmp(c->wanted, name))
        return true;
    char *names = text_of("%s%s%s", c->names ? c->names : "", c->names ? ", " : "", name);
    free(c->names);
    c->names = names;
    if (!c->count++)
        c->fd = dup(fd);
    return true;
}

/* Its socket; or -1 after one line. */
static int find_machine(const char *wanted)
{
    struct choice c = { .wanted = wanted, .fd = -1 };

    machines_each(choose, &c);
    if (!c.count && wanted)
        fault(DFW_USAGE, "%s: no machine of that name runs (dfw list)", wanted);
    else if (!c.count)
        fault(DFW_USAGE, "no machine runs (dfw boot IMAGE starts one)");
    else if (c.count > 1) {
        fault(DFW_USAGE, "%d machines run, name one: %s", c.count, c.names);
        close(c.fd);
        c.fd = -1;
    }
    free(c.names);
    return c.fd;
}

/* The answer's code, after one line where it is not 0. */
static int code_of(struct json_object *a)
{
    const char *error = a ? text_in(a, "error") : "the machine does not answer";
    int code = a ? number_in(a, "code") : DFW_GUEST;

    return code ? fault(code, "%s", error ? error : "the machine refused") : 0;
}

/* ---- screen ------------------------------------------------------------------------------ */

static int show_screen(int fd, const char *path)
{
    struct json_object *a = ask(fd, request("screen"), PATIENCE);
    int code = code_of(a);
    const char *text = code ? NULL : text_in(a, "text");

    if (!code && !text)
        code = fault(DFW_GUEST, "%s (--output FILE.png takes a picture)", text_in(a, "graphics"));
    if (!code) {
        FILE *file = path ? fopen(path, "we") : stdout;
        if (!file || fprintf(file, "%s\n", text) < 0 || fflush(file))
            code = fault(DFW_USAGE, "%s: %s", path ? path : "stdout", strerror(errno));
        if (file && path)
            fclose(file);
    }
    json_object_put(a);
    return code;
}

static int take_picture(int fd, const char *path)
{
    struct json_object *a = ask(fd, request("picture"), PATIENCE);
    int code = code_of(a), width = code ? 0 : number_in(a, "width"), height = code ? 0 : number_in(a, "height");

    json_object_put(a);
    if (code)
        return code;
    if (width < 1 || height < 1 || width > LARGEST_SIDE || height > LARGEST_SIDE)
        return fault(DFW_GUEST, "the machine sent no picture");
    struct picture p = { .width = (unsigned)width, .height = (unsigned)height };
    size_t bytes = 3 * (size_t)width * (size_t)height, got = 0;
    p.rgb = allocate(bytes, 1);
    for (ssize_t n; got < bytes && (n = read(fd, p.rgb + got, bytes - got)) > 0;)
        got += (size_t)n;
    code = got == bytes ? picture_write(&p, path) : fault(DFW_GUEST, "the machine went away");
    free(p.rgb);
    return code;
}

int verb_screen(struct options *o)
{
    const char *path = o->output, *dot = path ? strrchr(path, '.') : NULL;
    bool picture = dot && (!strcmp(dot, ".png") || !strcmp(dot, ".ppm"));

    if (path && !picture && (!dot || strcmp(dot, ".txt")))
        return fault(DFW_USAGE, "--output %s: the name must end in .png, .ppm or .txt", path);
    int fd = find_machine(o->image_count ? o->images[0].path : NULL);
    if (fd < 0)
        return DFW_USAGE;
    int code = picture ? take_picture(fd, path) : show_screen(fd, path);
    close(fd);
    return code;
}

/* ---- keys, stop ---------------------------------------------------------------------------- */

int verb_keys(struct options *o)
{
    const char *keys = o->images[o->image_count - 1].path;
    struct json_object *question = request("keys");
    int code = keys_check(keys), fd;

    if (code || (fd = find_machine(o->image_count > 1 ? o->images[0].path : NULL)) < 0) {
        json_object_put(question);
        return DFW_USAGE;
    }
    json_object_object_add(question, "keys", json_object_new_string(keys));
    struct json_object *a = ask(fd, question, 0);
    code = code_of(a);
    json_object_put(a);
    close(fd);
    return code;
}

static int stop_one(int fd)
{
    struct json_object *a = ask(fd, request("stop"), PATIENCE);
    int code = code_of(a);

    json_object_put(a);
    return code;
}

static bool stop_each(void *context, const char *name, int fd)
{
    int *worst = context, code = stop_one(fd);

    if (code)
        *worst = code;
    return true;
}

int verb_stop(struct options *o)
{
    int code = 0;

    if (o->all) {
        machines_each(stop_each, &code);
        return code;
    }
    int fd = find_machine(o->image_count ? o->images[0].path : NULL);
    if (fd < 0)
        return DFW_USAGE;
    code = stop_one(fd);
    close(fd);
    return code;
}
