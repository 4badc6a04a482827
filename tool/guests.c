/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * `dfw guests`: boots the systems of a table whose image is there. A line is NAME | OPTIONS | TEXT & TEXT | KEYS | SECONDS, as in
 * tests/boot/guests: @FILE in the options is a file in the directory of --dir, KEYS "-" are none, and more columns are not read.
 * TEXT "-": the system has no text screen; it runs for SECONDS and its picture, which --pictures keeps, says how it went.
 */
#include "verbs.h"
#include "child.h"
#include "machine.h"
#include "message.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define SELF     "/proc/self/exe"
#define TABLE    "guests.table"
enum { NAME, OPTIONS, TEXTS, KEYS, SECONDS, COLUMNS };

static char *trim(char *text)
{
    text += strspn(text, " \t");
    for (size_t n = strlen(text); n && strchr(" \t\n", text[n - 1]);)
        text[--n] = 0;
    return text;
}

/* False: a comment, an empty line, or too few columns. */
static bool split(char *line, char *column[COLUMNS])
{
    if (*trim(line) == '#')
        return false;
    for (int i = 0; i < COLUMNS; i++) {
        char *field = strsep(&line, "|");
        if (!field || !*(column[i] = trim(field)))
            return false;
    }
    return true;
}

/* What the user said of the machine, as options again: what the table says comes after it and wins. */
static void add_own_options(struct argv *a, const struct options *o)
{
    for (const struct option_spec *s = option_table; s->name; s++) {
        const char *field = (const char *)o + s->offset;
        bool ours = s->verbs & FOR_GUESTS && s->verbs & FOR_BOOT && s->kind != OPTION_DRIVE && strcmp(s->name, "json");
        if (ours && s->kind == OPTION_FLAG && *(const bool *)field)
            argv_add(a, "--%s", s->name);
        if (ours && s->kind == OPTION_TEXT && *(const char *const *)field && strcmp(s->name, "config") && strcmp(s->name, "output"))
            argv_add(a, "--%s=%s", s->name, *(const char *const *)field);
    }
}

/* The table's options, @FILE in the directory; false: a file is not there, or none is named. */
static bool add_table_options(struct argv *a, const char *directory, char *options)
{
    bool named = false;

    for (char *word; (word = strsep(&options, " "));) {
        if (!*word)
            continue;
        argv_add(a, *word == '@' ? "%s/%s" : "%s%s", *word == '@' ? directory : word, *word == '@' ? word + 1 : "");
        if (*word == '@' && access(a->items[a->count - 1], R_OK))
            return false;
        named |= *word == '@';
    }
    return named;
}

static void add_texts(struct argv *a, char *texts)
{
    for (char *next; texts; texts = next) {
        if ((next = strstr(texts, " & "))) {
            *next = 0;
            next += 3;
        }
        argv_pair(a, "--expect", "%s", texts);
    }
}

/* The last fault that dfw reported, without "dfw: "; the caller's to free. */
static char *last_fault(int fd)
{
    char text[4096] = "";
    off_t size = lseek(fd, 0, SEEK_END), from = size > (off_t)sizeof(text) - 1 ? size - (off_t)sizeof(text) + 1 : 0;
    ssize_t n = pread(fd, text, sizeof(text) - 1, from);

    text[n > 0 ? n : 0] = 0;
    char *said = NULL, *rest = text;
    for (char *line; (line = strsep(&rest, "\n"));)
        if (!strncmp(line, "dfw: ", 5))
            said = line + 5;
    return text_of("%s", said ? said : "");
}

/* Boot it; its row of the table. Returns the exit code; a picture (TEXT "-") is well when the time is over. */
static int run_one(FILE *out, const char *name, const struct argv *a, bool picture)
{
    FILE *said = tmpfile();
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    struct child child;
    double start = message_seconds();
    const int keep[] = { -1 };
    int error = child_start(&child, a, nothing, nothing, fileno(said), keep);

    if (!error)
        child_wait(&child);
    int code = error ? DFW_USAGE : WIFEXITED(child.status) ? WEXITSTATUS(child.status) : DFW_GUEST;
    if (picture && code == DFW_TIMEOUT)
        code = DFW_OK;
    char *line = code ? last_fault(fileno(said)) : text_of("%s", "");
    fprintf(out, "| %s | %s | %.1f | %s |\n", name, code ? "no" : picture ? "see its picture" : "yes", message_seconds() - start, line);
    fflush(out);
    free(line);
    fclose(said);
    close(nothing);
    return code;
}

static bool is_chosen(const struct options *o, const char *name)
{
    for (int i = 0; i < o->image_count; i++)
        if (!strcmp(o->images[i].path, name))
            return true;
    return !o->image_count;
}

static int run_table(FILE *table, FILE *out, const struct options *o)
{
    char *line = NULL, *column[COLUMNS];
    size_t room = 0;
    int run = 0, failed = 0;

    fputs("| system | booted | seconds | remarks |\n|---|---|---:|---|\n", out);
    while (getline(&line, &room, table) > 0) {
        struct argv a = { 0 };
        if (!split(line, column) || !is_chosen(o, column[NAME]))
            continue;
        argv_add(&a, SELF);
        argv_add(&a, "boot");
        add_own_options(&a, o);
        argv_pair(&a, "--timeout", "%s", column[SECONDS]);
        argv_pair(&a, "--serial", "none");
        if (strcmp(column[KEYS], "-"))
            argv_pair(&a, "--keys", "%s", column[KEYS]);
        if (o->pictures)
            argv_pair(&a, "--screen", "%s/%s.png", o->pictures, column[NAME]);
        bool picture = !strcmp(column[TEXTS], "-");
        if (!picture)
            add_texts(&a, column[TEXTS]);
        if (add_table_options(&a, o->dir, column[OPTIONS])) {
            run++;
            failed += run_one(out, column[NAME], &a, picture) != 0;
        } else {
            detail("%s: not there", column[NAME]);
        }
        argv_free(&a);
    }
    free(line);
    phase("%d systems of the table are in %s, %d of them booted", run, o->dir, run - failed);
    return !run ? fault(DFW_USAGE, "--dir %s: no image of the table is in it", o->dir) : failed ? DFW_GUEST : DFW_OK;
}

int verb_guests(struct options *o)
{
    char *path = o->table ? text_of("%s", o->table) : firmware_find(TABLE);

    if (o->pictures && access(o->pictures, W_OK | X_OK)) {
        free(path);
        return fault(DFW_USAGE, "guests: --pictures %s: no directory that can be written", o->pictures);
    }
    if (!o->dir || access(o->dir, X_OK)) {
        free(path);
        return fault(DFW_USAGE, "guests: --dir %s%s", o->dir ? o->dir : "DIR is missing", o->dir ? ": no such directory" : " (where the images are)");
    }
    FILE *table = path ? fopen(path, "re") : NULL, *out = o->output ? fopen(o->output, "we") : stdout;
    int code = !table ? fault(DFW_USAGE, "%s: %s", path ? path : TABLE, strerror(errno)) :
               !out ? fault(DFW_USAGE, "%s: %s", o->output, strerror(errno)) : run_table(table, out, o);
    if (table)
        fclose(table);
    if (out && o->output)
        fclose(out);
    free(path);
    return code;
}
