/* SPDX-License-Identifier: BSD-2-Clause */
#include "trace.h"
#include "message.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <x86intrin.h>

static const struct { const char *name; bool firmware, service; uint8_t vector; } traceable[] = {
    { "int10", true, true, 0x10 }, { "int13", true, true, 0x13 }, { "int15", true, true, 0x15 }, { "int16", true, true, 0x16 },
    { "modes", true, false, 0 }, { "assist", true, false, 0 }, { "exits", false, false, 0 },
};
enum { WORDS = sizeof(traceable) / sizeof(traceable[0]) };

/* The AH of "int13:42", -1 for any, -2 when there is none that makes sense. */
static int ah_of(const char *item, size_t length)
{
    const char *colon = memchr(item, ':', length);
    char *end;

    if (!colon)
        return -1;
    unsigned long ah = strtoul(colon + 1, &end, 16);
    return end == item + length && end > colon + 1 && ah <= 0xFF ? (int)ah : -2;
}

/* Steps through "a,b:c,d": the next item, its length up to the colon in *name, in all in *length; NULL at the end. */
static const char *next_item(const char **list, size_t *name, size_t *length)
{
    const char *item = *list;

    if (!item || !*item)
        return NULL;
    *length = strcspn(item, ",");
    *name = strcspn(item, ":,");
    *list = item + *length + (item[*length] == ',');
    return item;
}

int trace_check(const char *wanted)
{
    const char *list = wanted, *item;
    size_t name, length;

    while ((item = next_item(&list, &name, &length))) {
        int i = 0;
        while (i < WORDS && (strlen(traceable[i].name) != name || memcmp(traceable[i].name, item, name)))
            i++;
        if (i == WORDS)
            return fault(DFW_USAGE, "--trace %.*s: not one of int10, int13, int15, int16, modes, assist, exits", (int)length, item);
        if (length > name && (!traceable[i].service || ah_of(item, length) < 0))
            return fault(DFW_USAGE, "--trace %.*s: a filter is int13:42, the function in hexadecimal", (int)length, item);
    }
    return *wanted ? 0 : fault(DFW_USAGE, "--trace: nothing to trace is named");
}

bool trace_wants(const char *wanted, const char *word)
{
    const char *item;
    size_t name, length;

    while ((item = next_item(&wanted, &name, &length)))
        if (strlen(word) == name && !memcmp(item, word, name))
            return true;
    return false;
}

char *trace_firmware_word(const char *wanted)
{
    char *list = NULL;

    for (int i = 0; i < WORDS; i++) {
        if (!traceable[i].firmware || !trace_wants(wanted, traceable[i].name))
            continue;
        char *longer = text_of("%s%s%s", list ? list : "trace=", list ? "," : "", traceable[i].name);
        free(list);
        list = longer;
    }
    return list;
}

static bool wants_call(const struct trace *t, uint8_t vector, uint8_t ah)
{
    const char *list = t->wanted, *item;
    size_t name, length;

    while ((item = next_item(&list, &name, &length)))
        for (int i = 0; i < WORDS; i++)
            if (traceable[i].service && traceable[i].vector == vector && strlen(traceable[i].name) == name && !memcmp(traceable[i].name, item, name) &&
                (ah_of(item, length) < 0 || ah_of(item, length) == ah))
                return true;
    return false;
}

int trace_open(struct trace *t, const char *wanted, const char *path, double ticks)
{
    *t = (struct trace){ .wanted = wanted, .ticks = ticks, .start = message_seconds(), .start_ticks = __rdtsc() };
    if (!wanted || !path)
        return 0;
    t->out = fopen(path, "we");
    return t->out ? 0 : fault(DFW_USAGE, "%s: %s", path, strerror(errno));
}

void trace_say(struct trace *t, const char *text)
{
    if (t->out)
        fprintf(t->out, "%8.3f s  %s\n", message_seconds(), text);
    else
        traced("%s", text);
}

