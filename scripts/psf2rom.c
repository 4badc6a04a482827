// SPDX-License-Identifier: BSD-2-Clause
/*
 * psf2rom HEIGHT OUT DRAWN FONT...: makes the 256 glyphs of code page 437, 8 pixels wide, HEIGHT
 * bytes each. A glyph comes from the first FONT (gzipped PSF 1 or 2 with a Unicode table) that
 * has it, else from DRAWN (see vgabios/glyphs.txt). A missing glyph is an error.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GLYPHS       256
#define MAX_HEIGHT   16
#define MAX_FILE     (256 * 1024)
#define PSF1_MAGIC   0x0436
#define PSF1_512     0x01
#define PSF1_TABLE   0x06
#define PSF1_END     0xFFFF
#define PSF1_SEQ     0xFFFE
#define PSF2_MAGIC   0x864AB572u
#define PSF2_TABLE   0x01
#define PSF2_END     0xFF
#define PSF2_SEQ     0xFE

static const uint16_t cp437_low[32] = {
    0x0020, 0x263A, 0x263B, 0x2665, 0x2666, 0x2663, 0x2660, 0x2022, 0x25D8, 0x25CB, 0x25D9, 0x2642, 0x2640, 0x266A, 0x266B, 0x263C,
    0x25BA, 0x25C4, 0x2195, 0x203C, 0x00B6, 0x00A7, 0x25AC, 0x21A8, 0x2191, 0x2193, 0x2192, 0x2190, 0x221F, 0x2194, 0x25B2, 0x25BC,
};
static const uint16_t cp437_high[129] = {
    0x2302,
    0x00C7, 0x00FC, 0x00E9, 0x00E2, 0x00E4, 0x00E0, 0x00E5, 0x00E7, 0x00EA, 0x00EB, 0x00E8, 0x00EF, 0x00EE, 0x00EC, 0x00C4, 0x00C5,
    0x00C9, 0x00E6, 0x00C6, 0x00F4, 0x00F6, 0x00F2, 0x00FB, 0x00F9, 0x00FF, 0x00D6, 0x00DC, 0x00A2, 0x00A3, 0x00A5, 0x20A7, 0x0192,
    0x00E1, 0x00ED, 0x00F3, 0x00FA, 0x00F1, 0x00D1, 0x00AA, 0x00BA, 0x00BF, 0x2310, 0x00AC, 0x00BD, 0x00BC, 0x00A1, 0x00AB, 0x00BB,
    0x2591, 0x2592, 0x2593, 0x2502, 0x2524, 0x2561, 0x2562, 0x2556, 0x2555, 0x2563, 0x2551, 0x2557, 0x255D, 0x255C, 0x255B, 0x2510,
    0x2514, 0x2534, 0x252C, 0x251C, 0x2500, 0x253C, 0x255E, 0x255F, 0x255A, 0x2554, 0x2569, 0x2566, 0x2560, 0x2550, 0x256C, 0x2567,
    0x2568, 0x2564, 0x2565, 0x2559, 0x2558, 0x2552, 0x2553, 0x256B, 0x256A, 0x2518, 0x250C, 0x2588, 0x2584, 0x258C, 0x2590, 0x2580,
    0x03B1, 0x00DF, 0x0393, 0x03C0, 0x03A3, 0x03C3, 0x00B5, 0x03C4, 0x03A6, 0x0398, 0x03A9, 0x03B4, 0x221E, 0x03C6, 0x03B5, 0x2229,
    0x2261, 0x00B1, 0x2265, 0x2264, 0x2320, 0x2321, 0x00F7, 0x2248, 0x00B0, 0x2219, 0x00B7, 0x221A, 0x207F, 0x00B2, 0x25A0, 0x00A0,
};

static uint8_t rom[GLYPHS][MAX_HEIGHT];
static int have[GLYPHS];
static int height;

static uint32_t cp437(int c)
{
    if (c < 32)
        return cp437_low[c];
    return c < 127 ? (uint32_t)c : cp437_high[c - 127];
}

static void die(const char *what, const char *name)
{
    fprintf(stderr, "psf2rom: %s: %s\n", name, what);
    exit(1);
}

static void take(uint32_t unicode, const uint8_t *rows)
{
    for (int c = 0; c < GLYPHS; c++)
        if (!have[c] && cp437(c) == unicode) {
            memcpy(rom[c], rows, (size_t)height);
            have[c] = 1;
        }
}

static uint32_t le(const uint8_t *p, int bytes)
{
    uint32_t v = 0;
    while (bytes--)
        v = v << 8 | p[bytes];
    return v;
}

static void read_psf1(const uint8_t *p, const uint8_t *end)
{
    uint32_t count = p[2] & PSF1_512 ? 512 : 256;
    const uint8_t *glyph = p + 4, *table = glyph + count * p[3];
    int sequence = 0;

    if (p[3] != height || !(p[2] & PSF1_TABLE))
        return;
    for (; count && table + 2 <= end; table += 2) {
        uint32_t u = le(table, 2);
        if (u == PSF1_END) {
            glyph += height;
            count--;
            sequence = 0;
        } else if (u == PSF1_SEQ) {
            sequence = 1;
        } else if (!sequence) {
            take(u, glyph);
        }
    }
}

static uint32_t utf8(const uint8_t **p)
{
    uint32_t c = *(*p)++;
    int more = c < 0xC0 ? 0 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
    if (more)
        c &= 0x3Fu >> more;
    while (more--)
        c = c << 6 | (*(*p)++ & 0x3F);
    return c;
}

static void read_psf2(const uint8_t *p, const uint8_t *end)
{
    uint32_t count = le(p + 16, 4);
    const uint8_t *glyph = p + le(p + 8, 4), *table = glyph + count * le(p + 20, 4);
    int sequence = 0;

    if (le(p + 24, 4) != (uint32_t)height || le(p + 28, 4) != 8 || !(le(p + 12, 4) & PSF2_TABLE))
        return;
    while (count && table < end) {
        if (*table == PSF2_END) {
            table++;
            glyph += height;
            count--;
            sequence = 0;
        } else if (*table == PSF2_SEQ) {
            table++;
            sequence = 1;
        } else {
            uint32_t u = utf8(&table);
            if (!sequence)
                take(u, glyph);
        }
    }
}

static void read_font(const char *name)
{
    static uint8_t buffer[MAX_FILE + 4];
    char command[512];
    snprintf(command, sizeof command, "gzip -dc '%s'", name);
    FILE *f = popen(command, "r");
    size_t n = f ? fread(buffer, 1, MAX_FILE, f) : 0;
    if (!f || pclose(f) || n < 32)
        die("cannot be read: is the package console-setup-linux installed?", name);
    if (le(buffer, 2) == PSF1_MAGIC)
        read_psf1(buffer, buffer + n);
    else if (le(buffer, 4) == PSF2_MAGIC)
        read_psf2(buffer, buffer + n);
    else
        die("not a PSF font", name);
}

/* "U+25BA 14" and 14 lines of 8 '.' or '#'; a 14-line glyph also serves 16 lines, one blank above and below. */
static void read_drawn(const char *name)
{
    char line[128];
    FILE *f = fopen(name, "r");
    if (!f)
        die("cannot be read", name);
    while (fgets(line, sizeof line, f)) {
        unsigned unicode, rows;
        uint8_t glyph[MAX_HEIGHT + 2] = { 0 };
        if (sscanf(line, "U+%x %u", &unicode, &rows) != 2)
            continue;
        int pad = rows == 14 && height == 16;
        for (unsigned y = 0; y < rows && fgets(line, sizeof line, f); y++)
            for (int x = 0; x < 8; x++)
                if (y < MAX_HEIGHT && line[x] == '#')
                    glyph[y + (unsigned)pad] |= (uint8_t)(0x80 >> x);
        if (pad || rows == (unsigned)height)
            take(unicode, glyph);
    }
    fclose(f);
}

int main(int argc, char **argv)
{
    int missing = 0;
    if (argc < 5 || (height = atoi(argv[1])) < 1 || height > MAX_HEIGHT) {
        fprintf(stderr, "usage: psf2rom HEIGHT OUT DRAWN FONT...\n");
        return 1;
    }
    for (int i = 4; i < argc; i++)
        read_font(argv[i]);
    read_drawn(argv[3]);
    for (int c = 0; c < GLYPHS; c++)
        if (!have[c]) {
            fprintf(stderr, "psf2rom: no glyph of %d lines for character %02X, U+%04X\n", height, c, cp437(c));
            missing = 1;
        }
    FILE *out = missing ? NULL : fopen(argv[2], "wb");
    if (!out)
        return 1;
    for (int c = 0; c < GLYPHS; c++)
        fwrite(rom[c], (size_t)height, 1, out);
    return fclose(out) != 0;
}
