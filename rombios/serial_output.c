/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * INT 10h text to a terminal on COM1 (ECMA-48 control sequences). The terminal's cursor follows
 * the screen's only when a character is printed elsewhere than the terminal expects: plain
 * output stays plain text.
 */
#include "post.h"
#include "serial_console.h"
#include "services.h"
#include "timer.h"
#include "hw/io.h"
#include "hw/uart.h"
#include "spec/bda.h"

#define ROOM_WAIT      (20 * MS)
#define NO_ATTRIBUTE   0xFF
#define COLUMNS_MAX    132
#define IVT_10         (0x10 * 4)

extern ROM_EXT char entry_10_mirror[];

POSTVAR u8 serial_console;
POSTVAR struct farptr video_bios;      /* who served INT 10h before us; entry_video.S */

static u16 com_port;
static bool stuck;                     /* the port does not take bytes: drop them */
static u8 row, column;                 /* the terminal's cursor */
static u8 attribute;                   /* the terminal's colours, as a VGA attribute */

/* Colours count blue green red on the VGA, red green blue on the terminal. */
ROM u8 ansi_colour[] = { 0, 4, 2, 6, 1, 5, 3, 7 };

static void send(u8 byte)
{
    struct timer t;

    if (!(inb(com_port + UART_LSR) & UART_LSR_THRE)) {
        if (stuck)
            return;
        timer_start(&t, ROOM_WAIT);
        while (!(inb(com_port + UART_LSR) & UART_LSR_THRE))
            if (timer_done(&t)) {
                stuck = true;
                return;
            }
    }
    stuck = false;
    outb(com_port + UART_DATA, byte);
}

static void send_text(romstr s)
{
    while (*s)
        send(*s++);
}

static void send_number(u8 n)
{
    if (n >= 100)
        send('0' + n / 100);
    if (n >= 10)
        send('0' + n / 10 % 10);
    send('0' + n % 10);
}

static void move_to(u8 y, u8 x)
{
    if (row == y && column == x)
        return;
    row = y;
    column = x;
    send_text(ROMSTR("\033["));
    send_number(y + 1);
    send(';');
    send_number(x + 1);
    send('H');
}

static void set_attribute(u8 a)
{
    if (a == attribute)
        return;
    attribute = a;
    send_text(a & 0x08 ? ROMSTR("\033[0;1;3") : ROMSTR("\033[0;3"));
    send('0' + ansi_colour[a & 7]);
    send_text(ROMSTR(";4"));
    send('0' + ansi_colour[a >> 4 & 7]);
    send('m');
}

static void clear_screen(void)
{
    attribute = NO_ATTRIBUTE;
    row = column = 0;
    send_text(ROMSTR("\033[0m\033[2J\033[H"));
}

/* Code page 437 in ASCII: lines and blocks keep their shape. */
static u8 ascii(u8 c)
{
    if (c >= 0x20 && c < 0x7F)
        return c;
    if (c == 0xB3 || c == 0xBA)
        return '|';
    if (c == 0xC4 || c == 0xCD)
        return '-';
    if (c >= 0xB4 && c <= 0xDA)
        return '+';
    if (c >= 0xB0 && c <= 0xDF)
        return '#';
    switch (c) {
    case 0x00:
    case 0xFF: return ' ';
    case 0x10:
    case 0x1A: return '>';
    case 0x11:
    case 0x1B: return '<';
    case 0x18:
    case 0x1E: return '^';
    case 0x19:
    case 0x1F: return 'v';
    default:   return '?';
    }
}

static u8 columns(void)
{
    fs_load(SEG_BDA);
    u16 n = BDA->video_columns;
    return n && n <= COLUMNS_MAX ? n : 80;
}

static void put(u8 c)
{
    send(ascii(c));
    column++;
}

static void go_to_cursor(u8 page)
{
    u16 pos;

    fs_load(SEG_BDA);
    pos = BDA->cursor_pos[page & 7];
    move_to(pos >> 8, (u8)pos);
}

