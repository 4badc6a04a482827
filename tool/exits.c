/* SPDX-License-Identifier: BSD-2-Clause */
/* Which exit counters there are, where, and what they say. */
#include "exits.h"
#include "message.h"
#include <stdlib.h>
#include <string.h>

#define ANNOUNCED "hypervisor: exit counters at "

void exits_hear(struct exits *e, const char *line)
{
    struct exits heard = { .kinds = 1, .processors = 1 };
    char *names;

    if (strncmp(line, ANNOUNCED, strlen(ANNOUNCED)))
        return;
    heard.address = strtoull(line + strlen(ANNOUNCED), &names, 16);
    if (!strncmp(names, " x ", 3))
        heard.processors = strtoul(names + 3, &names, 10);
    if (*names != ':' || strlen(names) > sizeof(heard.names))
        return;
    strcpy(heard.names, names + 1);
    for (const char *c = heard.names; *c; c++)
        heard.kinds += *c == ',';
    if (heard.kinds <= MAX_EXIT_KINDS && heard.processors <= MAX_EXIT_PROCESSORS)
        *e = heard;
}

char *exits_text(const struct exits *e, const uint64_t *counters)
{
    const char *name = e->names;
    char *text = text_of("%s", "");

    for (unsigned i = 0; i < e->kinds; i++, name += strcspn(name, ",") + 1) {
        unsigned long long sum = 0;
        for (unsigned p = 0; p < e->processors; p++)
            sum += counters[p * e->kinds + i];
        if (!sum)
            continue;
        char *longer = text_of("%s%s%.*s %llu", text, *text ? ", " : "", (int)strcspn(name, ","), name, sum);
        free(text);
        text = longer;
    }
    return text;
}
