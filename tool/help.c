/* SPDX-License-Identifier: BSD-2-Clause */
/* Help in the terminal, from verb_table.c and option_table.c. */
#include "verbs.h"
#include "message.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = 100, LEFT = 36 };

/* Paragraphs with lines of at most WIDTH characters. */
static void print_wrapped(const char *text)
{
    size_t column = 0;

    while (*text) {
        size_t word = strcspn(text, " \n");
        if (column && column + 1 + word > WIDTH) {
            putchar('\n');
            column = 0;
        }
        column += (size_t)printf("%s%.*s", column ? " " : "", (int)word, text);
        text += word;
        for (; *text == '\n' || *text == ' '; text++)
            if (*text == '\n') {
                putchar('\n');
                column = 0;
            }
    }
    putchar('\n');
}

char *option_form(const struct option_spec *s)
{
    if (s->short_name)
        return text_of("-%c, --%s%s%s", s->short_name, s->name, s->value ? " " : "", s->value ? s->value : "");
    return text_of("--%s%s%s", s->name, s->value ? " " : "", s->value ? s->value : "");
}

static void print_verbs(void)
{
    puts("dfw: boots images of legacy PC systems on the domain firmware\n");
    for (const struct verb *v = verb_table; v->name; v++) {
        char *left = text_of("dfw %s%s%s", v->name, *v->operands ? " " : "", v->operands);
        printf("  %-24s %s\n", left, v->summary);
        free(left);
    }
    puts("\ndfw VERB --help explains each; dfw --version.");
}

static void print_options(const struct verb *verb)
{
    puts("\nOptions:");
    for (const struct option_spec *s = option_table; s->name; s++) {
        if (!(s->verbs & verb->bit))
            continue;
        char *form = option_form(s), *left = text_of("%s%s", s->short_name ? "" : "    ", form);
        printf("  %-*s %s%s\n", LEFT, left, strlen(left) > LEFT ? "\n                                       " : "", s->help);
        free(left);
        free(form);
    }
}

void help_print(const struct verb *verb)
{
    if (!verb) {
        print_verbs();
        return;
    }
    printf("dfw %s [OPTION...]%s%s%s\n\n", verb->name, *verb->operands ? " " : "", verb->operands,
           verb->bit & FOR_RUN ? " [-- ENGINE-OPTION...]" : "");
    print_wrapped(verb->text);
    print_options(verb);
    if (verb->bit & FOR_RUN)
        puts("\nExit code: 0 expected text seen or clean power-off, 1 usage, 2 the guest failed, 3 time-out,\n"
             "4 engine not installed, 128+N ended by signal N (Ctrl-C or Ctrl-] where nothing is expected: 0).");
}
