// SPDX-License-Identifier: BSD-2-Clause
/* romsum IN OUT BYTES: pads an option ROM to BYTES and sets its last byte so that all bytes sum to 0. */
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: romsum IN OUT BYTES\n");
        return 1;
    }
    size_t size = strtoul(argv[3], NULL, 0);
    unsigned char *rom = calloc(1, size + 1), sum = 0;
    FILE *in = fopen(argv[1], "rb");
    if (!rom || !in || fread(rom, 1, size + 1, in) >= size) {
        fprintf(stderr, "romsum: %s: cannot be read, or leaves no byte for the checksum in %zu\n", argv[1], size);
        return 1;
    }
    fclose(in);
    for (size_t i = 0; i < size; i++)
        sum = (unsigned char)(sum + rom[i]);
    rom[size - 1] = (unsigned char)-sum;
    FILE *out = fopen(argv[2], "wb");
    int failed = !out || fwrite(rom, 1, size, out) != size;
    if (failed || fclose(out)) {
        fprintf(stderr, "romsum: %s: cannot be written\n", argv[2]);
        return 1;
    }
    return 0;
}
