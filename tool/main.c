/* SPDX-License-Identifier: BSD-2-Clause */
/* dfw VERB ...: the command over the firmware. */
#include "verbs.h"
#include "message.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_help(const char *word)
{
    return !strcmp(word, "--help") || !strcmp(word, "-h") || !strcmp(word, "help");
}

/* What the configuration file says where the command line said nothing. */
static int read_configuration(const struct verb *verb, struct options *o)
{
    char *file = o->config ? text_of("%s", o->config) : options_default_file();
    int code = file && verb->bit & FOR_MACHINE ? options_read_file(o, verb->bit, file) : 0;

    free(file);
    return code;
}

static int check_operands(const struct verb *verb, const struct options *o)
{
    int words = 0;

    for (int i = 0; i < o->image_count; i++)
        words += o->images[i].kind == DRIVE_AUTO;
    if (o->image_count < verb->least && !(verb->bit & FOR_MACHINE && (o->extra_count || o->bios)))
        return fault(DFW_USAGE, "%s: no %s named (dfw %s --help)", verb->name, verb->operands, verb->name);
    if (words > verb->most)
        return fault(DFW_USAGE, "%s: one word too many: %s (dfw %s --help)", verb->name, o->images[verb->most].path, verb->name);
    return 0;
}

static int run_verb(const struct verb *verb, int argc, char **argv)
{
    struct options o = { 0 };
    int code = options_parse(&o, verb->name, verb->bit, argc, argv);

    if (code)
        return code;
    if (o.help) {
        help_print(verb);
        return DFW_OK;
    }
    message_setup(o.quiet ? QUIET : o.verbose ? VERBOSE : NORMAL, o.json);
    code = read_configuration(verb, &o);
    if (verb->bit & (FOR_XML | FOR_XL))
        o.engine = "qemu";           /* libvirt's domains and Xen's device models are QEMU's machines */
    o.gdb |= verb->bit == FOR_GDB;
    if (!code)
        code = options_check(&o);
    if (!code)
        code = check_operands(verb, &o);
    if (!code)
        code = verb->run(&o);
    free(o.extra);
    free(o.file_text);
    return code;
}

int main(int argc, char **argv)
{
    message_setup(NORMAL, false);
    if (argc < 2) {
        help_print(NULL);
        return DFW_USAGE;
    }
    if (is_help(argv[1])) {
        const struct verb *verb = argc > 2 ? verb_find(argv[2]) : NULL;
        help_print(verb);
        return DFW_OK;
    }
    if (!strcmp(argv[1], "--version")) {
        puts("dfw " DFW_VERSION);
        return DFW_OK;
    }
    const struct verb *verb = verb_find(argv[1]);
    if (verb)
        return run_verb(verb, argc - 2, argv + 2);
    if (!access(argv[1], F_OK))
        return run_verb(verb_find("boot"), argc - 1, argv + 1);
    return fault(DFW_USAGE, "%s: no such verb (dfw --help lists them)", argv[1]);
}
