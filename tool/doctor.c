/* SPDX-License-Identifier: BSD-2-Clause */
/* `dfw doctor`: what this machine can do. */
#include "verbs.h"
#include "machine.h"
#include "message.h"
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct json_object *answers;      /* with --json */

static void line(const char *name, const char *value)
{
    if (answers)
        json_object_object_add(answers, name, json_object_new_string(value));
    else
        printf("%-20s %s\n", name, value);
}

/* The word `flag` in the lines `flags` and `vmx flags` of /proc/cpuinfo. */
static bool cpu_has(const char *flag)
{
    FILE *file = fopen("/proc/cpuinfo", "re");
    char text[8192];
    bool found = false;

    while (file && !found && fgets(text, sizeof(text), file)) {
        if (strncmp(text, "flags", 5) && strncmp(text, "vmx flags", 9))
            continue;
        for (char *word = strtok(text, " \t\n"); word && !found; word = strtok(NULL, " \t\n"))
            found = !strcmp(word, flag);
    }
    if (file)
        fclose(file);
    return found;
}

/* Prints the first line that `command` writes, or `remedy`; true if there was one. */
static bool report_engine(const char *name, const char *command, const char *remedy)
{
    FILE *pipe = popen(command, "re");
    char text[256] = "";

    if (pipe && fgets(text, sizeof(text), pipe))
        text[strcspn(text, "\n")] = 0;
    if (pipe)
        pclose(pipe);
    line(name, *text ? text : remedy);
    return *text;
}

/* Who would carry --partition `extension`: KVM, else the engine that emulates it. */
static void report_partition(const char *extension, bool emulator, const char *emulates, const char *remedy)
{
    const char *why;
    char *name = text_of("partition %s", extension);
    bool nests = kvm_nests(extension, &why);

    line(name, nests ? "works: QEMU with KVM, which passes it on" : emulator ? emulates : remedy);
    free(name);
}

static void report_firmware(const char *name)
{
    char *path = firmware_find(name);

    line(name, path ? path : "not found (run make, or set $DFW_FIRMWARE)");
    free(path);
}

int verb_doctor(struct options *o)
{
    static const char *const features[][2] = {
        { "VMX", "vmx" }, { "SVM", "svm" }, { "EPT", "ept" }, { "unrestricted guest", "unrestricted_guest" }, { "NPT", "npt" },
    };
    static const char *const files[] = { "dfw.rom", "vmxloader", "rombios.bin", "vgabios-std.bin", "vgabios-cirrus.bin",
                                         "vmxassist.bin", "hypervisor" };
    const char *why;
    bool kvm = kvm_works(&why);

    if (o->json)
        answers = json_object_new_object();
    char *verdict = text_of("%s: %s", kvm ? "works" : "not usable", why);
    line("KVM", verdict);
    free(verdict);
    for (size_t i = 0; i < sizeof(features) / sizeof(features[0]); i++)
        line(features[i][0], cpu_has(features[i][1]) ? "yes" : "no");
    bool qemu = report_engine("QEMU", "qemu-system-x86_64 --version 2>/dev/null", "not installed (Debian: apt install qemu-system-x86)");
    bool bochs = report_engine("Bochs", "bochs-bin --help 2>&1 | grep -o 'Bochs x86 Emulator [0-9.]*'",
                               "not installed (Debian: apt install bochs bochs-term)");
    report_partition("vmx", bochs, "works: emulated by Bochs, without unrestricted guest", "needs Bochs (apt install bochs bochs-term)");
    report_partition("svm", qemu, "works: emulated by QEMU", "needs QEMU (apt install qemu-system-x86)");
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
        report_firmware(files[i]);
    if (answers)
        json_print(stdout, answers);
    json_object_put(answers);
    return 0;
}
