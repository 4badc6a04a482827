/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Bytes from the terminal on COM1 become keys, on every timer tick: ASCII by the US key table,
 * cursor and function keys by the sequences of the VT220, xterm and the Linux console.
 */
#include "keyboard.h"
#include "serial_console.h"
#include "services.h"
#include "hw/io.h"
#include "hw/uart.h"
#include "spec/bda.h"

#define BYTES_PER_TICK 16
#define ESC            0x1B
#define KEY_ESC        0x011B
#define KEY_ENTER      0x1C0D
#define KEY_BACKSPACE  0x0E08
#define DEL            0x7F

enum state { PLAIN, AFTER_ESC, CSI, SS3, LINUX };

static u8 state, number;

ROM struct {
    char final;
    u16 key;
} letters[] = {
    { 'A', 0x48E0 }, { 'B', 0x50E0 }, { 'C', 0x4DE0 }, { 'D', 0x4BE0 }, { 'H', 0x47E0 }, { 'F', 0x4FE0 },
    { 'P', 0x3B00 }, { 'Q', 0x3C00 }, { 'R', 0x3D00 }, { 'S', 0x3E00 },
};

/* CSI n ~ */
ROM struct {
    u8 n;
    u16 key;
} numbers[] = {
    { 1, 0x47E0 }, { 2, 0x52E0 }, { 3, 0x53E0 }, { 4, 0x4FE0 }, { 5, 0x49E0 }, { 6, 0x51E0 },
    { 11, 0x3B00 }, { 12, 0x3C00 }, { 13, 0x3D00 }, { 14, 0x3E00 }, { 15, 0x3F00 }, { 17, 0x4000 },
    { 18, 0x4100 }, { 19, 0x4200 }, { 20, 0x4300 }, { 21, 0x4400 }, { 23, 0x8500 }, { 24, 0x8600 },
};

static void plain(u8 c)
{
    u16 key;

    if (c == '\r' || c == '\n')
        key = KEY_ENTER;
    else if (c == DEL || c == '\b')
        key = KEY_BACKSPACE;
    else
        key = keyboard_from_ascii(c);
    keyboard_put(key);
}

static void control_sequence(u8 c)
{
    if (c >= '0' && c <= '9') {
        number = number * 10 + (c - '0');
        return;
    }
    if (c == '[' && !number) {
        state = LINUX;
        return;
    }
    state = PLAIN;
    if (c == '~') {
        for (u8 i = 0; i < ARRAY_SIZE(numbers); i++)
            if (numbers[i].n == number)
                keyboard_put(numbers[i].key);
        return;
    }
    for (u8 i = 0; i < ARRAY_SIZE(letters); i++)
        if (letters[i].final == c)
            keyboard_put(letters[i].key);
}

static void input(u8 c)
{
    switch (state) {
    case PLAIN:
        if (c == ESC)
            state = AFTER_ESC;
        else
            plain(c);
        return;
    case AFTER_ESC:
        number = 0;
        if (c == '[') {
            state = CSI;
        } else if (c == 'O') {
            state = SS3;
        } else {
            keyboard_put(KEY_ESC);
            state = PLAIN;
            input(c);
        }
        return;
    case LINUX:                        /* ESC [ [ A to E: F1 to F5 */
        state = PLAIN;
        if (c >= 'A' && c <= 'E')
            keyboard_put((0x3B + c - 'A') << 8);
        return;
    default:
        return control_sequence(c);
    }
}

void serial_console_poll(struct regs16 *r)
{
    u16 port = serial_console_port();
    u8 n = 0;

    while (n < BYTES_PER_TICK && inb(port + UART_LSR) & UART_LSR_DR) {
        input(inb(port + UART_DATA));
        n++;
    }
    if (n == 0 && state == AFTER_ESC) {   /* a tick of silence: it was the Esc key */
        state = PLAIN;
        keyboard_put(KEY_ESC);
    }
}
