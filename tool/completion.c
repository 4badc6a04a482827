/* SPDX-License-Identifier: BSD-2-Clause */
/* Completion for bash and zsh, from verb_table.c and option_table.c. */
#include "verbs.h"
#include "message.h"
#include <stdio.h>
#include <string.h>

/* "a|b|c" as "a b c". */
static void put_choices(const char *words)
{
    for (; *words; words++)
        putchar(*words == '|' ? ' ' : *words);
}

static bool is_file(const struct option_spec *s)
{
    return s->value && (strstr(s->value, "FILE") || strstr(s->value, "DISK"));
}

static void bash_options(unsigned verb)
{
    for (const struct option_spec *s = option_table; s->name; s++)
        if (s->verbs & verb)
            printf(" --%s", s->name);
}

/* What may follow an option that takes a value. */
static void bash_values(void)
{
    puts("    case $prev in");
    for (const struct option_spec *s = option_table; s->name; s++) {
        if (option_is_choice(s)) {
            printf("    --%s) COMPREPLY=($(compgen -W \"", s->name);
            put_choices(s->value);
            puts("\" -- \"$cur\")); return ;;");
        } else if (s->value && !is_file(s) && strcmp(s->value, "DIR")) {
            printf("    --%s) return ;;\n", s->name);
        }
    }
    puts("    --dir) mapfile -t COMPREPLY < <(compgen -d -- \"$cur\"); return ;;");
    fputs("    ", stdout);
    const char *bar = "";
    for (const struct option_spec *s = option_table; s->name; s++)
        if (is_file(s) && !option_is_choice(s)) {
            printf("%s--%s", bar, s->name);
            bar = " | ";
        }
    puts(") mapfile -t COMPREPLY < <(compgen -f -- \"$cur\"); return ;;\n    esac");
}

static void bash(void)
{
    puts("# SPDX-License-Identifier: BSD-2-Clause\n# bash completion of dfw, printed by: dfw completion bash\n_dfw() {\n"
         "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} options=\n"
         "    if [ \"$COMP_CWORD\" = 1 ]; then");
    fputs("        COMPREPLY=($(compgen -W \"--help --version", stdout);
    for (const struct verb *v = verb_table; v->name; v++)
        printf(" %s", v->name);
    puts("\" -- \"$cur\"))\n        return\n    fi");
    bash_values();
    puts("    case ${COMP_WORDS[1]} in");
    for (const struct verb *v = verb_table; v->name; v++) {
        printf("    %s) options=\"", v->name);
        bash_options(v->bit);
        puts("\" ;;");
    }
    puts("    esac\n    case $cur in\n    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$cur\")); return ;;\n    esac\n    case ${COMP_WORDS[1]} in");
    for (const struct verb *v = verb_table; v->name; v++) {
        if (!strcmp(v->completes, "machines"))
            printf("    %s) COMPREPLY=($(compgen -W \"$(dfw list -q 2>/dev/null | awk 'NR > 1 { print $1 }')\" -- \"$cur\")) ;;\n", v->name);
        else if (*v->completes && strcmp(v->completes, "files"))
            printf("    %s) COMPREPLY=($(compgen -W \"%s\" -- \"$cur\")) ;;\n", v->name, v->completes);
    }
    puts("    *) mapfile -t COMPREPLY < <(compgen -f -- \"$cur\") ;;\n    esac\n}\ncomplete -o filenames -F _dfw dfw");
}

/* Text inside a [...] of zsh's _arguments, in single quotes. */
static void zsh_text(const char *text)
{
    for (; *text; text++) {
        if (*text == '\'')
            fputs("'\\''", stdout);
        else if (*text == '[' || *text == ']' || *text == ':' || *text == '\\')
            printf("\\%c", *text);
        else
            putchar(*text);
    }
}

static void zsh_option(const struct option_spec *s)
{
    bool repeat = s->kind == OPTION_EXPECT || s->kind == OPTION_DRIVE;

    printf("            '%s--%s[", repeat ? "*" : "", s->name);
    zsh_text(s->help);
    putchar(']');
    if (option_is_choice(s)) {
        printf(":%s:(", s->name);
        put_choices(s->value);
        putchar(')');
    } else if (s->value && !strcmp(s->value, "DIR")) {
        printf(":directory:_files -/");
    } else if (is_file(s)) {
        printf(":file:_files");
    } else if (s->value) {
        printf(":%s:", s->name);
    }
    puts("' \\");
}

static void zsh_verb(const struct verb *v)
{
    printf("    %s)\n        _arguments -s \\\n", v->name);
    for (const struct option_spec *s = option_table; s->name; s++)
        if (s->verbs & v->bit)
            zsh_option(s);
    if (!strcmp(v->completes, "machines"))
        puts("            '*:machine:($(dfw list -q 2>/dev/null | awk \"NR > 1 { print \\$1 }\"))' ;;");
    else if (*v->completes && strcmp(v->completes, "files"))
        printf("            '*:word:(%s)' ;;\n", v->completes);
    else
        printf("            '*:file:_files' ;;\n");
}

static void zsh(void)
{
    puts("#compdef dfw\n# SPDX-License-Identifier: BSD-2-Clause\n# zsh completion of dfw, printed by: dfw completion zsh\n"
         "_dfw() {\n    local -a verbs=(");
    for (const struct verb *v = verb_table; v->name; v++) {
        printf("        '%s:", v->name);
        zsh_text(v->summary);
        puts("'");
    }
    puts("    )\n    if (( CURRENT == 2 )); then\n        _describe verb verbs\n        return\n    fi\n"
         "    local verb=$words[2]\n    words=(\"${(@)words[2,-1]}\")\n    (( CURRENT-- ))\n    case $verb in");
    for (const struct verb *v = verb_table; v->name; v++)
        zsh_verb(v);
    puts("    esac\n}\nif [ \"$funcstack[1]\" = _dfw ]; then\n    _dfw \"$@\"\nelse\n    compdef _dfw dfw\nfi");
}

int verb_completion(struct options *o)
{
    const char *shell = o->images[0].path;

    if (!strcmp(shell, "bash"))
        bash();
    else if (!strcmp(shell, "zsh"))
        zsh();
    else
        return fault(DFW_USAGE, "completion %s: shells are bash and zsh", shell);
    return DFW_OK;
}
