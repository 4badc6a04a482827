/* SPDX-License-Identifier: BSD-2-Clause */
#include "child.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define STEP_MS 10

static void become(const struct argv *a, const int stdio[3], const int *keep, int report, bool own_group)
{
    sigset_t none;

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (own_group)
        setpgid(0, 0);           /* a Ctrl-C at the terminal is dfw's to handle */
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    for (int i = 0; i < 3; i++)
        dup2(stdio[i], i);
    for (; *keep >= 0; keep++)
        fcntl(*keep, F_SETFD, 0);
    execvp(a->items[0], a->items);
    int error = errno;
    if (write(report, &error, sizeof(error)) < 0)
        _exit(126);
    _exit(127);
}

static int start(struct child *c, const struct argv *a, const int stdio[3], const int *keep, bool own_group)
{
    int report[2], error = 0;

    *c = (struct child){ .gone = true };
    if (pipe2(report, O_CLOEXEC))
        return errno;
    c->pid = fork();
    if (!c->pid)
        become(a, stdio, keep, report[1], own_group);
    close(report[1]);
    if (c->pid < 0)
        error = errno;
    else if (read(report[0], &error, sizeof(error)) != sizeof(error))
        error = 0;
    close(report[0]);
    c->gone = error != 0;
    if (error && c->pid > 0)
        waitpid(c->pid, &c->status, 0);
    return error;
}

int child_start(struct child *c, const struct argv *a, int in, int out, int err, const int *keep)
{
    return start(c, a, (const int[]){ in, out, err }, keep, true);
}

int child_start_foreground(struct child *c, const struct argv *a, int in, int out, int err, const int *keep)
{
    return start(c, a, (const int[]){ in, out, err }, keep, false);
}

bool child_ended(struct child *c)
{
    if (!c->gone && waitpid(c->pid, &c->status, WNOHANG) == c->pid)
        c->gone = true;
    return c->gone;
}

void child_wait(struct child *c)
{
    while (!c->gone)
        if (waitpid(c->pid, &c->status, 0) == c->pid || errno != EINTR)
            c->gone = true;
}

void child_stop(struct child *c, int milliseconds)
{
    const struct timespec step = { .tv_nsec = STEP_MS * 1000000L };

    for (; !child_ended(c) && milliseconds > 0; milliseconds -= STEP_MS)
        nanosleep(&step, NULL);
    if (c->gone)
        return;
    kill(c->pid, SIGKILL);
    waitpid(c->pid, &c->status, 0);
    c->gone = true;
}
