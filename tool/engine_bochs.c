/* SPDX-License-Identifier: BSD-2-Clause */
/* Bochs as an engine: COM1 is a pseudo-terminal, guest and memory are reached by its debugger, keys and pictures by its RFB display. */
#include "bochs.h"
#include "bochs_command.h"
#include "lock.h"
#include "message.h"
#include "partition.h"
#include "raw_copy.h"
#include "rom_words.h"
#include <errno.h>
#include <fcntl.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define DRY_ROM        "/tmp/dfw-boot.rom"
#define DRY_COPY       "/tmp/dfw-boot-%d.raw"
#define START_PATIENCE 120.0    /* for the first one: a busy machine takes long to load Bochs */
#define STOP_MS        500

static void bochs_log_line(struct run *r, const char *text)
{
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

/* The machine as Bochs can have it: drives that it does not open are replaced by the paths of their copies, NULL: left alone. */
static struct machine with_copies(const struct machine *m, char *const paths[MAX_IMAGES])
{
    struct machine plain = *m;

    for (int i = 0; i < m->drive_count; i++)
        if (paths[i]) {
            plain.drives[i].path = paths[i];
            plain.drives[i].format = "raw";
        }
    return plain;
}

static int make_copies(struct run *r, struct bochs *b)
{
    int code = 0;

    for (int i = 0; !code && i < r->machine->drive_count; i++)
        if (bochs_needs_copy(r->machine, &r->machine->drives[i])) {
            code = raw_copy(r, &r->machine->drives[i], &b->copies[i]);
            b->copy_paths[i] = text_of("/dev/fd/%d", b->copies[i]);
        }
    return code;
}

static int start_process(struct run *r, struct bochs *b)
{
    struct argv a = { 0 };
    struct termios raw;
    char tty[64];
    int in[2], out[2], err[2], terminal;
    char *words = firmware_text(r->machine);
    int copy = words ? rom_with_words(r->machine->rom, words) : -1;
    struct machine plain = with_copies(r->machine, b->copy_paths);
    int keep[MAX_IMAGES + 3] = { r->memory_fd }, kept = 1;

    if (words && copy < 0)
        return DFW_USAGE;
    for (int i = 0; i < MAX_IMAGES; i++)
        if (b->copy_paths[i])
            keep[kept++] = b->copies[i];
    if (copy >= 0)
        keep[kept++] = copy;
    keep[kept] = -1;
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
    bochs_args(&plain, &a, rom, tty);
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
    int code = 0;

    b->rfb.fd = b->commands = -1;
    r->error_hook = bochs_log_line;
    for (int i = 0; !code && i < r->machine->drive_count; i++)
        code = lock_image(r->machine->drives[i].path, r->machine->options->write && r->machine->drives[i].kind != DRIVE_CD);
    if (!code)
        code = check_marks(r, false);
    if (!code)
        code = make_copies(r, b);
    if (!code)
        code = start_process(r, b);
    if (code)
        return code;
    if (!bochs_await_prompt(r, START_PATIENCE) || !bochs_display_open(r)) {
        child_stop(&r->child, STOP_MS);
        for (int i = 0; i < 20 && r->error_fd >= 0; i++)
            run_pump(r, 20);
        return fault(DFW_USAGE, "Bochs refused: %s", *r->last_error ? r->last_error : "no word why");
    }
    bochs_go_on(b);
    return 0;
}

/* The display goes last: Bochs dies when it tells somebody who is gone, with what it has not yet written. */
static void bochs_stop(struct run *r)
{
    struct bochs *b = r->state;

    if (!child_ended(&r->child))
        bochs_quit(r);
    child_stop(&r->child, STOP_MS);
    rfb_close(&b->rfb);
    if (b->commands >= 0) {
        check_marks(r, true);
        close(b->commands);
    }
    for (int i = 0; i < MAX_IMAGES; i++) {
        if (b->copy_paths[i] && b->copies[i] >= 0)
            close(b->copies[i]);
        free(b->copy_paths[i]);
    }
}

static void bochs_command(const struct machine *m, struct argv *a)
{
    char *words = firmware_text(m), *paths[MAX_IMAGES] = { 0 };

    for (int i = 0; i < m->drive_count; i++)
        if (bochs_needs_copy(m, &m->drives[i]))
            paths[i] = text_of(DRY_COPY, i);
    struct machine plain = with_copies(m, paths);
    bochs_args(&plain, a, words ? DRY_ROM : m->rom, "/dev/tty");
    for (int i = 0; i < MAX_IMAGES; i++)
        free(paths[i]);
    free(words);
}

/* Add a line, which is freed. */
static char *add_line(char *text, char *line)
{
    char *longer = text && line ? text_of("%s\n%s", text, line) : text_of("%s", text ? text : line);

    free(text);
    free(line);
    return longer;
}

static char *bochs_prepare(const struct machine *m)
{
    char *words = firmware_text(m), *text = words ? rom_words_shell(m->rom, words, DRY_ROM) : NULL;

    free(words);
    for (int i = 0; i < m->drive_count; i++) {
        struct argv a = { 0 };
        char *copy = text_of(DRY_COPY, i);
        if (bochs_needs_copy(m, &m->drives[i])) {
            raw_copy_command(&m->drives[i], copy, &a);
            text = add_line(text, argv_quote(&a));
        }
        argv_free(&a);
        free(copy);
    }
    return text;
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
    .display = bochs_display,
    .picture = bochs_picture,
    .words = bochs_words,
    .takes_keys = bochs_takes_keys,
    .press = bochs_press,
    .stop = bochs_stop,
};
