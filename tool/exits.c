/* SPDX-License-Identifier: BSD-2-Clause */
/* Which exit counters there are, where, and what they say. */
#include "exits.h"
#include "message.h"
#include <stdlib.h>
#include <string.h>

#define ANNOUNCED "hypervisor: exit counters at "

void exits_hear(struct exits *e, const char *line)
{
    struct exits heard = { .kinds = 1 };
    char *names;

    if (strncmp(line, ANNOUNCED, strlen(ANNOUNCED)))
        return;
    heard.address = strtoull(line + strlen(ANNOUNCED), &names, 16);
    if (*names != ':' || strlen(names) > sizeof(heard.names))
        return;
    strcpy(heard.names, names + 1);
    for (const char *c = heard.names; *c; c++)
        heard.kinds += *c == ',';
    if (heard.kinds <= MAX_EXIT_KINDS)
        *e = heard;
}

char *exits_text(const struct exits *e, const uint64_t *counters)
{
    const char *name = e->names;
    char *text = text_of("%s", "");

    for (unsigned i = 0; i < e->kinds; i++, name += strcspn(name, ",") + 1) {
        if (!counters[i])
            continue;
        char *longer = text_of("%s%s%.*s %llu", text, *text ? ", " : "", (int)strcspn(name, ","), name, (unsigned long long)counters[i]);
        free(text);
        text = longer;
    }
    return text;
}
