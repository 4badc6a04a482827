/* SPDX-License-Identifier: BSD-2-Clause */
/* The --keys language: "text<enter><f12><ctrl-alt-delete><wait:login:><pause:500>"; "<lt>" is '<'. */
#ifndef KEYS_H
#define KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MAX_CHORD 4

/* One key of a US keyboard: QEMU's name (QKeyCode) and the X keysym that RFB uses. */
struct key {
    const char *qcode;
    uint32_t keysym;
};

enum key_step_kind { STEP_CHORD, STEP_WAIT, STEP_PAUSE, STEP_END, STEP_ERROR };

struct key_step {
    enum key_step_kind kind;
    struct key chord[MAX_CHORD];     /* pressed in this order, released in reverse */
    int count;
    char text[128];                  /* STEP_WAIT: the text; STEP_ERROR: what is wrong */
    unsigned milliseconds;           /* STEP_PAUSE */
};

/* Take one step off *script. */
struct key_step keys_next(const char **script);

/* 0 if the whole script is sound, else DFW_USAGE after one line. */
int keys_check(const char *script);

#endif
