/* SPDX-License-Identifier: BSD-2-Clause */
/* The firmware's command line inside a copy of dfw.rom, for machines without fw_cfg. */
#ifndef ROM_WORDS_H
#define ROM_WORDS_H

/*
 * A nameless copy of the image `rom` with `words` in it. Returns its descriptor (close-on-exec), or -1 after one line:
 * no such file, an image without a place for words, or too many of them.
 */
int rom_with_words(const char *rom, const char *words);

/* The same as a line of shell that makes the file `copy`; the caller frees it. NULL after one line. */
char *rom_words_shell(const char *rom, const char *words, const char *copy);

#endif
