/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Bochs as an engine: COM1 is a pseudo-terminal, port E9h comes on its stdout together with the
 * prompt of its debugger, which a SIGINT brings up and through which memory is read. Keys and
 * pictures go through its RFB display.
 */
#include "bochs_command.h"
#include "lock.h"
#include "message.h"
#include "partition.h"
#include "rfb.h"
#include "rom_words.h"
#include "run.h"
#include <errno.h>
#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define DRY_ROM        "/tmp/dfw-boot.rom"
#define PATIENCE       10.0     /* seconds for a prompt */
#define START_PATIENCE 120.0    /* for the first one: a busy machine takes long to load Bochs */
#define SETTLE_NS      10000000L
#define PAUSE_SECONDS  0.5
#define PAUSE_TRIES    20
#define STOP_MS        500
#define HEADER_BAR     32u      /* pixels */
#define STATUS_BAR     18u
#define PROMPT         "<bochs:"
#define BREAK_REPORT   "Next at t="
#define LOG_LISTENING  "listening for connections on port "

struct bochs {
    int commands;               /* Bochs' stdin */
    bool running;               /* no prompt is expected */
    bool echoed;                /* "c" was read: its echo came */
    char text[65536];           /* stdout since the last command */
    size_t length;
    unsigned port;              /* of the RFB display, 0: not yet known */
    struct rfb rfb;
};

static void send_command(struct bochs *b, const char *line)
{
    b->length = 0;
    if (write(b->commands, line, strlen(line)) < 0 || write(b->commands, "\n", 1) < 0)
        detail("Bochs' debugger takes no command");
}

/* Go on; Bochs echoes the command, which is not the firmware's. */
static void go_on(struct bochs *b)
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
        go_on(b);
    } else {
        b->length -= (size_t)(end - b->text);
        memmove(b->text, end, b->length + 1);
    }
}

static void bochs_control(struct run *r)
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

static bool await_prompt(struct run *r, double seconds)
{
    struct bochs *b = r->state;
    double until = message_seconds() + seconds;

    while (!find_prompt(b) && r->control_fd >= 0 && message_seconds() < until && !r->signal && !child_ended(&r->child))
        run_pump(r, 50);
    return find_prompt(b);
}

/* Stop the guest at a prompt of the debugger. */
static bool pause_guest(struct run *r)
{
    struct bochs *b = r->state;

    bool paused = false;

    /* A SIGINT that meets the debugger still reading its line makes it forget the line. */
    for (double until = message_seconds() + PATIENCE; !b->echoed && !r->signal && message_seconds() < until;)
        run_pump(r, 20);
    nanosleep(&(struct timespec){ .tv_nsec = SETTLE_NS }, NULL);
    b->running = false;
    for (int tries = 0; !paused && tries < PAUSE_TRIES && !r->signal; tries++) {
        kill(r->child.pid, SIGINT);
        paused = await_prompt(r, PAUSE_SECONDS);
    }
    char *report = strstr(b->text, BREAK_REPORT);
    if (report && report > b->text)
        run_debug(r, b->text, (size_t)(report - b->text));
    return paused;
}

static bool read_memory(struct run *r, uint32_t address, void *to, size_t bytes)
{
    char line[96];

    snprintf(line, sizeof(line), "writemem \"/dev/fd/%d\" 0x%x %zu", r->memory_fd, address, bytes);
    send_command(r->state, line);
    return await_prompt(r, PATIENCE) && run_take_memory(r, to, bytes) == bytes;
}

/* The debugger prints physical memory as lines "[bochs]:\n0x... <...>:\t0x...\t0x...". */
static bool bochs_words(struct run *r, uint64_t address, uint64_t *to, unsigned count)
{
    struct bochs *b = r->state;
    char line[64];
    unsigned got = 0;

    if (r->child.gone || !pause_guest(r))
        return false;
    snprintf(line, sizeof(line), "xp /%ugx 0x%llx", count, (unsigned long long)address);
    send_command(b, line);
    if (await_prompt(r, PATIENCE))
        for (const char *at = b->text; got < count && (at = strstr(at, "\t0x")); at++)
            to[got++] = strtoull(at + 1, NULL, 16);
    go_on(b);
    return got == count;
}

