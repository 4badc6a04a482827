/* SPDX-License-Identifier: BSD-2-Clause */
/* Writes words for the firmware into dfw.rom: ROM_CONFIG_OFFSET in include/abi/boot_magic.h. */
#include "rom_words.h"
#include "abi/boot_magic.h"
#include "argv.h"
#include "message.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define LARGEST_ROM  (16 << 20)
#define MOST_WORDS   (ROM_CONFIG_SIZE - ROM_CONFIG_TEXT - 1)

/* The whole image, the caller's to free; NULL after one line. */
static unsigned char *read_rom(const char *path, size_t *size, const char *words)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    unsigned char *image = NULL;

    if (file >= 0 && !fstat(file, &status) && status.st_size >= ROM_CONFIG_OFFSET && status.st_size <= LARGEST_ROM) {
        *size = (size_t)status.st_size;
        image = allocate(*size, 1);
        if (read(file, image, *size) == (ssize_t)*size && !memcmp(image + *size - ROM_CONFIG_OFFSET, ROM_CONFIG_MAGIC, ROM_CONFIG_TEXT)) {
            close(file);
            if (strlen(words) <= MOST_WORDS)
                return image;
            free(image);
            fault(DFW_USAGE, "more than %d characters for the firmware: \"%s\"", MOST_WORDS, words);
            return NULL;
        }
    }
    if (file >= 0)
        close(file);
    free(image);
    fault(DFW_USAGE, "%s: not an image of dfw.rom, there is no place for \"%s\" in it", path, words);
    return NULL;
}

int rom_with_words(const char *rom, const char *words)
{
    size_t size;
    unsigned char *image = read_rom(rom, &size, words);
    int copy = -1;

    if (!image)
        return -1;
    strcpy((char *)image + size - ROM_CONFIG_OFFSET + ROM_CONFIG_TEXT, words);
    copy = memfd_create("dfw.rom", MFD_CLOEXEC);
    if (copy < 0 || write(copy, image, size) != (ssize_t)size) {
        fault(DFW_USAGE, "copy of %s: %s", rom, strerror(errno));
        if (copy >= 0)
            close(copy);
        copy = -1;
    }
    free(image);
    return copy;
}

char *rom_words_shell(const char *rom, const char *words, const char *copy)
{
    struct argv copying = { 0 }, printing = { 0 };
    size_t size;
    unsigned char *image = read_rom(rom, &size, words);

    if (!image)
        return NULL;
    free(image);
    argv_add(&copying, "cp");
    argv_pair(&copying, rom, "%s", copy);
    argv_add(&printing, "printf");
    argv_pair(&printing, "%s", "%s", words);
    char *first = argv_quote(&copying), *second = argv_quote(&printing);
    char *line = text_of("%s && %s | dd of=%s bs=1 seek=%zu conv=notrunc status=none", first, second, copy,
                         size - ROM_CONFIG_OFFSET + ROM_CONFIG_TEXT);
    free(first);
    free(second);
    argv_free(&copying);
    argv_free(&printing);
    return line;
}
