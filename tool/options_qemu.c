/* SPDX-License-Identifier: BSD-2-Clause */
/* QEMU's own options in a configuration file: those that dfw has a word for become that, the others go to the engine. */
#include "options.h"
#include "message.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* QEMU's option, ours, and the value ours takes; NULL: the word that follows. */
static const struct { const char *qemu, *ours, *value; } known[] = {
    { "-m", "memory", NULL },       { "-smp", "cpus", NULL },      { "-cpu", "cpu", NULL },        { "-M", "machine", NULL },
    { "-machine", "machine", NULL }, { "-accel", "accel", NULL },  { "-bios", "bios", NULL },      { "-append", "cmdline", NULL },
    { "-name", "name", NULL },      { "-hda", "hd", NULL },        { "-hdb", "hd", NULL },         { "-hdc", "hd", NULL },
    { "-hdd", "hd", NULL },         { "-cdrom", "cd", NULL },      { "-fda", "fd", NULL },         { "-fdb", "fd", NULL },
    { "-std-vga", "vga", "std" },   { "-cirrusvga", "vga", "cirrus" }, { "-vga", "vga", NULL },    { "-enable-kvm", "accel", "kvm" },
    { "-no-kvm", "accel", "tcg" },  { "-nographic", "display", "none" }, { "-serial", "serial", NULL },
};

/* The next word of a line, quotes taken off; NULL at its end. */
static char *next_word(char **line)
{
    char *at = *line + strspn(*line, " \t"), *word = at, *to = at, quote = 0;

    if (!*at)
        return NULL;
    for (; *at && (quote || (*at != ' ' && *at != '\t')); at++) {
        if (quote ? *at == quote : *at == '"' || *at == '\'')
            quote = quote ? 0 : *at;
        else
            *to++ = *at;
    }
    *line = at + (*at != 0);
    *to = 0;
    return word;
}

/* -boot c, a string of drive letters: those are our words in another spelling. */
static int set_boot(struct options *o, const char *path, int number, const char *order)
{
    static const struct { char letter; const char *name; } names[] = { { 'a', "fd" }, { 'c', "hd" }, { 'd', "cd" }, { 'n', "net" } };
    static char list[32];

    *list = 0;
    for (const char *c = order; *c; c++) {
        size_t i = 0;
        while (i < sizeof(names) / sizeof(names[0]) && names[i].letter != *c)
            i++;
        if (i == sizeof(names) / sizeof(names[0]) || strlen(list) + 5 > sizeof(list))
            return fault(DFW_USAGE, "%s:%d: -boot %s: letters are a (floppy), c (disk), d (CD) and n (network)", path, number, order);
        strcat(strcat(list, *list ? "," : ""), names[i].name);
    }
    return option_set(o, option_find("boot", 4), list, true);
}

int options_qemu_line(struct options *o, const char *path, int number, char *line)
{
    char *word, *value;
    int code = 0;

    while (!code && (word = next_word(&line))) {
        size_t i = 0;
        if (!strcmp(word, "-boot")) {
            if (!(value = next_word(&line)))
                return fault(DFW_USAGE, "%s:%d: -boot needs a value", path, number);
            code = set_boot(o, path, number, value);
            continue;
        }
        while (i < sizeof(known) / sizeof(known[0]) && strcmp(known[i].qemu, word))
            i++;
        if (i == sizeof(known) / sizeof(known[0])) {
            options_add_extra(o, word);
            continue;
        }
        const struct option_spec *s = option_find(known[i].ours, strlen(known[i].ours));
        const char *fixed = known[i].value;
        if (!fixed && !(fixed = next_word(&line)))
            return fault(DFW_USAGE, "%s:%d: %s needs a value", path, number, word);
        code = option_set(o, s, fixed, true);
    }
    return code;
}