static bool card_in_graphics(struct run *r)
{
    struct bochs *b = r->state;

    send_command(b, strcmp(r->machine->options->vga, "cirrus") ? "info device \"vga\"" : "info device \"cirrus\"");
    return await_prompt(r, PATIENCE) && strstr(b->text, "graphics_ctrl.graphics_alpha = 1");
}

static bool bochs_look(struct run *r)
{
    if (r->child.gone || !pause_guest(r))
        return false;
    bool seen = run_read_screen(r, read_memory, card_in_graphics);
    go_on(r->state);
    return seen;
}

static bool connect_display(struct run *r)
{
    struct bochs *b = r->state;

    return b->rfb.fd >= 0 || (b->port && rfb_open(&b->rfb, b->port));
}

/* Bochs draws its own bars above and below the guest's screen. */
static bool bochs_picture(struct run *r, struct picture *p)
{
    struct bochs *b = r->state;

    rfb_close(&b->rfb);                  /* a new connection learns the size of today */
    if (!connect_display(r) || !rfb_picture(&b->rfb, p))
        return false;
    if (p->height > HEADER_BAR + STATUS_BAR) {
        p->height -= HEADER_BAR + STATUS_BAR;
        memmove(p->rgb, p->rgb + 3 * (size_t)p->width * HEADER_BAR, 3 * (size_t)p->width * p->height);
    }
    return true;
}

static void bochs_press(struct run *r, const struct key_step *chord)
{
    struct bochs *b = r->state;

    if (!connect_display(r)) {
        detail("Bochs' display does not answer: key lost");
        return;
    }
    for (int i = 0; i < chord->count; i++)
        rfb_key(&b->rfb, chord->chord[i].keysym, true);
    for (int i = chord->count; i--;)
        rfb_key(&b->rfb, chord->chord[i].keysym, false);
}

static void bochs_log_line(struct run *r, const char *text)
{
    struct bochs *b = r->state;
    const char *port = strstr(text, LOG_LISTENING);

    if (port)
        b->port = (unsigned)atoi(port + strlen(LOG_LISTENING));
    if (strstr(text, ">>PANIC<<"))
        snprintf(r->last_error, sizeof(r->last_error), "%s", text);
    if (strstr(text, "power off") || strstr(text, "hutdown requested"))
        r->powered_off = true;
}

/* Bochs has no fw_cfg: what QEMU tells the firmware there goes into a copy of the ROM. NULL: nothing to tell. */
static char *firmware_text(const struct machine *m)
{
    const char *once = *m->once == 'a' ? "once=fd " : *m->once == 'c' ? "once=hd " : *m->once == 'd' ? "once=cd " :
                       *m->once == 'n' ? "once=net " : "";
    char *words = substitute_words(m->substitutes, firmware_words(m->options));
    char *all = text_of("%s%s%s", m->options->menu ? "menu " : "", once, words ? words : "");

    free(words);
    if (*all)
        return all;
    free(all);
    return NULL;
}

