/* SPDX-License-Identifier: BSD-2-Clause */
/* Images in place of our own BIOS and VGA BIOS. */
#ifndef SUBSTITUTE_H
#define SUBSTITUTE_H

enum { SUBSTITUTES = 2 };

struct substitute {
    const char *path;        /* NULL: none */
    const char *word;        /* for the firmware */
    unsigned address;        /* in the machine's RAM */
    unsigned size, sum;
};

/* Look at the files; each may be NULL. 0, or DFW_USAGE after one line. */
int substitute_plan(struct substitute s[SUBSTITUTES], const char *bios, const char *vgabios);

/* `words` (may be NULL) is taken; the result, the caller's to free, has what the firmware must know of the images too. */
char *substitute_words(const struct substitute s[SUBSTITUTES], char *words);

#endif
