/* SPDX-License-Identifier: BSD-2-Clause */
/* Types a --keys script into a running guest, one step at a time. */
#ifndef TYPING_H
#define TYPING_H

#include "run.h"

/* Seconds between two keys: a BIOS keeps 15 of them, the controller 16 bytes. */
#define BETWEEN_KEYS 0.06

/* So long a key waits for a guest that does not take the ones before it. */
#define KEY_PATIENCE 10.0

struct typing {
    const char *script;      /* what is left */
    char waiting[128];       /* text that must be seen first, or "" */
    size_t heard;            /* COM1 position behind the last text waited for */
    double next;             /* time of the next step */
    double refused;          /* since when the guest takes no keys; 0: it does */
    bool done;
};

/* `script` is kept, not copied; NULL: nothing to type. `after`: the text to wait for first, or NULL. */
void typing_start(struct typing *t, const char *script, const char *after);

/* Do the steps that are due. */
void typing_step(struct typing *t, struct run *r);

/* For engine->takes_keys: the BIOS' keyboard buffer at 40:1E is filling up. */
bool bios_buffer_crowded(struct run *r);

#endif
