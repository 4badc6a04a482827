/* SPDX-License-Identifier: BSD-2-Clause */
#include "typing.h"
#include "message.h"
#include <stdio.h>
#include <string.h>

void typing_start(struct typing *t, const char *script, const char *after)
{
    *t = (struct typing){ .script = script, .done = !script };
    if (after)
        snprintf(t->waiting, sizeof(t->waiting), "%s", after);
}

bool bios_buffer_crowded(struct run *r)
{
    enum { HEAD_AND_TAIL = 0x418, FIRST = 0x1E, BYTES = 0x20, MANY = 10 };    /* a buffer of 15 keys */
    uint64_t word;

    if (!r->engine->words(r, HEAD_AND_TAIL, &word, 1))
        return false;
    unsigned head = (word >> 16 & 0xFFFF) - FIRST, tail = (word >> 32 & 0xFFFF) - FIRST;
    return head < BYTES && tail < BYTES && (tail + BYTES - head) % BYTES / 2 > MANY;
}

/* May the next key be pressed? A guest that takes none for long is sent them all the same. */
static bool may_press(struct typing *t, struct run *r)
{
    if (r->engine->takes_keys(r))
        t->refused = 0;
    else if (t->refused == 0)
        t->refused = message_seconds();
    return t->refused == 0 || message_seconds() - t->refused > KEY_PATIENCE;
}

void typing_step(struct typing *t, struct run *r)
{
    if (t->done || message_seconds() < t->next)
        return;
    if (*t->waiting) {
        if (!run_sees(r, t->waiting, &t->heard))
            return;
        phase("seen: %s", t->waiting);
        *t->waiting = 0;
    }
    const char *rest = t->script;
    struct key_step step = keys_next(&rest);
    t->next = message_seconds() + BETWEEN_KEYS;
    if (step.kind == STEP_CHORD && !may_press(t, r))
        return;
    t->script = rest;
    switch (step.kind) {
    case STEP_CHORD:
        r->engine->press(r, &step);
        break;
    case STEP_WAIT:
        memcpy(t->waiting, step.text, sizeof(t->waiting));
        break;
    case STEP_PAUSE:
        t->next = message_seconds() + step.milliseconds / 1000.0;
        break;
    default:
        t->done = true;
    }
}
