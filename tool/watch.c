/* SPDX-License-Identifier: BSD-2-Clause */
/* Runs a machine, watches for what was asked, says how it ended. */
#include "watch.h"
#include "control.h"
#include "gdb.h"
#include "message.h"
#include "term.h"
#include "terminal.h"
#include "typing.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define TICK_MS        50
#define LOOK_SECONDS   0.4       /* between two looks at the screen, or 4 times what a look takes */
#define TERM_SECONDS   0.1       /* the same, while a person looks on */
#define LOOP_RESETS    12        /* so many guest resets ... */
#define LOOP_SECONDS   20.0      /* ... within so long are a loop */
#define FAILED_SECONDS 2.0       /* a failure stands so long before it counts: more text may follow */
#define RUNNING        -1
#define PROGRESS_SECONDS 1.0     /* between two lines of progress */
#define EXITS_SECONDS  1.0       /* between two looks at the exit counters */
#define BLOCK          512       /* bytes in struct stat's st_blocks */

struct watch {
    struct run run;
    struct typing typing;
    struct control control;
    struct gdb gdb;
    bool seen[MAX_EXPECT];
    size_t heard[MAX_EXPECT];
    double start, next_look, failed_since;
    double resets_since;
    int resets_before;
    bool quiet_terminal;         /* COM1 or the guest's screen is on stderr's terminal */
    unsigned long long bytes_before;
    double next_progress, next_exits;
    bool exits_traced;
    char *exits;                 /* as last told */
};

/* Texts that mean the end of a boot, unless they were expected. */
static const struct { const char *text, *reason; } failures[] = {
    { "Kernel panic - not syncing", "the guest's kernel panicked" },
    { "Nothing to boot from:", "nothing bootable was found" },      /* ours */
    { "No bootable device", "nothing bootable was found" },         /* SeaBIOS, Bochs */
};

static void look(struct watch *w)
{
    double before = message_seconds();

    if (before < w->next_look)
        return;
    w->run.engine->look(&w->run);
    double took = message_seconds() - before;
    double pause = term_is_open() ? TERM_SECONDS : LOOK_SECONDS;
    w->next_look = message_seconds() + (4 * took > pause ? 4 * took : pause);
    if (term_is_open())
        term_draw(&w->run);
}

static bool all_seen(struct watch *w)
{
    const struct options *o = w->run.machine->options;
    bool all = o->expect_count > 0;

    for (int i = 0; i < o->expect_count; i++) {
        if (!w->seen[i] && run_sees(&w->run, o->expect[i], &w->heard[i])) {
            w->seen[i] = true;
            phase("seen: %s", o->expect[i]);
        }
        all &= w->seen[i];
    }
    return all && w->typing.done;
}

static bool is_expected(const struct options *o, const char *text)
{
    for (int i = 0; i < o->expect_count; i++)
        if (strstr(o->expect[i], text) || strstr(text, o->expect[i]))
            return true;
    return false;
}

static bool in_reset_loop(struct watch *w)
{
    if (message_seconds() - w->resets_since > LOOP_SECONDS) {
        w->resets_since = message_seconds();
        w->resets_before = w->run.resets;
    }
    return w->run.resets - w->resets_before >= LOOP_RESETS;
}

/* Index of the failure text in sight, or -1. */
static int failure_seen(struct watch *w)
{
    for (size_t i = 0; i < sizeof(failures) / sizeof(failures[0]); i++) {
        size_t from = 0;
        if (!is_expected(w->run.machine->options, failures[i].text) && run_sees(&w->run, failures[i].text, &from))
            return (int)i;
    }
    return -1;
}

static int guest_failure(struct watch *w)
{
    int failure = failure_seen(w);

    if (failure < 0)
        w->failed_since = message_seconds();
    else if (message_seconds() - w->failed_since > FAILED_SECONDS)
        return fault(DFW_GUEST, "%s (\"%s\")", failures[failure].reason, failures[failure].text);
    if (w->run.crashed)
        return fault(DFW_GUEST, "the guest reported a panic");
    if (in_reset_loop(w))
        return fault(DFW_GUEST, "the machine resets again and again (%d times in %.0f s)",
                     w->run.resets - w->resets_before, LOOP_SECONDS);
    return RUNNING;
}