static int start_process(struct run *r, struct bochs *b)
{
    struct argv a = { 0 };
    struct termios raw;
    char tty[64];
    int in[2], out[2], err[2], terminal;
    char *words = firmware_text(r->machine);
    int copy = words ? rom_with_words(r->machine->rom, words) : -1;
    const int keep[] = { r->memory_fd, copy >= 0 ? copy : -1, -1 };

    if (words && copy < 0)
        return DFW_USAGE;
    if (pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC) || pipe2(err, O_CLOEXEC) ||
        openpty(&r->serial_out, &terminal, tty, NULL, NULL))
        return fault(DFW_USAGE, "%s", strerror(errno));
    tcgetattr(terminal, &raw);
    cfmakeraw(&raw);
    tcsetattr(terminal, TCSANOW, &raw);          /* stays open here: no end of file when Bochs closes it */
    fcntl(r->serial_out, F_SETFD, FD_CLOEXEC);
    fcntl(terminal, F_SETFD, FD_CLOEXEC);
    r->serial_in = dup(r->serial_out);
    b->commands = in[1];
    r->control_fd = out[0];
    r->error_fd = err[0];
    char *rom = words ? text_of("/dev/fd/%d", copy) : text_of("%s", r->machine->rom);
    bochs_args(r->machine, &a, rom, tty);
    free(rom);
    free(words);
    char *text = argv_quote(&a);
    detail("%s", text);
    free(text);
    int error = child_start(&r->child, &a, in[0], out[1], err[1], keep);
    argv_free(&a);
    if (copy >= 0)
        close(copy);
    close(in[0]);
    close(out[1]);
    close(err[1]);
    if (error == ENOENT)
        return fault(DFW_ENGINE, "bochs-bin is not installed (Debian: apt install bochs bochs-term)");
    return error ? fault(DFW_ENGINE, "bochs-bin: %s", strerror(error)) : 0;
}

/* Bochs marks a disk that it writes to by a file beside it, and leaves that behind when it is killed. */
static int check_marks(const struct run *r, bool remove)
{
    int code = 0;

    for (int i = 0; r->machine->options->write && i < r->machine->drive_count; i++) {
        char *mark = text_of("%s.lock", r->machine->drives[i].path);
        if (remove)
            unlink(mark);
        else if (!access(mark, F_OK))
            code = fault(DFW_USAGE, "%s: another Bochs uses the image, or was killed (then remove this file)", mark);
        free(mark);
    }
    return code;
}

static int bochs_start(struct run *r)
{
    struct bochs *b = r->state = allocate(1, sizeof(*b));
    int code = bochs_check(r->machine);

    b->rfb.fd = -1;
    r->error_hook = bochs_log_line;
    for (int i = 0; !code && i < r->machine->drive_count; i++)
        code = lock_image(r->machine->drives[i].path, r->machine->options->write && r->machine->drives[i].kind != DRIVE_CD);
    if (!code)
        code = check_marks(r, false);
    if (!code)
        code = start_process(r, b);
    if (code)
        return code;
    if (!await_prompt(r, START_PATIENCE)) {
        child_stop(&r->child, STOP_MS);
        for (int i = 0; i < 20 && r->error_fd >= 0; i++)
            run_pump(r, 20);
        return fault(DFW_USAGE, "Bochs refused: %s", *r->last_error ? r->last_error : "no word why");
    }
    go_on(b);
    return 0;
}

static void bochs_stop(struct run *r)
{
    struct bochs *b = r->state;

    rfb_close(&b->rfb);
    if (pause_guest(r))
        send_command(b, "q");
    child_stop(&r->child, STOP_MS);
    check_marks(r, true);
    close(b->commands);
}

static void bochs_command(const struct machine *m, struct argv *a)
{
    char *words = firmware_text(m);

    if (!bochs_check(m))
        bochs_args(m, a, words ? DRY_ROM : m->rom, "/dev/tty");
    free(words);
}

static char *bochs_prepare(const struct machine *m)
{
    char *words = firmware_text(m), *line = words ? rom_words_shell(m->rom, words, DRY_ROM) : NULL;

    free(words);
    return line;
}

static double bochs_ticks(const struct machine *m)
{
    return BOCHS_IPS / 1e6;
}

const struct engine engine_bochs = {
    .name = "Bochs",
    .prepare = bochs_prepare,
    .command = bochs_command,
    .ticks = bochs_ticks,
    .start = bochs_start,
    .control = bochs_control,
    .look = bochs_look,
    .picture = bochs_picture,
    .words = bochs_words,
    .press = bochs_press,
    .stop = bochs_stop,
};
