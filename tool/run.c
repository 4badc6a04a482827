/* SPDX-License-Identifier: BSD-2-Clause */
/* The streams of a run, and the one place where dfw waits. */
#include "run.h"
#include "message.h"
#include "terminal.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <unistd.h>

static int open_output(const char *name, int *fd)
{
    *fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    return *fd < 0 ? fault(DFW_USAGE, "%s: %s", name, strerror(errno)) : 0;
}

static int open_files(struct run *r)
{
    const struct options *o = r->machine->options;

    if (!strcmp(o->serial, "stdio"))
        r->serial_file = dup(STDOUT_FILENO);
    else if (strcmp(o->serial, "none") && open_output(o->serial, &r->serial_file))
        return DFW_USAGE;
    if (o->debug && !strcmp(o->debug, "-"))
        r->debug_file = dup(STDERR_FILENO);
    else if (o->debug && open_output(o->debug, &r->debug_file))
        return DFW_USAGE;
    return 0;
}

int run_open(struct run *r, const struct machine *m, const struct engine *engine)
{
    sigset_t set;

    *r = (struct run){ .machine = m, .engine = engine, .child.gone = true, .serial_in = -1, .serial_out = -1,
                       .debug_fd = -1, .error_fd = -1, .control_fd = -1, .display_fd = -1, .serial_file = -1, .debug_file = -1 };
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    sigprocmask(SIG_BLOCK, &set, NULL);
    signal(SIGPIPE, SIG_IGN);
    r->signal_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    r->memory_fd = memfd_create("guest memory", MFD_CLOEXEC);
    if (r->signal_fd < 0 || r->memory_fd < 0)
        return fault(DFW_USAGE, "%s", strerror(errno));
    int code = open_files(r);
    return code ? code : trace_open(&r->trace, m->options->trace, m->options->output, engine->ticks ? engine->ticks(m) : 0);
}

static void put_out(int *fd, const char *data, size_t bytes)
{
    while (*fd >= 0 && bytes) {
        ssize_t n = write(*fd, data, bytes);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {            /* the reader went away: the run goes on without it */
            close(*fd);
            *fd = -1;
            return;
        }
        data += n;
        bytes -= (size_t)n;
    }
}

void run_serial(struct run *r, const char *data, size_t bytes)
{
    if (!r->serial.length && bytes)
        detail("first character on COM1");
    transcript_add(&r->serial, data, bytes);
    put_out(&r->serial_file, data, bytes);
}

/* Calls `take` for each full line. */
static void split(struct run *r, struct line *line, const char *data, size_t bytes,
                  void (*take)(struct run *, const char *))
{
    for (; bytes; bytes--, data++) {
        if (*data != '\n' && line->length < sizeof(line->text) - 1) {
            if (*data != '\r')
                line->text[line->length++] = *data;
            continue;
        }
        line->text[line->length] = 0;
        line->length = 0;
        if (*line->text)
            take(r, line->text);
    }
}

static void take_debug_line(struct run *r, const char *text)
{
    exits_hear(&r->exits, text);
    if (!trace_hear(&r->trace, text))
        detail("firmware: %s", text);
}

void run_debug(struct run *r, const char *data, size_t bytes)
{
    put_out(&r->debug_file, data, bytes);
    split(r, &r->debug_line, data, bytes, take_debug_line);
}

static void take_error_line(struct run *r, const char *text)
{
    if (r->error_hook)
        r->error_hook(r, text);
    else
        memcpy(r->last_error, text, strlen(text) + 1);
    detail("%s: %s", r->engine->name, text);
}

static void take_errors(struct run *r, const char *data, size_t bytes)
{
    split(r, &r->error_line, data, bytes, take_error_line);
}

static void drain(struct run *r, int *fd, void (*take)(struct run *, const char *, size_t))
{
    char data[4096];
    ssize_t n = read(*fd, data, sizeof(data));

    if (n > 0) {
        take(r, data, (size_t)n);
    } else if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
        close(*fd);
        *fd = -1;
    }
}

static void take_typed(struct run *r)
{
    char data[256];
    ssize_t n = terminal_read(data, sizeof(data));

    if (n < 0)
        r->signal = SIGINT;
    else if (n > 0 && r->serial_in >= 0 && write(r->serial_in, data, (size_t)n) < 0)
        detail("COM1 takes no input");
}

void run_pump(struct run *r, int milliseconds)
{
    struct signalfd_siginfo caught;
    struct pollfd p[] = {
        { r->serial_out, POLLIN, 0 }, { r->debug_fd, POLLIN, 0 }, { r->error_fd, POLLIN, 0 },
        { r->control_fd, POLLIN, 0 }, { r->signal_fd, POLLIN, 0 }, { terminal_fd(), POLLIN, 0 }, { r->display_fd, POLLIN, 0 },
    };

    if (poll(p, sizeof(p) / sizeof(p[0]), milliseconds) <= 0)
        return;
    if (p[0].revents)
        drain(r, &r->serial_out, run_serial);
    if (p[1].revents)
        drain(r, &r->debug_fd, run_debug);
    if (p[2].revents)
        drain(r, &r->error_fd, take_errors);
    if (p[3].revents)
        r->engine->control(r);
    if (p[4].revents && read(r->signal_fd, &caught, sizeof(caught)) == sizeof(caught))
        r->signal = (int)caught.ssi_signo;
    if (p[5].revents)
        take_typed(r);
    if (p[6].revents)
        r->engine->display(r);
}

bool run_sees(const struct run *r, const char *text, size_t *from)
{
    size_t behind = transcript_find(&r->serial, *from, text);

    if (behind)
        *from = behind;
    return behind || (r->screen && (strstr(r->screen, text) || strstr(r->flow, text)));
}

size_t run_take_memory(struct run *r, void *to, size_t bytes)
{
    ssize_t n = pread(r->memory_fd, to, bytes, 0);

    if (ftruncate(r->memory_fd, 0))
        return 0;
    return n < 0 ? 0 : (size_t)n;
}

void run_reset(struct run *r)
{
    r->resets++;
    phase("the guest reset the machine");
}

void run_close(struct run *r)
{
    int *fds[] = { &r->serial_in, &r->serial_out, &r->debug_fd, &r->error_fd, &r->control_fd,
                   &r->memory_fd, &r->signal_fd, &r->serial_file, &r->debug_file };

    if (r->state)
        r->engine->stop(r);
    child_stop(&r->child, 0);
    for (size_t i = 0; i < sizeof(fds) / sizeof(fds[0]); i++) {
        if (*fds[i] >= 0)
            close(*fds[i]);
        *fds[i] = -1;
    }
    trace_close(&r->trace);
    free(r->serial.text);
    free(r->screen);
    free(r->flow);
    free(r->window);
    free(r->state);
}
