/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * --partition and --cmdline as words for the firmware (include/abi/partition.h), and how a machine without fw_cfg gets
 * them: in a copy of dfw.rom (ROM_CONFIG_OFFSET in include/abi/boot_magic.h).
 */
#include "partition.h"
#include "abi/boot_magic.h"
#include "argv.h"
#include "message.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LARGEST_ROM  (16 << 20)

static char copy_path[] = "/tmp/dfw-rom-XXXXXX";

int partition_check(const struct options *o)
{
    bool none = !strcmp(o->partition, "none"), vmx = !strcmp(o->partition, "vmx");

    if (!none && !vmx && strcmp(o->partition, "svm"))
        return fault(DFW_USAGE, "--partition %s: partitions are none, vmx and svm", o->partition);
    if (o->strict && none)
        return fault(DFW_USAGE, "--strict: only within a --partition");
    if (vmx && !strcmp(o->engine, "qemu") && !strcmp(o->accel, "tcg"))
        return fault(DFW_USAGE, "--partition vmx: QEMU emulates no VMX (--engine bochs does, KVM may)");
    return 0;
}

const char *partition_cpu(const struct options *o, bool kvm)
{
    if (kvm || strcmp(o->partition, "svm"))
        return NULL;
    return "qemu64,+svm,+npt";
}

char *firmware_words(const struct options *o)
{
    bool partition = strcmp(o->partition, "none");

    if (!partition)
        return o->cmdline ? text_of("%s", o->cmdline) : NULL;
    return text_of("partition=%s%s%s%s", o->partition, o->strict ? " strict" : "", o->cmdline ? " " : "",
                   o->cmdline ? o->cmdline : "");
}

static void remove_copy(void)
{
    unlink(copy_path);
}

/* Write the words into the image; false if it has no place for them. */
static bool put_words(unsigned char *image, size_t size, const char *words)
{
    unsigned char *config = image + size - ROM_CONFIG_OFFSET;

    if (size < ROM_CONFIG_OFFSET || memcmp(config, ROM_CONFIG_MAGIC, ROM_CONFIG_TEXT) ||
        strlen(words) >= ROM_CONFIG_SIZE - ROM_CONFIG_TEXT)
        return false;
    strcpy((char *)config + ROM_CONFIG_TEXT, words);
    return true;
}

const char *rom_with_words(const char *rom, const char *words)
{
    FILE *in = fopen(rom, "rb");
    unsigned char *image = malloc(LARGEST_ROM);
    size_t size = in && image ? fread(image, 1, LARGEST_ROM, in) : 0;
    const char *result = NULL;

    if (in)
        fclose(in);
    if (size && put_words(image, size, words)) {
        int out = mkstemp(copy_path);
        atexit(remove_copy);
        if (out >= 0 && write(out, image, size) == (ssize_t)size)
            result = copy_path;
        if (out >= 0)
            close(out);
    }
    free(image);
    return result;
}
