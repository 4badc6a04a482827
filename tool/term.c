/* SPDX-License-Identifier: BSD-2-Clause */
#include "term.h"
#include "cp437.h"
#include "message.h"
#include "typing.h"
#include <curses.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LEAVE = 0x1D /* Ctrl-] */, ESC = 27, DEL = 127, ESC_MS = 25 };
enum { ATTRIBUTE_BRIGHT = 0x08, COLORS_OF_A_PC = 8 };

static struct {
    bool open, wide;     /* wide: the terminal shows more than ASCII */
    SCREEN *screen;
    struct typing key;   /* the one that the guest is sent: typed ahead, they follow one by one */
} term;

/* A PC's colour is blue 1, green 2, red 4; a terminal's is red 1, green 2, blue 4. */
static short terminal_color(unsigned pc)
{
    return (short)((pc & 2) | (pc & 1) << 2 | (pc & 4) >> 2);
}

int term_open(void)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return fault(DFW_USAGE, "--display term: stdin and stdout are no terminal");
    setlocale(LC_CTYPE, "");
    term.screen = newterm(NULL, stdout, stdin);
    if (!term.screen)
        return fault(DFW_USAGE, "--display term: the terminal type %s is unknown", getenv("TERM") ? getenv("TERM") : "(TERM is not set)");
    term.open = true;
    typing_start(&term.key, NULL, NULL);
    term.wide = MB_CUR_MAX > 1;
    atexit(term_close);
    message_hold();
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    set_escdelay(ESC_MS);
    if (has_colors()) {
        start_color();
        for (int pair = 1; pair < COLORS_OF_A_PC * COLORS_OF_A_PC && pair < COLOR_PAIRS; pair++)
            init_pair((short)pair, terminal_color(pair % COLORS_OF_A_PC), terminal_color(pair / COLORS_OF_A_PC));
    }
    return 0;
}

bool term_is_open(void)
{
    return term.open;
}

/* Pair 0 is the terminal's own and cannot be set: black on black has no pair. */
static void use_attribute(uint8_t attribute)
{
    unsigned pair = (attribute & 7u) + COLORS_OF_A_PC * (attribute >> 4 & 7u);

    attrset(attribute & ATTRIBUTE_BRIGHT ? A_BOLD : A_NORMAL);
    if (pair < (unsigned)COLOR_PAIRS)
        color_set((short)pair, NULL);
}

static void put_cell(uint8_t character, uint8_t attribute)
{
    char bytes[4];
    size_t n = cp437_utf8(character, bytes);

    use_attribute(attribute);
    if (n > 1 && !term.wide)
        addch('?');
    else
        addnstr(bytes, (int)n);
}

static void draw_text(const struct run *r)
{
    const struct screen_shape *s = &r->shape;
    int rows = getmaxy(stdscr), columns = getmaxx(stdscr);
    int first = (int)s->cursor_row >= rows ? (int)s->cursor_row - rows + 1 : 0;    /* a small terminal follows the cursor */

    for (int y = 0; y < rows && y + first < (int)s->rows; y++) {
        move(y, 0);
        for (int x = 0; x < columns && x < (int)s->columns; x++) {
            size_t at = (s->start + 2 * ((size_t)(y + first) * s->columns + (size_t)x)) % TEXT_BYTES;
            put_cell(r->window[at], r->window[(at + 1) % TEXT_BYTES]);
        }
    }
    move((int)s->cursor_row - first, (int)s->cursor_column);
}

void term_draw(const struct run *r)
{
    erase();
    if (r->screen)
        draw_text(r);
    else
        mvprintw(0, 0, "(%s; --display window shows pictures, Ctrl-] leaves)", *r->graphics ? r->graphics : "no screen yet");
    refresh();
}

const char *term_script(int key, bool alt)
{
    static const struct { int key; const char *script; } keys[] = {
        { KEY_UP, "<up>" }, { KEY_DOWN, "<down>" }, { KEY_LEFT, "<left>" }, { KEY_RIGHT, "<right>" }, { KEY_HOME, "<home>" },
        { KEY_END, "<end>" }, { KEY_PPAGE, "<pgup>" }, { KEY_NPAGE, "<pgdn>" }, { KEY_IC, "<insert>" }, { KEY_DC, "<delete>" },
        { KEY_BACKSPACE, "<backspace>" }, { KEY_BTAB, "<shift-tab>" }, { KEY_ENTER, "<enter>" }, { '\r', "<enter>" }, { '\n', "<enter>" },
        { '\t', "<tab>" }, { '\b', "<backspace>" }, { DEL, "<backspace>" }, { ESC, "<esc>" },
    };
    static char script[16];

    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        if (keys[i].key == key)
            return keys[i].script;
    if (key >= KEY_F(1) && key <= KEY_F(12))
        snprintf(script, sizeof(script), "<%sf%d>", alt ? "alt-" : "", key - KEY_F0);
    else if (key == '<')
        snprintf(script, sizeof(script), alt ? "<alt-lt>" : "<lt>");
    else if (key > ' ' && key < DEL)
        snprintf(script, sizeof(script), alt ? "<alt-%c>" : "%c", key);
    else if (key == ' ')
        snprintf(script, sizeof(script), "<space>");
    else if (key > 0 && key <= 26)
        snprintf(script, sizeof(script), "<%sctrl-%c>", alt ? "alt-" : "", 'a' + key - 1);
    else
        return NULL;
    return script;
}

bool term_forward(struct run *r)
{
    int key = getch();

    if (key == LEAVE)
        return false;
    if (!term.key.done && key != ERR)
        ungetch(key);
    if (!term.key.done || key == ERR) {
        typing_step(&term.key, r);
        return true;
    }
    int next = key == ESC ? getch() : ERR;
    const char *script = next == ERR ? term_script(key, false) : term_script(next, true);
    if (script) {
        typing_start(&term.key, script, NULL);
        typing_step(&term.key, r);
    }
    return true;
}

void term_close(void)
{
    if (!term.open)
        return;
    term.open = false;
    endwin();
    delscreen(term.screen);
    message_release();
}
