/* SPDX-License-Identifier: BSD-2-Clause */
/* QEMU's own options in a configuration file: those that dfw has a word for become that, the others go to the engine. */
#include "options.h"
#include "message.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static int set(struct options *o, const char *ours, const char *value)
{
    return option_set(o, option_find(ours, strlen(ours)), value, true);
}

/* A string of drive letters: our words in another spelling. `list` holds them as long as the options live. */
static int set_letters(struct options *o, const char *ours, char list[32], const char *where, const char *drives, size_t count)
{
    static const struct { char letter; const char *name; } names[] = { { 'a', "fd" }, { 'c', "hd" }, { 'd', "cd" }, { 'n', "net" } };

    *list = 0;
    for (const char *c = drives; c < drives + count; c++) {
        size_t i = 0;
        while (i < sizeof(names) / sizeof(names[0]) && names[i].letter != *c)
            i++;
        if (i == sizeof(names) / sizeof(names[0]) || strlen(list) + 5 > 32)
            return fault(DFW_USAGE, "%s: -boot %s: letters are a (floppy), c (disk), d (CD) and n (network)", where, drives);
        strcat(strcat(list, *list ? "," : ""), names[i].name);
    }
    return set(o, ours, list);
}

/* -boot dc, or -boot order=dc,once=d,menu=on. */
static int set_boot(struct options *o, const char *where, const char *value)
{
    static char order[32], once[32];
    int code = 0;

    if (!strchr(value, '='))
        return set_letters(o, "boot", order, where, value, strlen(value));
    for (size_t n; !code && *value; value += n + (value[n] == ',')) {
        n = strcspn(value, ",");
        if (!strncmp(value, "order=", 6))
            code = set_letters(o, "boot", order, where, value + 6, n - 6);
        else if (!strncmp(value, "once=", 5))
            code = set_letters(o, "once", once, where, value + 5, n - 5);
        else if (n == 7 && !strncmp(value, "menu=on", n))
            code = set(o, "menu", NULL);
        else if (n != 8 || strncmp(value, "menu=off", n))
            code = fault(DFW_USAGE, "%s: -boot %s: dfw knows order, once and menu", where, value);
    }
    return code;
}

/* -serial, as far as dfw itself can be at the other end. */
static int set_serial(struct options *o, const char *where, const char *value)
{
    if (!strncmp(value, "file:", 5))
        return set(o, "serial", value + 5);
    if (!strcmp(value, "null") || !strcmp(value, "none"))
        return set(o, "serial", "none");
    if (!strcmp(value, "stdio") || !strcmp(value, "mon:stdio"))
        return set(o, "serial", "stdio");
    return fault(DFW_USAGE, "%s: -serial %s: dfw has stdio, none, null and file:FILE for COM1", where, value);
}

/* QEMU's option, ours, and the value ours takes; NULL: the word that follows. */
static const struct { const char *qemu, *ours, *value; } known[] = {
    { "-m", "memory", NULL },       { "-smp", "cpus", NULL },      { "-cpu", "cpu", NULL },        { "-M", "machine", NULL },
    { "-machine", "machine", NULL }, { "-accel", "accel", NULL },  { "-bios", "bios", NULL },      { "-append", "cmdline", NULL },
    { "-name", "name", NULL },      { "-hda", "hd", NULL },        { "-hdb", "hd", NULL },         { "-hdc", "hd", NULL },
    { "-hdd", "hd", NULL },         { "-cdrom", "cd", NULL },      { "-fda", "fd", NULL },         { "-fdb", "fd", NULL },
    { "-std-vga", "vga", "std" },   { "-cirrusvga", "vga", "cirrus" }, { "-vga", "vga", NULL },    { "-enable-kvm", "accel", "kvm" },
    { "-no-kvm", "accel", "tcg" },  { "-nographic", "display", "none" },
};

/* Those whose values QEMU spells otherwise. */
static const struct {
    const char *qemu;
    int (*set)(struct options *o, const char *where, const char *value);
} translated[] = { { "-boot", set_boot }, { "-serial", set_serial } };

static int set_word(struct options *o, const char *where, const char *word, char **line)
{
    for (size_t i = 0; i < sizeof(translated) / sizeof(translated[0]); i++)
        if (!strcmp(translated[i].qemu, word)) {
            const char *value = next_word(line);
            return value ? translated[i].set(o, where, value) : fault(DFW_USAGE, "%s: %s needs a value", where, word);
        }
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (!strcmp(known[i].qemu, word)) {
            const char *value = known[i].value ? known[i].value : next_word(line);
            return value ? set(o, known[i].ours, value) : fault(DFW_USAGE, "%s: %s needs a value", where, word);
        }
    options_add_extra(o, word);
    return 0;
}

int options_qemu_line(struct options *o, const char *path, int number, char *line)
{
    char *word, *where = text_of("%s:%d", path, number);
    int code = 0;

    while (!code && (word = next_word(&line)))
        code = set_word(o, where, word, &line);
    free(where);
    return code;
}
