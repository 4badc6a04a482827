/* SPDX-License-Identifier: BSD-2-Clause */
/* What dfw says on stderr: errors, phases with their time, details; as text or as JSON events. */
#ifndef MESSAGE_H
#define MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define FORMAT(at) __attribute__((format(printf, at, at + 1)))

/* Exit codes of every verb. */
enum exit_code {
    DFW_OK      = 0,   /* expected text seen, or clean power-off */
    DFW_USAGE   = 1,   /* bad option, bad image, engine refused the set-up */
    DFW_GUEST   = 2,   /* the guest failed */
    DFW_TIMEOUT = 3,
    DFW_ENGINE  = 4,   /* engine not installed */
};

enum verbosity { QUIET = -1, NORMAL = 0, VERBOSE = 1 };

/* Time zero of the phases is the first call. */
void message_setup(int verbosity, bool json);

bool message_verbose(void);

/* Seconds since message_setup. */
double message_seconds(void);

/* While the terminal belongs to somebody else: what is said is kept, and comes out at the release. */
void message_hold(void);
void message_release(void);

struct json_object;
/* One line of compact JSON. */
void json_print(FILE *to, struct json_object *object);

/* One line "dfw: ..."; returns `code`, so that `return fault(DFW_USAGE, ...)` reads well. */
int fault(int code, const char *format, ...) FORMAT(2);

/* A phase of the run, with its time. Not printed with -q. */
void phase(const char *format, ...) FORMAT(1);

/* A line of a trace that was asked for. */
void traced(const char *format, ...) FORMAT(1);

/* Printed with -v only. */
void detail(const char *format, ...) FORMAT(1);

/* How far long work is: one line that is written over on a terminal, a line now and then elsewhere. Not with -q. */
void progress(const char *format, ...) FORMAT(1);

/* Text of several lines for the reader (the last screen); event "screen" in JSON. */
void show_text(const char *title, const char *text);

/* The final event of a run in JSON, nothing in text. */
void message_end(int code);

/* snprintf into a new string; never NULL (exits when memory is out). */
char *text_of(const char *format, ...) FORMAT(1);

/* calloc that never returns NULL. */
void *allocate(size_t count, size_t size);

#endif
