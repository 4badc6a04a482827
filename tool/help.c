/* SPDX-License-Identifier: BSD-2-Clause */
#include "verbs.h"
#include "message.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_verbs(void)
{
    puts("dfw: boots images of legacy PC systems on the domain firmware\n"
         "\n"
         "  dfw boot IMAGE...   find out what each image is, and boot it\n"
         "  dfw info IMAGE...   say what an image is and how dfw would attach it\n"
         "  dfw doctor          say what this machine can do\n"
         "\n"
         "dfw VERB --help explains each.");
}

static void print_boot(void)
{
    puts("dfw boot [OPTION...] IMAGE... [-- ENGINE-OPTION...]\n"
         "\n"
         "Looks into each IMAGE (disk, CD, floppy; raw, qcow2, vmdk, vdi, vhd), attaches it to the drive it\n"
         "belongs in, and boots the first. stdout is the guest's COM1. Images are not written to.\n");
    for (const struct option_spec *s = option_table; s->name; s++) {
        char *left = text_of("%s%c%s--%s%s%s%s", s->short_name ? "-" : "  ", s->short_name ? s->short_name : ' ',
                             s->short_name ? ", " : " ", s->name,
                             !s->value ? "" : s->kind == OPTION_OPTIONAL ? "[=" : " ", s->value ? s->value : "",
                             s->kind == OPTION_OPTIONAL ? "]" : "");
        printf("  %-36s %s%s\n", left, strlen(left) > 36 ? "\n                                       " : "", s->help);
        free(left);
    }
    puts("\nPartition: --partition vmx takes the Bochs engine unless KVM passes VMX on to its guests; svm and auto take\n"
         "QEMU. Code in real mode runs under vmxassist where the processor has no real mode in a guest, or with --strict.");
    puts("\nExit code: 0 expected text seen or clean power-off, 1 usage, 2 the guest failed, 3 time-out,\n"
         "4 engine not installed, 128+N ended by signal N.");
}

void help_print(const char *verb)
{
    if (!verb)
        print_verbs();
    else if (!strcmp(verb, "boot"))
        print_boot();
    else if (!strcmp(verb, "info"))
        puts("dfw info IMAGE...\n\nSays what each image is: partitions with their boot flags, El Torito entries, the boot\n"
             "loader as far as its code tells, and the drive that dfw boot would attach it to. --json: as JSON.");
    else
        puts("dfw doctor\n\nSays what this machine can do: whether KVM really starts a guest, VMX, SVM, EPT and\n"
             "unrestricted guest, the engines installed and their versions, what carries --partition, the firmware files found.\n"
             "--json: as JSON.");
}
