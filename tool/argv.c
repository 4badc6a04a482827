/* SPDX-License-Identifier: BSD-2-Clause */
#include "argv.h"
#include "message.h"
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void push(struct argv *a, const char *format, va_list args)
{
    char *item = NULL;

    a->items = realloc(a->items, (a->count + 2) * sizeof(char *));
    if (!a->items || vasprintf(&item, format, args) < 0) {
        fputs("dfw: out of memory\n", stderr);
        exit(DFW_USAGE);
    }
    a->items[a->count++] = item;
    a->items[a->count] = NULL;
}

void argv_add(struct argv *a, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    push(a, format, args);
    va_end(args);
}

void argv_pair(struct argv *a, const char *option, const char *format, ...)
{
    va_list args;

    argv_add(a, "%s", option);
    va_start(args, format);
    push(a, format, args);
    va_end(args);
}

static bool is_plain(const char *item)
{
    if (!*item)
        return false;
    for (; *item; item++)
        if (!isalnum((unsigned char)*item) && !strchr("_-+=,./:@%", *item))
            return false;
    return true;
}

char *argv_quote(const struct argv *a)
{
    size_t size = 1;

    for (size_t i = 0; i < a->count; i++)
        size += 4 * strlen(a->items[i]) + 3;
    char *text = allocate(size, 1), *to = text;
    for (size_t i = 0; i < a->count; i++) {
        if (i)
            *to++ = ' ';
        if (is_plain(a->items[i])) {
            to = stpcpy(to, a->items[i]);
            continue;
        }
        *to++ = '\'';
        for (const char *c = a->items[i]; *c; c++) {
            if (*c == '\'')
                to = stpcpy(to, "'\\''");
            else
                *to++ = *c;
        }
        *to++ = '\'';
    }
    return text;
}

char *double_commas(const char *value)
{
    char *text = allocate(2 * strlen(value) + 1, 1), *to = text;

    for (; *value; value++) {
        if (*value == ',')
            *to++ = ',';
        *to++ = *value;
    }
    return text;
}

void argv_free(struct argv *a)
{
    for (size_t i = 0; i < a->count; i++)
        free(a->items[i]);
    free(a->items);
    *a = (struct argv){ 0 };
}
