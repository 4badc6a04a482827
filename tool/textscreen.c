/* SPDX-License-Identifier: BSD-2-Clause */
/* Text of the screen: character and attribute pairs at B8000 or B0000, shape from the BIOS data area. */
#include "textscreen.h"
#include "cp437.h"
#include "image.h"
#include "message.h"

enum { BDA_MODE = 0x49, BDA_COLUMNS = 0x4A, BDA_START = 0x4E, BDA_CURSORS = 0x50, BDA_PAGE = 0x62, BDA_LAST_ROW = 0x84 };
enum { MODE_LAST_COLOR_TEXT = 3, MODE_MONO_TEXT = 7 };

struct screen_shape screen_shape(const uint8_t *bda)
{
    struct screen_shape s = { .mode = bda[BDA_MODE] & 0x7F };
    uint8_t page = bda[BDA_PAGE] & 7;

    s.text = s.mode <= MODE_LAST_COLOR_TEXT || s.mode == MODE_MONO_TEXT;
    s.memory = s.mode == MODE_MONO_TEXT ? TEXT_MONO : TEXT_COLOR;
    s.columns = le16(bda + BDA_COLUMNS);
    if (s.columns < 20 || s.columns > SCREEN_MAX_COLS)
        s.columns = 80;
    s.rows = bda[BDA_LAST_ROW] + 1u;
    if (s.rows < 10 || s.rows > SCREEN_MAX_ROWS)
        s.rows = 25;
    s.start = le16(bda + BDA_START) % TEXT_BYTES;
    s.cursor_column = bda[BDA_CURSORS + 2 * page];
    s.cursor_row = bda[BDA_CURSORS + 2 * page + 1];
    return s;
}

static char *render(const struct screen_shape *s, const uint8_t *window, unsigned rows, bool flow)
{
    char *text = allocate(rows * (3 * s->columns + 1) + 1, 1), *to = text;

    for (unsigned row = 0; row < rows; row++) {
        char *end = to;
        unsigned used = 0;
        for (unsigned column = 0; column < s->columns; column++) {
            uint8_t c = window[(s->start + 2 * (row * s->columns + column)) % TEXT_BYTES];
            size_t n = cp437_utf8(c, to);
            to += n;
            if (n > 1 || to[-1] != ' ') {
                end = to;
                used = column + 1;
            }
        }
        to = end;
        if (!flow || used < s->columns)
            *to++ = '\n';
    }
    while (to > text && to[-1] == '\n')
        to--;
    *to = 0;
    return text;
}

char *screen_text(const struct screen_shape *shape, const uint8_t *window)
{
    return render(shape, window, shape->rows, false);
}

char *screen_flow(const struct screen_shape *shape, const uint8_t *window)
{
    return render(shape, window, TEXT_BYTES / (2 * shape->columns), true);
}
