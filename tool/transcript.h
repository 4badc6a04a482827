/* SPDX-License-Identifier: BSD-2-Clause */
/* What a terminal line has said so far, without its escape sequences, to be searched. */
#ifndef TRANSCRIPT_H
#define TRANSCRIPT_H

#include <stdbool.h>
#include <stddef.h>

struct transcript {
    char *text;              /* 0-terminated, NULL when nothing came */
    size_t length, room;
    enum { PLAIN, ESCAPE, CSI } state;
};

/* Add bytes as they came: CR, NUL and ECMA-48 escape sequences are dropped. */
void transcript_add(struct transcript *t, const char *data, size_t bytes);

/* Position just behind `text`, looked for from position `from` on; 0 when it is not there. */
size_t transcript_find(const struct transcript *t, size_t from, const char *text);

#endif
