/* SPDX-License-Identifier: BSD-2-Clause */
/* Parses the command line and the configuration file by option_table.c. */
#include "options.h"
#include "message.h"
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct option_spec *find_long(const char *name, size_t length)
{
    for (const struct option_spec *s = option_table; s->name; s++)
        if (strlen(s->name) == length && !memcmp(s->name, name, length))
            return s;
    return NULL;
}

static const struct option_spec *find_short(char name)
{
    for (const struct option_spec *s = option_table; s->name; s++)
        if (s->short_name == name)
            return s;
    return NULL;
}

/* True if `word` is one of the words of "a|b|c". */
static bool one_of(const char *word, const char *words)
{
    size_t length = strlen(word);

    for (const char *w = words; w; w = strchr(w, '|') ? strchr(w, '|') + 1 : NULL)
        if (!strncmp(w, word, length) && (w[length] == '|' || !w[length]))
            return true;
    return false;
}

static bool is_choice(const struct option_spec *s)
{
    if (!s->value || s->kind != OPTION_TEXT || !strchr(s->value, '|'))
        return false;
    for (const char *c = s->value; *c; c++)
        if (isupper((unsigned char)*c))
            return false;
    return true;
}

static int add_image(struct options *o, enum drive_kind kind, const char *path)
{
    if (o->image_count == MAX_IMAGES)
        return fault(DFW_USAGE, "%s: more than %d images", path, MAX_IMAGES);
    o->images[o->image_count++] = (struct image_arg){ kind, path };
    return 0;
}

static int set(struct options *o, const struct option_spec *s, const char *value, bool keep)
{
    char *field = (char *)o + s->offset;

    if (value && is_choice(s) && !one_of(value, s->value))
        return fault(DFW_USAGE, "--%s %s: not one of %s", s->name, value, s->value);
    if (s->kind == OPTION_DRIVE)
        return add_image(o, (enum drive_kind)s->offset, value);
    if (s->kind == OPTION_FLAG) {
        *(bool *)field = true;
        return 0;
    }
    if (s->kind == OPTION_EXPECT) {
        if (o->expect_count == MAX_EXPECT)
            return fault(DFW_USAGE, "--expect: more than %d texts", MAX_EXPECT);
        if (!*value)
            return fault(DFW_USAGE, "--expect: the text is empty");
        o->expect[o->expect_count++] = value;
        return 0;
    }
    if (!keep || !*(const char **)field)
        *(const char **)field = value;
    return 0;
}

int options_parse(struct options *o, int argc, char **argv)
{
    for (int i = 0; i < argc; i++) {
        const char *arg = argv[i], *value = NULL;
        const struct option_spec *s;
        int code;

        if (!strcmp(arg, "--")) {
            o->extra = argv + i + 1;
            o->extra_count = argc - i - 1;
            return 0;
        }
        if (arg[0] != '-' || !arg[1]) {
            if ((code = add_image(o, DRIVE_AUTO, arg)))
                return code;
            continue;
        }
        if (arg[1] == '-') {
            size_t length = strcspn(arg + 2, "=");
            s = find_long(arg + 2, length);
            if (arg[2 + length])
                value = arg + 3 + length;
        } else {
            s = find_short(arg[1]);
            if (arg[2])
                value = arg + 2;
        }
        if (!s)
            return fault(DFW_USAGE, "%s: no such option (dfw boot --help lists them)", arg);
        if (s->kind == OPTION_FLAG && value)
            return fault(DFW_USAGE, "--%s takes no value", s->name);
        if (s->kind == OPTION_OPTIONAL && !value)
            value = "stdio";
        if (s->kind != OPTION_FLAG && !value) {
            if (i + 1 == argc)
                return fault(DFW_USAGE, "--%s needs a value: %s", s->name, s->value);
            value = argv[++i];
        }
        if ((code = set(o, s, value, false)))
            return code;
    }
    return 0;
}

static char *trim(char *text)
{
    while (isspace((unsigned char)*text))
        text++;
    for (size_t n = strlen(text); n && isspace((unsigned char)text[n - 1]);)
        text[--n] = 0;
    return text;
}

static int set_line(struct options *o, const char *path, int number, char *line)
{
    char *name = trim(line), *equals = strchr(name, '='), *value = NULL;

    if (!*name || *name == '#')
        return 0;
    if (equals) {
        *equals = 0;
        name = trim(name);
        value = trim(equals + 1);
    }
    if (!strcmp(name, "image"))
        return value && *value ? add_image(o, DRIVE_AUTO, value) :
               fault(DFW_USAGE, "%s:%d: image needs a file", path, number);
    const struct option_spec *s = find_long(name, strlen(name));
    if (!s)
        return fault(DFW_USAGE, "%s:%d: no option is called %s", path, number, name);
    if (s->kind == OPTION_FLAG && value && strcmp(value, "yes"))
        return strcmp(value, "no") ? fault(DFW_USAGE, "%s:%d: %s is yes or no", path, number, name) : 0;
    if (s->kind != OPTION_FLAG && (!value || !*value))
        return fault(DFW_USAGE, "%s:%d: %s needs a value: %s", path, number, name, s->value);
    return set(o, s, value, true);
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

int options_read_file(struct options *o, const char *path)
{
    char *rest = o->file_text = read_text(path), *line;
    int code = 0;

    if (!rest)
        return fault(DFW_USAGE, "%s: %s", path, strerror(errno));
    for (int number = 1; !code && (line = strsep(&rest, "\n")); number++)
        code = set_line(o, path, number, line);
    return code;
}
