/* SPDX-License-Identifier: BSD-2-Clause */
#include "transcript.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CR = '\r', ESC = 27 };

static void keep(struct transcript *t, char c)
{
    if (t->length + 1 >= t->room) {
        t->room = t->room ? 2 * t->room : 4096;
        t->text = realloc(t->text, t->room);
        if (!t->text) {
            fputs("dfw: out of memory\n", stderr);
            exit(1);
        }
    }
    t->text[t->length++] = c;
    t->text[t->length] = 0;
}

void transcript_add(struct transcript *t, const char *data, size_t bytes)
{
    for (; bytes; bytes--, data++) {
        if (t->state == ESCAPE)
            t->state = *data == '[' ? CSI : PLAIN;
        else if (t->state == CSI)
            t->state = *data >= '@' && *data <= '~' ? PLAIN : CSI;
        else if (*data == ESC)
            t->state = ESCAPE;
        else if (*data != CR && *data)
            keep(t, *data);
    }
}

size_t transcript_find(const struct transcript *t, size_t from, const char *text)
{
    if (!t->text || from >= t->length)
        return 0;
    const char *at = strstr(t->text + from, text);
    return at ? (size_t)(at - t->text) + strlen(text) : 0;
}
