/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the Bochs engine share: the debugger that guest and memory are reached by, and the display. */
#ifndef BOCHS_H
#define BOCHS_H

#include "rfb.h"
#include "run.h"

#define BOCHS_PATIENCE 30.0     /* seconds for a prompt, or of its display, on a busy host */

struct bochs {
    int commands;               /* Bochs' stdin */
    bool running;               /* no prompt is expected */
    bool echoed;                /* "c" was read: its echo came */
    char text[65536];           /* stdout since the last command */
    size_t length;
    unsigned long long ticks;   /* of the guest's time, at the last pause */
    struct rfb rfb;
    unsigned long long key_ticks;    /* of the last key */
    int copies[MAX_IMAGES];          /* raw copies of the drives that Bochs does not open, ... */
    char *copy_paths[MAX_IMAGES];    /* and how it opens them; NULL: none */
};

/* ---- bochs_debugger.c: Bochs' own debugger, on its stdin and stdout ---- */

/* control_fd has something to read: port E9h, or an answer of the debugger. */
void bochs_control(struct run *r);

/* Wait for a prompt. */
bool bochs_await_prompt(struct run *r, double seconds);

/* Stop the guest at a prompt; let it go on. */
bool bochs_pause(struct run *r);
void bochs_go_on(struct bochs *b);

/* End Bochs from its prompt. */
void bochs_quit(struct run *r);

bool bochs_look(struct run *r);
bool bochs_words(struct run *r, uint64_t address, uint64_t *to, unsigned count);

/* ---- bochs_display.c: its RFB display ---- */

/* Connect, while the guest stands at its first prompt: one connection serves the whole run. */
bool bochs_display_open(struct run *r);

/* display_fd has something to read. */
void bochs_display(struct run *r);

bool bochs_picture(struct run *r, struct picture *p);
bool bochs_takes_keys(struct run *r);
void bochs_press(struct run *r, const struct key_step *chord);

#endif