/* Bytes of two characters each; false where one is none. */
static bool take_bytes(const char **text, void *to, size_t bytes)
{
    const char *c = *text;

    for (uint8_t *b = to; bytes; bytes--, c += 2) {
        unsigned high = (unsigned)(c[0] - TRACE_ZERO), low = high < 16 ? (unsigned)(c[1] - TRACE_ZERO) : 16;
        if (low >= 16)
            return false;
        *b++ = (uint8_t)(high << 4 | low);
    }
    *text = c;
    return true;
}

static size_t memory_bytes(uint8_t vector)
{
    return vector == 0x13 ? TRACE_AT_DS_SI : vector == 0x15 ? TRACE_AT_ES_DI : 0;
}

static bool take_record(const char *text, struct trace_record *record, uint8_t *memory, uint32_t *ticks)
{
    return take_bytes(&text, record, sizeof(*record)) && take_bytes(&text, memory, memory_bytes((uint8_t)record->vector)) &&
           take_bytes(&text, ticks, sizeof(*ticks));
}

static double microseconds(const struct trace *t, const struct trace_call *c)
{
    double ticks = t->ticks, seconds = message_seconds() - t->start;

    if (ticks == 0)
        ticks = (double)(__rdtsc() - t->start_ticks) / (seconds * 1e6 + 1);
    return (c->returned - c->called) / ticks;
}

static void tell(struct trace *t, const struct trace_call *c, const char *result)
{
    const struct trace_record *r = &c->call;

    if (!wants_call(t, (uint8_t)r->vector, (uint8_t)(r->eax >> 8)))
        return;
    char *call = trace_call_words(c);
    char *line = text_of("int%02x %04X:%04X  %s: %s", r->vector, r->cs, r->ip, call, result);
    trace_say(t, line);
    free(line);
    free(call);
}

static void take_call(struct trace *t, const char *text)
{
    struct trace_call *c;

    if (t->depth == TRACE_DEPTH) {
        tell(t, &t->calls[0], "did not return");
        memmove(t->calls, t->calls + 1, sizeof(t->calls[0]) * --t->depth);
    }
    c = &t->calls[t->depth];
    if (take_record(text, &c->call, c->memory, &c->called))
        t->depth++;
}

/* The latest open call of the same service with the same return address; those within it never returned. */
static void take_result(struct trace *t, const char *text)
{
    struct trace_call r;
    int i = t->depth;

    if (!take_record(text, &r.result, r.memory_after, &r.returned))
        return;
    while (i && (t->calls[i - 1].call.vector != r.result.vector || t->calls[i - 1].call.ip != r.result.ip ||
                 t->calls[i - 1].call.cs != r.result.cs))
        i--;
    if (!i)
        return;
    while (t->depth > i)
        tell(t, &t->calls[--t->depth], "did not return");
    struct trace_call *c = &t->calls[--t->depth];
    c->result = r.result;
    c->returned = r.returned;
    memcpy(c->memory_after, r.memory_after, sizeof(c->memory_after));
    char *words_of_it = trace_result_words(c), *with_time = text_of("%s (%.1f us)", words_of_it, microseconds(t, c));
    tell(t, c, with_time);
    free(words_of_it);
    free(with_time);
}

bool trace_hear(struct trace *t, const char *line)
{
    if (!t->wanted || line[0] != TRACE_MARK || !line[1])
        return false;
    if (line[1] == TRACE_CALL) {
        take_call(t, line + 2);
    } else if (line[1] == TRACE_RETURN) {
        take_result(t, line + 2);
    } else {
        char *said = line[1] == TRACE_ASSIST ? trace_instruction_words(line + 2) : text_of("%s", line + 2);
        char *text = text_of("%s %s", line[1] == TRACE_MODE ? "modes " : line[1] == TRACE_ASSIST ? "assist" : "?", said);
        trace_say(t, text);
        free(text);
        free(said);
    }
    return true;
}

void trace_close(struct trace *t)
{
    for (int i = 0; i < t->depth; i++)
        tell(t, &t->calls[i], "has not returned");
    if (t->out && fclose(t->out))
        fault(DFW_USAGE, "the trace was not written: %s", strerror(errno));
    *t = (struct trace){ 0 };
}
