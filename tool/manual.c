/* SPDX-License-Identifier: BSD-2-Clause */
/* The manual page dfw(1) as troff source (man(7)), from verb_table.c and option_table.c. */
#include "verbs.h"
#include "message.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Text for troff: backslashes and leading dots are its own, an empty line is a paragraph, and '-' is a hyphen unless escaped. */
static void put_text(const char *text)
{
    bool start = true;

    for (; *text; start = *text++ == '\n') {
        if (start && (*text == '.' || *text == '\''))
            fputs("\\&", stdout);
        if (text[0] == '\n' && text[1] == '\n') {
            fputs("\n.PP", stdout);
            text++;
        }
        if (*text == '\\')
            fputs("\\e", stdout);
        else if (*text == '-')
            fputs("\\-", stdout);
        else
            putchar(*text);
    }
    putchar('\n');
}

static void put_options(void)
{
    puts(".SH OPTIONS\nEach verb takes those that\n.B dfw VERB \\-\\-help\nlists.");
    for (const struct option_spec *s = option_table; s->name; s++) {
        char *form = option_form(s);
        fputs(".TP\n.B ", stdout);
        put_text(form);
        put_text(s->help);
        free(form);
    }
}

static void put_verbs(void)
{
    puts(".SH VERBS");
    for (const struct verb *v = verb_table; v->name; v++) {
        char *line = text_of("dfw %s [OPTION...]%s%s", v->name, *v->operands ? " " : "", v->operands);
        fputs(".SS ", stdout);
        put_text(line);
        put_text(v->text);
        free(line);
    }
}

int verb_manual(struct options *o)
{
    puts(".\\\" SPDX-License-Identifier: BSD-2-Clause\n.TH DFW 1 \"\" \"dfw " DFW_VERSION "\" \"Domain firmware\"\n"
         ".SH NAME\ndfw \\- boot images of legacy PC systems on the domain firmware\n"
         ".SH SYNOPSIS\n.B dfw\n.I VERB\n[\\fIOPTION\\fR...] [\\fIIMAGE\\fR...] [\\-\\- \\fIENGINE-OPTION\\fR...]\n"
         ".SH DESCRIPTION\nAn operating system on a disk, CD or floppy image boots on a virtual machine whose BIOS is the domain firmware: "
         "vmxloader, rombios, vgabios and, where the processor has no real mode, vmxassist.");
    put_verbs();
    put_options();
    puts(".SH EXIT STATUS\n.TP\n0\nThe expected text was seen, or the guest powered off.\n.TP\n1\nUsage: a wrong option, a bad image, a set\\-up that the engine refused.\n"
         ".TP\n2\nThe guest failed.\n.TP\n3\nTime\\-out.\n.TP\n4\nThe engine, or another program that is needed, is not installed.\n"
         ".TP\n128+N\nEnded by signal N. A person who leaves by Ctrl-C or Ctrl-] a run that expects nothing gets 0.\n"
         ".SH FILES\n.TP\n.I ~/.config/dfw/dfwrc\nOptions for every machine, one a line: the long name, or name=value; image=FILE is an image. "
         "Lines that begin with a dash are options of QEMU. The command line wins.\n"
         ".SH ENVIRONMENT\n.TP\n.B DFW_CONFIG\nAnother configuration file.\n.TP\n.B DFW_FIRMWARE\nThe directory of the firmware files.\n"
         ".SH SEE ALSO\nqemu-system-x86_64(1), bochs(1), virsh(1), xl(1), gdb(1)");
    return DFW_OK;
}
