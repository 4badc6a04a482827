/* SPDX-License-Identifier: BSD-2-Clause */
/* QEMU Machine Protocol, the client's side (QEMU: docs/interop/qmp-spec). */
#ifndef QMP_H
#define QMP_H

#include "run.h"
#include <json-c/json.h>

struct qmp {
    char *buffer;
    size_t length, room;
    int id;                          /* of the latest command: an answer that comes late is not the next one's */
    struct json_object *reply;       /* its "return" or "error" message */
    bool greeted;
};

/* Take in what arrived on r->control_fd: replies are kept, events go to `event`. */
void qmp_receive(struct run *r, struct qmp *q, void (*event)(struct run *, const char *, struct json_object *));

/*
 * Send a command with its arguments (a JSON object, consumed; NULL: none), wait for the answer
 * at most 10 s. Returns the answer's "return" (the caller puts it), or NULL.
 */
struct json_object *qmp_command(struct run *r, struct qmp *q, const char *name, struct json_object *arguments);

/* A command whose answer does not matter; true if it succeeded. */
bool qmp_do(struct run *r, struct qmp *q, const char *name, struct json_object *arguments);

/* A line of the human monitor; the answer's text is the caller's, NULL when it failed. */
char *qmp_monitor(struct run *r, struct qmp *q, const char *line);

void qmp_free(struct qmp *q);

#endif
