/* SPDX-License-Identifier: BSD-2-Clause */
/* What dfw says on stderr; stdout belongs to the guest's serial line. */
#include "message.h"
#include <json-c/json.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static struct {
    int verbosity;
    bool json;
    struct timespec start;
    FILE *held;              /* what is said while the terminal is not ours; NULL: it is */
    char *text;              /* of `held` */
    size_t length;
    bool terminal;           /* stderr is one */
    bool on_line;            /* a line of progress stands on it */
    double progressed;       /* time of the last one */
} talk;

#define PROGRESS_SECONDS 30.0    /* between lines where they stay */
#define CLEAR_LINE       "\r\033[K"


void message_setup(int verbosity, bool json)
{
    talk.verbosity = verbosity;
    talk.json = json;
    talk.terminal = isatty(STDERR_FILENO) && !json;
    if (!talk.start.tv_sec)
        clock_gettime(CLOCK_MONOTONIC, &talk.start);
}

bool message_verbose(void)
{
    return talk.verbosity >= VERBOSE;
}

double message_seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - talk.start.tv_sec) + (double)(now.tv_nsec - talk.start.tv_nsec) / 1e9;
}

void *allocate(size_t count, size_t size)
{
    void *memory = calloc(count, size);

    if (!memory) {
        fputs("dfw: out of memory\n", stderr);
        exit(DFW_USAGE);
    }
    return memory;
}

static char *format_text(const char *format, va_list args)
{
    va_list again;

    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = allocate((size_t)length + 1, 1);
    vsnprintf(text, (size_t)length + 1, format, args);
    return text;
}

char *text_of(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    char *text = format_text(format, args);
    va_end(args);
    return text;
}

static FILE *out(void)
{
    return talk.held ? talk.held : stderr;
}

void message_hold(void)
{
    if (!talk.held)
        talk.held = open_memstream(&talk.text, &talk.length);
}

void message_release(void)
{
    if (!talk.held)
        return;
    fclose(talk.held);
    talk.held = NULL;
    fwrite(talk.text, 1, talk.length, stderr);
    free(talk.text);
}

void json_print(FILE *to, struct json_object *object)
{
    fprintf(to, "%s\n", json_object_to_json_string_ext(object, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
}

static void event(const char *kind, const char *text, int code)
{
    struct json_object *line = json_object_new_object();

    char *seconds = text_of("%.3f", message_seconds());
    json_object_object_add(line, "time", json_object_new_double_s(message_seconds(), seconds));
    json_object_object_add(line, "event", json_object_new_string(kind));
    if (text)
        json_object_object_add(line, "text", json_object_new_string(text));
    if (code >= 0)
        json_object_object_add(line, "code", json_object_new_int(code));
    json_print(out(), line);
    json_object_put(line);
    free(seconds);
}

static void clear_progress(void)
{
    if (talk.on_line)
        fputs(CLEAR_LINE, out());
    talk.on_line = false;
}

int fault(int code, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    char *text = format_text(format, args);
    va_end(args);
    clear_progress();
    if (talk.json)
        event("error", text, code);
    else
        fprintf(out(), "dfw: %s\n", text);
    free(text);
    return code;
}

static void say(const char *kind, const char *format, va_list args)
{
    char *text = format_text(format, args);

    clear_progress();
    if (talk.json)
        event(kind, text, -1);
    else
        fprintf(out(), "%8.3f s  %s\n", message_seconds(), text);
    free(text);
}

void phase(const char *format, ...)
{
    va_list args;

    if (talk.verbosity < NORMAL)
        return;
    va_start(args, format);
    say("phase", format, args);
    va_end(args);
}

void traced(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    say("trace", format, args);
    va_end(args);
}

void detail(const char *format, ...)
{
    va_list args;

    if (talk.verbosity < VERBOSE)
        return;
    va_start(args, format);
    say("detail", format, args);
    va_end(args);
}

void progress(const char *format, ...)
{
    va_list args;

    if (talk.verbosity < NORMAL || talk.held || (!talk.terminal && message_seconds() - talk.progressed < PROGRESS_SECONDS))
        return;
    talk.progressed = message_seconds();
    va_start(args, format);
    if (talk.terminal) {
        char *text = format_text(format, args);
        fprintf(out(), CLEAR_LINE "%8.3f s  %s", message_seconds(), text);
        free(text);
        talk.on_line = true;
    } else {
        say("progress", format, args);
    }
    va_end(args);
}

void show_text(const char *title, const char *text)
{
    clear_progress();
    if (talk.json)
        event("screen", text, -1);
    else
        fprintf(out(), "---- %s ----\n%s\n---- end ----\n", title, text);
}

void message_end(int code)
{
    clear_progress();
    if (talk.json)
        event("end", NULL, code);
}
