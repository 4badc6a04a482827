/* SPDX-License-Identifier: BSD-2-Clause */
/* The text screen of a PC, from the bytes of its memory. */
#ifndef TEXTSCREEN_H
#define TEXTSCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BDA_ADDRESS     0x400
#define BDA_BYTES       0x100
#define TEXT_MONO       0xB0000
#define TEXT_COLOR      0xB8000
#define TEXT_BYTES      0x8000    /* 32 KiB window of either adapter */
#define SCREEN_MAX_COLS 160
#define SCREEN_MAX_ROWS 100

struct screen_shape {
    uint8_t  mode;        /* BDA 449h */
    bool     text;        /* the BIOS set a text mode */
    unsigned columns, rows;
    unsigned start;       /* byte offset of the visible page */
    unsigned cursor_row, cursor_column;
    uint32_t memory;      /* physical address of the window */
};

/* Read the shape from the BIOS data area (BDA_BYTES bytes of 0040:0000). */
struct screen_shape screen_shape(const uint8_t *bda);

/*
 * The visible page as UTF-8: rows end in a newline without trailing blanks. `window` is the
 * TEXT_BYTES at shape->memory. The string is the caller's.
 */
char *screen_text(const struct screen_shape *shape, const uint8_t *window);

/*
 * All rows of the window from the visible page on, full ones joined, to look for text: it may wrap at the edge, and a
 * system that scrolls by the CRTC's start address moves it out of the page that the BIOS knows.
 */
char *screen_flow(const struct screen_shape *shape, const uint8_t *window);

#endif
