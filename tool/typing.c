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
    struct key_step step = keys_next(&t->script);
    t->next = message_seconds() + BETWEEN_KEYS;
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
        detail("all keys typed");
    }
}
