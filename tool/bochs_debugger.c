/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Bochs' debugger: port E9h comes on stdout together with its prompts; a SIGINT brings one up, and through it memory is read.
 */
#include "bochs.h"
#include "message.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define SETTLE_NS      10000000L
#define PAUSE_SECONDS  0.5
#define PAUSE_TRIES    20
#define PROMPT         "<bochs:"
#define BREAK_REPORT   "Next at t="

static void send_command(struct bochs *b, const char *line)
{
    b->length = 0;
    if (write(b->commands, line, strlen(line)) < 0 || write(b->commands, "\n", 1) < 0)
        detail("Bochs' debugger takes no command");
}

/* Bochs echoes the command, which is not the firmware's. */
void bochs_go_on(struct bochs *b)
{
    send_command(b, "c");
    b->running = true;
    b->echoed = false;
}

static char *find_prompt(struct bochs *b)
{
    b->text[b->length] = 0;
    char *prompt = strstr(b->text, PROMPT);
    return prompt && strstr(prompt, "> ") ? prompt : NULL;
}

/* Bytes of the echo of "c" at the start of the text. */
static size_t skip_echo(struct bochs *b)
{
    if (b->echoed || b->length < 2 || memcmp(b->text, "c\n", 2))
        return 0;
    b->echoed = true;
    return 2;
}

/* Bytes at the end of the text that may be the start of `mark`, the rest of which is still to come. */
static size_t held(const struct bochs *b, const char *mark)
{
    size_t n = strlen(mark) - 1;

    for (n = n < b->length ? n : b->length; n; n--)
        if (!memcmp(b->text + b->length - n, mark, n))
            break;
    return n;
}

/* While the guest runs, all on stdout is port E9h, but for the echo of "c" and an unasked-for prompt. */
static void pass_debug(struct run *r, struct bochs *b)
{
    char *start = b->text + skip_echo(b), *prompt = find_prompt(b);

    char *report = strstr(start, BREAK_REPORT);
    size_t kept = held(b, BREAK_REPORT) | held(b, PROMPT);
    char *end = report ? report : prompt ? prompt : b->text + b->length - kept;
    if (end > start)
        run_debug(r, start, (size_t)(end - start));
    if (prompt) {
        run_reset(r);
        bochs_go_on(b);
    } else {
        b->length -= (size_t)(end - b->text);
        memmove(b->text, end, b->length + 1);
    }
}

void bochs_control(struct run *r)
{
    struct bochs *b = r->state;
    ssize_t n = read(r->control_fd, b->text + b->length, sizeof(b->text) - 1 - b->length);

    if (n <= 0) {
        if (n < 0 && errno == EINTR)
            return;
        close(r->control_fd);
        r->control_fd = -1;
        return;
    }
    b->length += (size_t)n;
    b->text[b->length] = 0;
    if (b->running && (b->echoed || b->length >= 2))
        pass_debug(r, b);
    else if (b->length == sizeof(b->text) - 1)
        b->length = 0;
}

bool bochs_await_prompt(struct run *r, double seconds)
{
    struct bochs *b = r->state;
    double until = message_seconds() + seconds;

    while (!find_prompt(b) && r->control_fd >= 0 && message_seconds() < until && !r->signal && !child_ended(&r->child))
        run_pump(r, 50);
    return find_prompt(b);
}

bool bochs_pause(struct run *r)
{
    struct bochs *b = r->state;
    bool paused = false;

    /* A SIGINT that meets the debugger still reading its line makes it forget the line. */
    for (double until = message_seconds() + BOCHS_PATIENCE; !b->echoed && !r->signal && message_seconds() < until;)
        run_pump(r, 20);
    nanosleep(&(struct timespec){ .tv_nsec = SETTLE_NS }, NULL);
    b->running = false;
    for (int tries = 0; !paused && tries < PAUSE_TRIES && !r->signal; tries++) {
        kill(r->child.pid, SIGINT);
        paused = bochs_await_prompt(r, PAUSE_SECONDS);
    }
    char *report = strstr(b->text, BREAK_REPORT);
    if (report && report > b->text)
        run_debug(r, b->text, (size_t)(report - b->text));
    if (report)
        b->ticks = strtoull(report + strlen(BREAK_REPORT), NULL, 10);
    return paused;
}

static bool read_memory(struct run *r, uint32_t address, void *to, size_t bytes)
{
    char line[96];

    snprintf(line, sizeof(line), "writemem \"/dev/fd/%d\" 0x%x %zu", r->memory_fd, address, bytes);
    send_command(r->state, line);
    return bochs_await_prompt(r, BOCHS_PATIENCE) && run_take_memory(r, to, bytes) == bytes;
}

/* The debugger prints physical memory as lines "[bochs]:\n0x... <...>:\t0x...\t0x...". */
bool bochs_words(struct run *r, uint64_t address, uint64_t *to, unsigned count)
{
    struct bochs *b = r->state;
    char line[64];
    unsigned got = 0;

    if (r->child.gone || !bochs_pause(r))
        return false;
    snprintf(line, sizeof(line), "xp /%ugx 0x%llx", count, (unsigned long long)address);
    send_command(b, line);
    if (bochs_await_prompt(r, BOCHS_PATIENCE))
        for (const char *at = b->text; got < count && (at = strstr(at, "\t0x")); at++)
            to[got++] = strtoull(at + 1, NULL, 16);
    bochs_go_on(b);
    return got == count;
}

static bool card_in_graphics(struct run *r)
{
    struct bochs *b = r->state;

    send_command(b, strcmp(r->machine->options->vga, "cirrus") ? "info device \"vga\"" : "info device \"cirrus\"");
    return bochs_await_prompt(r, BOCHS_PATIENCE) && strstr(b->text, "graphics_ctrl.graphics_alpha = 1");
}

bool bochs_look(struct run *r)
{
    if (r->child.gone || !bochs_pause(r))
        return false;
    bool seen = run_read_screen(r, read_memory, card_in_graphics);
    bochs_go_on(r->state);
    return seen;
}

void bochs_quit(struct run *r)
{
    if (bochs_pause(r))
        send_command(r->state, "q");
}
