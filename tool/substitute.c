/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * --bios and --vgabios inside our firmware: the engine puts the file into RAM before the machine starts, and a word
 * tells vmxloader where (docs/boot-contract.md).
 */
#include "substitute.h"
#include "message.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define BIOS_ADDRESS     0x200000u   /* free until the BIOS runs: between vmxloader and the hypervisor's payload */
#define VGABIOS_ADDRESS  0x220000u
#define BIOS_HIGHEST     0x20000u
#define VGABIOS_HIGHEST  0x10000u

static int measure(struct substitute *s, const char *option, unsigned highest)
{
    FILE *f = fopen(s->path, "rb");
    unsigned char word[4];
    size_t got = 0;

    if (!f)
        return fault(DFW_USAGE, "--%s %s: no such file, or not readable", option, s->path);
    while (s->size <= highest && (got = fread(word, 1, sizeof(word), f)) == sizeof(word)) {
        s->sum += word[0] | (uint32_t)word[1] << 8 | (uint32_t)word[2] << 16 | (uint32_t)word[3] << 24;
        s->size += sizeof(word);
    }
    fclose(f);
    if (!s->size || s->size > highest || got)
        return fault(DFW_USAGE, "--%s %s: an image inside our firmware has 1 to %u KiB, a multiple of 4 bytes", option, s->path, highest / 1024);
    return 0;
}

int substitute_plan(struct substitute s[SUBSTITUTES], const char *bios, const char *vgabios)
{
    s[0] = (struct substitute){ .path = bios, .word = "bios", .address = BIOS_ADDRESS };
    s[1] = (struct substitute){ .path = vgabios, .word = "vgabios", .address = VGABIOS_ADDRESS };
    if (bios && measure(&s[0], s[0].word, BIOS_HIGHEST))
        return DFW_USAGE;
    return vgabios && measure(&s[1], s[1].word, VGABIOS_HIGHEST) ? DFW_USAGE : 0;
}

char *substitute_words(const struct substitute s[SUBSTITUTES], char *words)
{
    for (int i = 0; i < SUBSTITUTES; i++) {
        if (!s[i].path)
            continue;
        char *more = text_of("%s=%x,%x,%x%s%s", s[i].word, s[i].address, s[i].size, s[i].sum, words ? " " : "", words ? words : "");
        free(words);
        words = more;
    }
    return words;
}
