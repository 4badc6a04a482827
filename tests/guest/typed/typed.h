/* SPDX-License-Identifier: BSD-2-Clause */
/* Keyboard and mouse as a person uses them: typed.t reads what ask() prints and does it in QEMU's monitor. */
#ifndef TYPED_H
#define TYPED_H

#include "../guest.h"
#include "spec/bda.h"

#define LIMIT  (60 * 18u)             /* ticks that the person may take */

/* Print a monitor command for typed.t. Usable in an interrupt handler. */
void ask(const char *command);

u32 ticks(void);

/* Let so many ticks pass, for keys to be released. */
void idle(u32 n);

/* What INT 16h AH=11h and 10h say within so many ticks. */
#define NO_KEY 0xFFFFFFFF
u32 key(u32 limit);

void test_mouse(void);

#endif
