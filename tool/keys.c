/* SPDX-License-Identifier: BSD-2-Clause */
/* Turns a --keys script into chords of a US keyboard, waits and pauses. */
#include "keys.h"
#include "message.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct { const char *name; struct key key; } named[] = {
    { "enter", { "ret", 0xFF0D } },      { "ret", { "ret", 0xFF0D } },        { "esc", { "esc", 0xFF1B } },
    { "tab", { "tab", 0xFF09 } },        { "space", { "spc", ' ' } },         { "backspace", { "backspace", 0xFF08 } },
    { "bs", { "backspace", 0xFF08 } },   { "up", { "up", 0xFF52 } },          { "down", { "down", 0xFF54 } },
    { "left", { "left", 0xFF51 } },      { "right", { "right", 0xFF53 } },    { "home", { "home", 0xFF50 } },
    { "end", { "end", 0xFF57 } },        { "pgup", { "pgup", 0xFF55 } },      { "pgdn", { "pgdn", 0xFF56 } },
    { "insert", { "insert", 0xFF63 } },  { "delete", { "delete", 0xFFFF } },  { "del", { "delete", 0xFFFF } },
    { "shift", { "shift", 0xFFE1 } },    { "ctrl", { "ctrl", 0xFFE3 } },      { "alt", { "alt", 0xFFE9 } },
    { "caps", { "caps_lock", 0xFFE5 } }, { "f1", { "f1", 0xFFBE } },          { "f2", { "f2", 0xFFBF } },
    { "f3", { "f3", 0xFFC0 } },          { "f4", { "f4", 0xFFC1 } },          { "f5", { "f5", 0xFFC2 } },
    { "f6", { "f6", 0xFFC3 } },          { "f7", { "f7", 0xFFC4 } },          { "f8", { "f8", 0xFFC5 } },
    { "f9", { "f9", 0xFFC6 } },          { "f10", { "f10", 0xFFC7 } },        { "f11", { "f11", 0xFFC8 } },
    { "f12", { "f12", 0xFFC9 } },
};

/* Plain and shifted character of each printing key. */
static const struct { char plain, shifted; const char *qcode; } printing[] = {
    { '1', '!', "1" }, { '2', '@', "2" }, { '3', '#', "3" }, { '4', '$', "4" }, { '5', '%', "5" },
    { '6', '^', "6" }, { '7', '&', "7" }, { '8', '*', "8" }, { '9', '(', "9" }, { '0', ')', "0" },
    { '-', '_', "minus" }, { '=', '+', "equal" }, { '[', '{', "bracket_left" }, { ']', '}', "bracket_right" },
    { ';', ':', "semicolon" }, { '\'', '"', "apostrophe" }, { '`', '~', "grave_accent" },
    { '\\', '|', "backslash" }, { ',', '<', "comma" }, { '.', '>', "dot" }, { '/', '?', "slash" },
    { ' ', ' ', "spc" },
};

static const char letters[26][2] = { "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m",
                                     "n", "o", "p", "q", "r", "s", "t", "u", "v", "w", "x", "y", "z" };

static void add_key(struct key_step *step, const char *qcode, uint32_t keysym)
{
    if (step->count < MAX_CHORD)
        step->chord[step->count++] = (struct key){ qcode, keysym };
}

static bool add_character(struct key_step *step, char c)
{
    bool upper = c >= 'A' && c <= 'Z';

    if (upper || (c >= 'a' && c <= 'z')) {
        if (upper)
            add_key(step, "shift", 0xFFE1);
        add_key(step, letters[(c | 0x20) - 'a'], (uint8_t)c);
        return true;
    }
    for (size_t i = 0; i < sizeof(printing) / sizeof(printing[0]); i++) {
        if (c != printing[i].plain && c != printing[i].shifted)
            continue;
        if (c != printing[i].plain)
            add_key(step, "shift", 0xFFE1);
        add_key(step, printing[i].qcode, (uint8_t)c);
        return true;
    }
    return false;
}

static bool add_name(struct key_step *step, const char *name, size_t length)
{
    if (length == 2 && !strncasecmp(name, "lt", 2))
        return add_character(step, '<');
    for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++)
        if (strlen(named[i].name) == length && !strncasecmp(named[i].name, name, length)) {
            add_key(step, named[i].key.qcode, named[i].key.keysym);
            return true;
        }
    return length == 1 && add_character(step, *name);
}

static struct key_step wrong(const char *what, const char *name, size_t length)
{
    struct key_step step = { .kind = STEP_ERROR };

    snprintf(step.text, sizeof(step.text), "%s <%.*s>", what, (int)(length > 60 ? 60 : length), name);
    return step;
}

/* The inside of <...>. */
static struct key_step bracket(const char *name, size_t length)
{
    struct key_step step = { .kind = STEP_CHORD };
    char *end;

    if (length > 5 && !strncasecmp(name, "wait:", 5)) {
        step.kind = STEP_WAIT;
        if (length - 5 >= sizeof(step.text))
            return wrong("the text is too long in", name, length);
        memcpy(step.text, name + 5, length - 5);
        return step;
    }
    if (length > 6 && !strncasecmp(name, "pause:", 6)) {
        step.kind = STEP_PAUSE;
        step.milliseconds = (unsigned)strtoul(name + 6, &end, 10);
        return end == name + length && step.milliseconds <= 600000 ? step : wrong("no milliseconds in", name, length);
    }
    for (const char *at = name, *stop = name + length; at <= stop;) {
        const char *dash = memchr(at + (at < stop), '-', at < stop ? (size_t)(stop - at - 1) : 0);
        size_t part = (size_t)((dash ? dash : stop) - at);
        if (step.count == MAX_CHORD || !add_name(&step, at, part))
            return wrong("no such key:", name, length);
        at += part + 1;
    }
    return step;
}

struct key_step keys_next(const char **script)
{
    const char *s = *script;
    struct key_step step = { .kind = STEP_CHORD };

    if (!*s) {
        step.kind = STEP_END;
        return step;
    }
    if (*s == '<') {
        const char *close = strchr(s + 1, '>');
        if (!close)
            return wrong("missing > after", s + 1, strlen(s + 1));
        *script = close + 1;
        return bracket(s + 1, (size_t)(close - s - 1));
    }
    *script = s + 1;
    if (*s == '\n')
        add_name(&step, "enter", 5);
    else if (!add_character(&step, *s))
        return wrong("no key of a US keyboard types", s, 1);
    return step;
}

int keys_check(const char *script)
{
    for (;;) {
        struct key_step step = keys_next(&script);
        if (step.kind == STEP_END)
            return 0;
        if (step.kind == STEP_ERROR)
            return fault(DFW_USAGE, "--keys: %s", step.text);
    }
}
