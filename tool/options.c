/* SPDX-License-Identifier: BSD-2-Clause */
/* Parses the command line by option_table.c. */
#include "options.h"
#include "message.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

const struct option_spec *option_find(const char *name, size_t length)
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

bool option_is_choice(const struct option_spec *s)
{
    if (!s->value || s->kind != OPTION_TEXT || !strchr(s->value, '|'))
        return false;
    for (const char *c = s->value; *c; c++)
        if (isupper((unsigned char)*c))
            return false;
    return true;
}

int options_add_image(struct options *o, enum drive_kind kind, const char *path)
{
    if (o->image_count == MAX_IMAGES)
        return fault(DFW_USAGE, "%s: more than %d images or words", path, MAX_IMAGES);
    o->images[o->image_count++] = (struct image_arg){ .kind = kind, .path = path };
    return 0;
}

int option_set(struct options *o, const struct option_spec *s, const char *value, bool keep)
{
    char *field = (char *)o + s->offset;

    if (value && option_is_choice(s) && !one_of(value, s->value))
        return fault(DFW_USAGE, "--%s %s: not one of %s", s->name, value, s->value);
    if (s->kind == OPTION_DRIVE)
        return options_add_image(o, (enum drive_kind)s->offset, value);
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

void options_add_extra(struct options *o, const char *word)
{
    const char **more = allocate((size_t)o->extra_count + 1, sizeof(*more));

    if (o->extra_count)
        memcpy(more, o->extra, (size_t)o->extra_count * sizeof(*more));
    more[o->extra_count++] = word;
    free(o->extra);
    o->extra = more;
}

/* One option; *i moves over a value that is the next word. */
static int parse_option(struct options *o, const char *name, unsigned verb, int argc, char **argv, int *i)
{
    const char *arg = argv[*i], *value = NULL;
    bool is_long = arg[1] == '-';
    size_t length = is_long ? strcspn(arg + 2, "=") : 1;
    const struct option_spec *s = is_long ? option_find(arg + 2, length) : find_short(arg[1]);

    if (is_long && arg[2 + length])
        value = arg + 3 + length;
    else if (!is_long && arg[2])
        value = arg + 2;
    if (!s)
        return fault(DFW_USAGE, "%s: no such option (dfw %s --help lists them)", arg, name);
    if (!(s->verbs & verb))
        return fault(DFW_USAGE, "%s: dfw %s takes no such option (dfw %s --help lists them)", arg, name, name);
    if (s->kind == OPTION_FLAG && value)
        return fault(DFW_USAGE, "--%s takes no value", s->name);
    if (s->kind != OPTION_FLAG && !value) {
        if (*i + 1 == argc)
            return fault(DFW_USAGE, "--%s needs a value: %s", s->name, s->value);
        value = argv[++*i];
    }
    return option_set(o, s, value, false);
}

int options_parse(struct options *o, const char *name, unsigned verb, int argc, char **argv)
{
    for (int i = 0; i < argc; i++) {
        int code;

        if (!strcmp(argv[i], "--")) {
            if (!(verb & FOR_MACHINE))
                return fault(DFW_USAGE, "--: dfw %s starts no engine that could take options", name);
            while (++i < argc)
                options_add_extra(o, argv[i]);
            return 0;
        }
        if (argv[i][0] != '-' || !argv[i][1])
            code = options_add_image(o, DRIVE_AUTO, argv[i]);
        else
            code = parse_option(o, name, verb, argc, argv, &i);
        if (code)
            return code;
    }
    return 0;
}
