/* SPDX-License-Identifier: BSD-2-Clause */
/* Types a --keys script into a running guest, one step at a time. */
#ifndef TYPING_H
#define TYPING_H

#include "run.h"

/* Seconds between two keys: a BIOS keeps 15 of them, the controller 16 bytes. */
#define BETWEEN_KEYS 0.06

struct typing {
    const char *script;      /* what is left */
    char waiting[128];       /* text that must be seen first, or "" */
    size_t heard;            /* COM1 position behind the last text waited for */
    double next;             /* time of the next step */
    bool done;
};

/* `script` is kept, not copied; NULL: nothing to type. `after`: the text to wait for first, or NULL. */
void typing_start(struct typing *t, const char *script, const char *after);

/* Do the steps that are due. */
void typing_step(struct typing *t, struct run *r);

#endif
