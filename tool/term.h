/* SPDX-License-Identifier: BSD-2-Clause */
/* --display term: the guest's text screen drawn on the user's terminal, keys forwarded. */
#ifndef TERM_H
#define TERM_H

#include "run.h"

/* Take the terminal over until term_close (or exit). 0, or DFW_USAGE after one line: it is none, or curses cannot draw on it. */
int term_open(void);

bool term_is_open(void);

/* Draw the latest screen of the run. */
void term_draw(const struct run *r);

/* Press the next key that was typed, not faster than a guest takes them; false: Ctrl-], the user leaves. */
bool term_forward(struct run *r);

void term_close(void);

/*
 * The key script (keys.h) for one key as curses reports it: a character, a KEY_ code, or with `alt` one that followed an ESC.
 * NULL: no key of a PC.
 */
const char *term_script(int key, bool alt);

#endif
