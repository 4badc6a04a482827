/* SPDX-License-Identifier: BSD-2-Clause */
#include "qmp.h"
#include "message.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PATIENCE 10.0    /* seconds for an answer */

static void take_message(struct run *r, struct qmp *q, const char *line,
                         void (*event)(struct run *, const char *, struct json_object *))
{
    struct json_object *message = json_tokener_parse(line), *part;

    if (!message)
        return;
    if (json_object_object_get_ex(message, "QMP", &part)) {
        q->greeted = true;
    } else if (json_object_object_get_ex(message, "event", &part)) {
        struct json_object *data = NULL;
        json_object_object_get_ex(message, "data", &data);
        event(r, json_object_get_string(part), data);
    } else if (json_object_object_get_ex(message, "id", &part) && json_object_get_int(part) == q->id) {
        json_object_put(q->reply);
        q->reply = json_object_get(message);
    }
    json_object_put(message);
}

void qmp_receive(struct run *r, struct qmp *q, void (*event)(struct run *, const char *, struct json_object *))
{
    char *end;

    if (q->length + 4096 > q->room) {
        q->room += 65536;
        char *more = allocate(q->room, 1);
        if (q->length)
            memcpy(more, q->buffer, q->length);
        free(q->buffer);
        q->buffer = more;
    }
    ssize_t n = read(r->control_fd, q->buffer + q->length, q->room - q->length - 1);
    if (n <= 0) {
        if (n < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        close(r->control_fd);
        r->control_fd = -1;
        return;
    }
    q->length += (size_t)n;
    q->buffer[q->length] = 0;
    while ((end = memchr(q->buffer, '\n', q->length))) {
        *end = 0;
        take_message(r, q, q->buffer, event);
        q->length -= (size_t)(end + 1 - q->buffer);
        memmove(q->buffer, end + 1, q->length);
    }
}

struct json_object *qmp_command(struct run *r, struct qmp *q, const char *name, struct json_object *arguments)
{
    struct json_object *command = json_object_new_object(), *answer = NULL;
    double until = message_seconds() + PATIENCE;

    json_object_object_add(command, "execute", json_object_new_string(name));
    json_object_object_add(command, "id", json_object_new_int(++q->id));
    if (arguments)
        json_object_object_add(command, "arguments", arguments);
    const char *text = json_object_to_json_string_ext(command, JSON_C_TO_STRING_PLAIN);
    json_object_put(q->reply);
    q->reply = NULL;
    bool sent = r->control_fd >= 0 && write(r->control_fd, text, strlen(text)) == (ssize_t)strlen(text);
    json_object_put(command);
    while (sent && !q->reply && r->control_fd >= 0 && message_seconds() < until && !r->signal && !child_ended(&r->child))
        run_pump(r, 100);
    if (!q->reply)
        return NULL;
    if (json_object_object_get_ex(q->reply, "return", &answer))
        return json_object_get(answer);
    detail("QMP %s: %s", name, json_object_to_json_string(q->reply));
    return NULL;
}

bool qmp_do(struct run *r, struct qmp *q, const char *name, struct json_object *arguments)
{
    struct json_object *answer = qmp_command(r, q, name, arguments);

    json_object_put(answer);
    return answer;
}

char *qmp_monitor(struct run *r, struct qmp *q, const char *line)
{
    struct json_object *arguments = json_object_new_object();

    json_object_object_add(arguments, "command-line", json_object_new_string(line));
    struct json_object *answer = qmp_command(r, q, "human-monitor-command", arguments);
    char *text = answer ? text_of("%s", json_object_get_string(answer)) : NULL;
    json_object_put(answer);
    return text;
}

void qmp_free(struct qmp *q)
{
    free(q->buffer);
    json_object_put(q->reply);
    *q = (struct qmp){ 0 };
}
