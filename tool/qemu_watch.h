/* SPDX-License-Identifier: BSD-2-Clause */
/* The members of struct engine that need nothing but a QMP connection: r->state is a struct qmp, r->control_fd its socket. */
#ifndef QEMU_WATCH_H
#define QEMU_WATCH_H

#include "qmp.h"

void qemu_control(struct run *r);
bool qemu_look(struct run *r);
bool qemu_picture(struct run *r, struct picture *p);
bool qemu_words(struct run *r, uint64_t address, uint64_t *to, unsigned count);
bool qemu_takes_keys(struct run *r);
void qemu_press(struct run *r, const struct key_step *chord);

/* The parts of qemu_look: false without a graphics card; the text of a guest that is held. */
bool qemu_has_card(struct run *r);
bool qemu_read_screen(struct run *r);

/* Wait for QMP's greeting and answer it; false if it did not come in `seconds`. */
bool qemu_greet(struct run *r, double seconds);

#endif
