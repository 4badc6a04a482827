/* SPDX-License-Identifier: BSD-2-Clause */
/* `dfw boot`: from images to a machine that runs. */
#include "verbs.h"
#include "gdb.h"
#include "message.h"
#include "watch.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct engine *engine_of(const struct options *o)
{
    return !strcmp(o->engine, "bochs") ? &engine_bochs : !strcmp(o->engine, "xen") ? &engine_xen : &engine_qemu;
}

static void print_commands(const struct machine *m, const struct engine *engine)
{
    struct argv a = { 0 };
    char *before = engine->prepare ? engine->prepare(m) : NULL;

    if (before)
        puts(before);
    free(before);
    engine->command(m, &a);
    char *text = argv_quote(&a);
    puts(text);
    free(text);
    argv_free(&a);
}

int run_or_print(const struct machine *m)
{
    const struct engine *engine = engine_of(m->options);
    const struct drive *d = m->drives;

    for (; d < m->drives + m->drive_count; d++)
        phase("%s %d: %s, %s%s", d->kind == DRIVE_CD ? "cd" : d->kind == DRIVE_DISK ? "hd" : "fd", d->unit, d->path, d->what,
              m->options->write ? "" : " (changes are thrown away)");
    if (m->options->dry_run) {
        print_commands(m, engine);
        return DFW_OK;
    }
    int code = watch_machine(m, engine);
    message_end(code);
    return code;
}

int verb_boot(struct options *o)
{
    struct machine m;
    int code = machine_plan(&m, o);
    char *socket = o->gdb ? gdb_socket() : NULL;

    m.gdb = socket;
    if (!code)
        code = run_or_print(&m);
    if (socket)
        unlink(socket);
    free(socket);
    return code;
}

#define TRACE_DEFAULT "int10,int13,int15,int16"

int verb_trace(struct options *o)
{
    if (!o->trace)
        o->trace = TRACE_DEFAULT;
    return verb_boot(o);
}
