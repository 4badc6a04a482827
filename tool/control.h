/* SPDX-License-Identifier: BSD-2-Clause */
/* The socket of a running machine: answers list, screen, keys and stop of other dfw processes (machines.h). */
#ifndef CONTROL_H
#define CONTROL_H

#include "typing.h"

struct control {
    int fd;                  /* listens; -1: no control */
    char *name, *path;
    int typist;              /* connection whose keys are being typed; -1: none */
    int stopper;             /* connection that said stop: answered when the engine is gone; -1: none */
    char *script;
    struct typing typing;
    double start;
};

/* A name that a person can type, from a file's, the caller's to free: "/a/My disk.qcow2" is My-disk. */
char *name_of_image(const char *path);

/* Listen under the name of the options, else the first image's. 0, or DFW_USAGE after one line: a machine of that name runs. */
int control_open(struct control *c, const struct machine *m);

/* Answer who asks, type what is to be typed. */
void control_step(struct control *c, struct run *r);

void control_close(struct control *c);

#endif
