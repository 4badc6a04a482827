/* SPDX-License-Identifier: BSD-2-Clause */
#include "terminal.h"
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define LEAVE 0x1D   /* Ctrl-] */

static struct {
    bool open, raw;
    struct termios before;
} terminal;

void terminal_open(void)
{
    struct termios raw;

    terminal.open = true;
    if (!isatty(STDIN_FILENO) || tcgetattr(STDIN_FILENO, &terminal.before))
        return;
    raw = terminal.before;
    cfmakeraw(&raw);
    raw.c_oflag |= OPOST;        /* our own lines on stderr still end in CR LF */
    if (tcsetattr(STDIN_FILENO, TCSANOW, &raw))
        return;
    terminal.raw = true;
    atexit(terminal_close);
}

int terminal_fd(void)
{
    return terminal.open ? STDIN_FILENO : -1;
}

ssize_t terminal_read(char *to, size_t bytes)
{
    ssize_t n = read(STDIN_FILENO, to, bytes);

    if (n <= 0) {
        terminal.open = false;
        return 0;
    }
    return terminal.raw && memchr(to, LEAVE, (size_t)n) ? -1 : n;
}

void terminal_close(void)
{
    if (terminal.raw)
        tcsetattr(STDIN_FILENO, TCSANOW, &terminal.before);
    terminal.open = terminal.raw = false;
}