/* A character as AH=0Eh and 13h mean it: control characters act. */
static void teletype(u8 c)
{
    u8 last;

    fs_load(SEG_BDA);
    last = BDA->video_rows ? BDA->video_rows : 24;
    switch (c) {
    case '\a':
        send(c);
        return;
    case '\b':
        if (column) {
            column--;
            send(c);
        }
        return;
    case '\r':
        column = 0;
        send(c);
        return;
    case '\n':
        if (row < last)
            row++;
        send(c);
        return;
    }
    put(c);
    if (column < columns())
        return;
    column = 0;
    if (row < last)
        row++;
    send_text(ROMSTR("\r\n"));
}

static void mirror_09(struct regs16 *r)   /* 09h, 0Ah: CX times AL at the cursor, which stays */
{
    u16 n = r->cx;

    go_to_cursor(r->bh);
    if (r->ah == 0x09)
        set_attribute(r->bl);
    n = MIN(n, (u16)(columns() - column));
    while (n--)
        put(r->al);
}

static void mirror_06(struct regs16 *r)   /* 06h, 07h: scroll or clear a window */
{
    u8 width = columns(), last;

    fs_load(SEG_BDA);
    last = BDA->video_rows ? BDA->video_rows : 24;
    bool whole = r->cx == 0 && r->dl >= width - 1 && r->dh >= last;

    if (r->al == 0 || r->al > r->dh - r->ch) {
        if (whole)
            return clear_screen();
        set_attribute(r->bh);
        for (u8 y = r->ch; y <= r->dh && y <= last; y++) {
            move_to(y, r->cl);
            for (u8 x = r->cl; x <= r->dl && x < width; x++)
                put(' ');
        }
    } else if (whole && r->ah == 0x06) {
        move_to(last, 0);
        for (u8 i = 0; i < r->al; i++)
            send('\n');
    }
}

static void mirror_13(struct regs16 *r)   /* string at ES:BP */
{
    u16 at = r->bp;

    move_to(r->dh, r->dl);
    if (!(r->al & 2))
        set_attribute(r->bl);
    for (u16 n = r->cx; n; n--) {
        fs_load(r->es);
        u8 c = *(u8 __seg_fs *)(u32)at++;
        if (r->al & 2)
            set_attribute(*(u8 __seg_fs *)(u32)at++);
        teletype(c);
    }
}

void serial_mirror(struct regs16 *r)
{
    switch (r->ah) {
    case 0x00: return clear_screen();
    case 0x06:
    case 0x07: return mirror_06(r);
    case 0x09:
    case 0x0A: return mirror_09(r);
    case 0x0E:
        fs_load(SEG_BDA);
        go_to_cursor(BDA->video_page);
        return teletype(r->al);
    case 0x13: return mirror_13(r);
    }
}

/* 115200 baud, 8N1, FIFO on. */
static bool port_init(void)
{
    fs_load(SEG_BDA);
    com_port = BDA->com_port[0];
    if (!com_port)
        return false;
    outb(com_port + UART_LCR, UART_LCR_8N1 | UART_LCR_DLAB);
    outb(com_port + UART_DLL, 1);
    outb(com_port + UART_DLM, 0);
    outb(com_port + UART_LCR, UART_LCR_8N1);
    outb(com_port + UART_FCR, UART_FCR_ENABLE | UART_FCR_CLEAR);
    outb(com_port + UART_MCR, UART_MCR_DTR | UART_MCR_RTS);
    attribute = NO_ATTRIBUTE;
    return true;
}

void serial_console_init(void)
{
    if (!(HANDOFF->flags & HANDOFF_SERIAL) || serial_console || !port_init())
        return;
    serial_console = 1;
    fs_load(0);
    struct farptr __seg_fs *vector = (struct farptr __seg_fs *)IVT_10;
    video_bios.offset = vector->offset;
    video_bios.segment = vector->segment;
    vector->offset = (u16)(u32)entry_10_mirror;
    vector->segment = 0xF000;
}

void serial_console_only(void)
{
    if (port_init())
        serial_console = 1;
}

u16 serial_console_port(void)
{
    return com_port;
}
