/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Images that the VMM left in RAM, used in place of our system BIOS and VGA BIOS: the words `bios=` and `vgabios=`
 * (docs/boot-contract.md). Such a BIOS, which may be a test of the processor, gets no handoff.
 */
#include "loader.h"

#define BIOS_END       0x100000u
#define BIOS_LIMIT     0x20000u     /* E0000-FFFFF; vmxassist lies below */
#define VGA_BASE       0xC0000u
#define VGA_LIMIT      0x10000u

struct substitute parse_substitute(const char *text)
{
    struct substitute s = { 0 };
    u32 *const field[] = { &s.address, &s.size, &s.sum };

    for (u32 i = 0; i < ARRAY_SIZE(field); i++) {
        *field[i] = parse_number(&text, 16);
        if (*text == ',')
            text++;
    }
    return s;
}

static void copy(const struct substitute *s, const char *word, u32 to, u32 limit)
{
    if (s->size > limit || s->size % 4)
        fatal("%s=: an image of %x bytes, not of a multiple of 4 up to %x", word, s->size, limit);
    if (sum32((void *)s->address, s->size) != s->sum)
        fatal("%s=: the image at %08x is damaged; start the machine anew", word, s->address);
    memcpy((void *)to, (void *)s->address, s->size);
    print("vmxloader: %s= image, %u bytes, at %05x\n", word, s->size, to);
}

bool install_vga_substitute(void)
{
    if (!options.vgabios.size)
        return false;
    copy(&options.vgabios, "vgabios", VGA_BASE, VGA_LIMIT);
    vga_bios = "VGA BIOS of vgabios=";
    vga_bios_size = options.vgabios.size;
    return true;
}

void setup_substitute(void)
{
    if (options.bios.size)
        copy(&options.bios, "bios", BIOS_END - MIN(options.bios.size, BIOS_LIMIT), BIOS_LIMIT);
}
