/* SPDX-License-Identifier: BSD-2-Clause */
/* dfw VERB ...: the command over the firmware. */
#include "verbs.h"
#include "message.h"
#include <stdlib.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    int (*run)(struct options *o);
    bool needs_image;
} verbs[] = {
    { "boot", verb_boot, true },
    { "info", verb_info, true },
    { "doctor", verb_doctor, false },
};

static bool is_help(const char *word)
{
    return !strcmp(word, "--help") || !strcmp(word, "-h") || !strcmp(word, "help");
}

static int run_verb(size_t verb, int argc, char **argv)
{
    struct options o = { 0 };
    int code = options_parse(&o, argc, argv);

    if (code)
        return code;
    if (o.help) {
        help_print(verbs[verb].name);
        return DFW_OK;
    }
    const char *file = o.config ? o.config : getenv("DFW_CONFIG");
    if (file && (code = options_read_file(&o, file)))
        return code;
    message_setup(o.quiet ? QUIET : o.verbose ? VERBOSE : NORMAL, o.json);
    if ((code = options_check(&o)))
        return code;
    if (verbs[verb].needs_image && !o.image_count && !o.extra_count)
        return fault(DFW_USAGE, "%s: no image named (dfw %s --help)", verbs[verb].name, verbs[verb].name);
    return verbs[verb].run(&o);
}

int main(int argc, char **argv)
{
    message_setup(NORMAL, false);
    if (argc < 2) {
        help_print(NULL);
        return DFW_USAGE;
    }
    if (is_help(argv[1])) {
        help_print(NULL);
        return DFW_OK;
    }
    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
        if (!strcmp(argv[1], verbs[i].name))
            return run_verb(i, argc - 2, argv + 2);
    return fault(DFW_USAGE, "%s: no such verb (boot, info, doctor)", argv[1]);
}