static int after_power_off(struct watch *w)
{
    const struct options *o = w->run.machine->options;

    w->next_look = 0;
    look(w);
    phase("the guest powered off");
    if (all_seen(w) || (!o->expect_count))
        return DFW_OK;
    for (int i = 0; i < o->expect_count; i++)
        if (!w->seen[i])
            return fault(DFW_GUEST, "the guest powered off before \"%s\" was seen", o->expect[i]);
    return fault(DFW_GUEST, "the guest powered off before all keys were typed");
}

static int engine_died(struct watch *w)
{
    struct run *r = &w->run;

    for (int i = 0; i < 20 && (r->serial_out >= 0 || r->error_fd >= 0); i++)
        run_pump(r, TICK_MS);
    if (all_seen(w))
        return DFW_OK;
    if (r->powered_off)
        return after_power_off(w);
    if (WIFSIGNALED(r->child.status))
        return fault(DFW_GUEST, "%s was killed by signal %d", r->engine->name, WTERMSIG(r->child.status));
    return fault(DFW_GUEST, "%s ended with status %d%s%s", r->engine->name, WEXITSTATUS(r->child.status),
                 *r->last_error ? ": " : "", r->last_error);
}

static int timed_out(struct watch *w)
{
    const struct options *o = w->run.machine->options;
    struct run *r = &w->run;

    w->next_look = 0;
    look(w);
    if (all_seen(w))
        return DFW_OK;
    if (r->screen)
        show_text("last text screen", r->screen);
    else
        fault(DFW_TIMEOUT, "no text screen: %s", *r->graphics ? r->graphics : "the engine does not answer");
    for (int i = 0; i < o->expect_count; i++)
        if (!w->seen[i])
            return fault(DFW_TIMEOUT, "time-out after %s s: \"%s\" was not seen", o->timeout, o->expect[i]);
    if (!w->typing.done)
        return fault(DFW_TIMEOUT, "time-out after %s s: keys still wait for \"%s\"", o->timeout, w->typing.waiting);
    return fault(DFW_TIMEOUT, "time-out after %s s", o->timeout);
}

/* Bytes that the images take on the host's disks. */
static unsigned long long bytes_on_disk(const struct machine *m)
{
    unsigned long long bytes = 0;
    struct stat status;

    for (int i = 0; i < m->drive_count; i++)
        if (!stat(m->drives[i].path, &status))
            bytes += (unsigned long long)status.st_blocks * BLOCK;
    return bytes;
}

/* A run that writes is long work: how much is written. A terminal that COM1 writes on is left alone. */
static void show_progress(struct watch *w)
{
    const struct machine *m = w->run.machine;

    if (!m->options->write || w->quiet_terminal || message_seconds() < w->next_progress)
        return;
    w->next_progress = message_seconds() + PROGRESS_SECONDS;
    progress("%.0f MiB written", (double)(bytes_on_disk(m) - w->bytes_before) / (1 << 20));
}

/* dfw stop: well, unless something was still expected. */
static int stopped(struct watch *w)
{
    const struct options *o = w->run.machine->options;

    phase("stopped by dfw stop");
    for (int i = 0; i < o->expect_count; i++)
        if (!w->seen[i])
            return fault(DFW_GUEST, "stopped before \"%s\" was seen", o->expect[i]);
    return DFW_OK;
}

/* How often the guest left the partition, by reason; the caller's to free, NULL: not known. */
static char *count_exits(struct run *r)
{
    uint64_t counters[MAX_EXIT_KINDS * MAX_EXIT_PROCESSORS];
    unsigned count = r->exits.kinds * r->exits.processors;

    if (!r->exits.address || !r->engine->words(r, r->exits.address, counters, count))
        return NULL;
    return exits_text(&r->exits, counters);
}

