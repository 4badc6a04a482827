/* SPDX-License-Identifier: BSD-2-Clause */
/* The configuration file: NAME=VALUE lines by option_table.c, and lines of QEMU options as the file of 2005 had them. */
#include "options.h"
#include "message.h"
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *trim(char *text)
{
    while (isspace((unsigned char)*text))
        text++;
    for (size_t n = strlen(text); n && isspace((unsigned char)text[n - 1]);)
        text[--n] = 0;
    return text;
}

/* "a b" in quotes, as a shell would have it, is a b. */
static char *unquote(char *value)
{
    size_t n = strlen(value);

    if (n < 2 || (*value != '"' && *value != '\'') || value[n - 1] != *value)
        return value;
    value[n - 1] = 0;
    return value + 1;
}

static int set_line(struct options *o, unsigned verb, const char *path, int number, char *line)
{
    char *name = trim(line), *equals = strchr(name, '='), *value = NULL;

    if (!*name || *name == '#')
        return 0;
    if (*name == '-')
        return options_qemu_line(o, path, number, name);
    if (equals) {
        *equals = 0;
        name = trim(name);
        value = unquote(trim(equals + 1));
    }
    if (!strcmp(name, "image"))
        return value && *value ? options_add_image(o, DRIVE_AUTO, value) :
               fault(DFW_USAGE, "%s:%d: image needs a file", path, number);
    const struct option_spec *s = option_find(name, strlen(name));
    if (!s)
        return fault(DFW_USAGE, "%s:%d: no option is called %s", path, number, name);
    if (s->kind == OPTION_FLAG && value && strcmp(value, "yes"))
        return strcmp(value, "no") ? fault(DFW_USAGE, "%s:%d: %s is yes or no", path, number, name) : 0;
    if (s->kind != OPTION_FLAG && (!value || !*value))
        return fault(DFW_USAGE, "%s:%d: %s needs a value: %s", path, number, name, s->value);
    return s->verbs & verb ? option_set(o, s, value, true) : 0;
}

/* The whole file as a string, or NULL. */
static char *read_text(const char *path)
{
    FILE *file = fopen(path, "re");
    char *text = NULL;
    size_t room = 0;

    if (file && getdelim(&text, &room, 0, file) < 0 && !ferror(file) && text)
        *text = 0;
    if (file)
        fclose(file);
    return text;
}

int options_read_file(struct options *o, unsigned verb, const char *path)
{
    char *rest = o->file_text = read_text(path), *line;
    int code = 0;

    if (!rest)
        return fault(DFW_USAGE, "%s: %s", path, strerror(errno));
    for (int number = 1; !code && (line = strsep(&rest, "\n")); number++)
        code = set_line(o, verb, path, number, line);
    return code;
}

char *options_default_file(void)
{
    const char *chosen = getenv("DFW_CONFIG"), *base = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");

    if (chosen && *chosen)
        return text_of("%s", chosen);
    char *path = base && *base ? text_of("%s/dfw/dfwrc", base) : text_of("%s/.config/dfw/dfwrc", home ? home : "");
    if (!access(path, R_OK))
        return path;
    free(path);
    return NULL;
}