/* --trace exits: a line where the counters changed. */
static void trace_exits(struct watch *w)
{
    char *text;

    if (!w->exits_traced || message_seconds() < w->next_exits || !(text = count_exits(&w->run)))
        return;
    w->next_exits = message_seconds() + EXITS_SECONDS;
    if (!w->exits || strcmp(w->exits, text)) {
        char *line = text_of("exits  %s", text);
        trace_say(&w->run.trace, line);
        free(line);
    }
    free(w->exits);
    w->exits = text;
}

static void show_exits(struct watch *w)
{
    char *text = message_verbose() ? count_exits(&w->run) : NULL;

    if (text)
        detail("VM exits: %s", text);
    free(text);
    w->next_exits = 0;
    trace_exits(w);
    free(w->exits);
}

/* Ctrl-C or Ctrl-] of a person who has seen enough: well, unless something was still expected. */
static bool is_leave(const struct watch *w)
{
    return isatty(STDIN_FILENO) && w->run.signal == SIGINT && !w->run.machine->options->expect_count;
}

static int watch_guest(struct watch *w)
{
    const struct options *o = w->run.machine->options;
    struct run *r = &w->run;
    double limit = o->timeout ? parse_seconds(o->timeout) : 0;
    bool looking = o->expect_count || o->keys || limit > 0 || !isatty(STDIN_FILENO);

    for (;;) {
        run_pump(r, TICK_MS);
        if (r->signal == SIGINT && w->gdb.started)
            r->signal = 0;       /* the debugger's Ctrl-C */
        if (gdb_ended(&w->gdb))
            return DFW_OK;
        if (r->signal)
            return is_leave(w) ? DFW_OK : 128 + r->signal;
        if (child_ended(&r->child))
            return engine_died(w);
        if (looking || term_is_open())
            look(w);
        if (term_is_open() && !term_forward(r)) {
            r->signal = SIGINT;
            continue;
        }
        if (all_seen(w))
            return DFW_OK;
        if (r->powered_off)
            return after_power_off(w);
        int code = guest_failure(w);
        if (code != RUNNING)
            return code;
        typing_step(&w->typing, r);
        control_step(&w->control, r);
        show_progress(w);
        trace_exits(w);
        if (w->control.stopper >= 0)
            return stopped(w);
        if (limit > 0 && message_seconds() - w->start >= limit)
            return timed_out(w);
    }
}

int watch_machine(const struct machine *m, const struct engine *engine)
{
    struct watch *w = allocate(1, sizeof(*w));
    const struct options *o = m->options;
    int code = run_open(&w->run, m, engine);

    if (!code)
        code = control_open(&w->control, m);
    if (!code)
        code = engine->start(&w->run);
    if (!code) {
        phase("%s started (%s)", engine->name, m->kvm ? "KVM" : "emulating");
        if (!strcmp(o->display, "term")) {
            phase("the screen is this terminal; Ctrl-] leaves");
            code = term_open();
        }
        if (!strcmp(o->serial, "stdio") && isatty(STDIN_FILENO)) {
            phase("COM1 is this terminal; Ctrl-] leaves");
            terminal_open();
        }
        typing_start(&w->typing, o->keys, o->keys_after);
        if (m->gdb && !code)
            code = gdb_start(&w->gdb, m);
        w->quiet_terminal = w->gdb.started || (!strcmp(o->serial, "stdio") && isatty(STDOUT_FILENO));
        w->exits_traced = trace_wants(o->trace, "exits");
        w->bytes_before = bytes_on_disk(m);
        w->start = w->resets_since = w->failed_since = message_seconds();
        code = code ? code : watch_guest(w);
        show_exits(w);
        if (o->screen) {
            int saved = run_save_screen(&w->run, o->screen);
            code = code ? code : saved;
        }
    }
    gdb_close(&w->gdb);
    run_close(&w->run);
    control_close(&w->control);
    terminal_close();
    term_close();
    free(w);
    return code;
}

