/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * INT 05h: the text screen to the first printer; 0050:0000 tells: 0 done, 1 busy, FFh failed.
 * IBM PS/2 and PC BIOS Interface Technical Reference, "Interrupt 05H - Print Screen".
 */
#include "bios.h"
#include "services.h"
#include "spec/bda.h"

#define STATUS_SEGMENT  0x0050
#define STATUS_DONE     0x00
#define STATUS_BUSY     0x01
#define STATUS_FAILED   0xFF
#define PRINTER_EBITS   0x29   /* time-out, I/O error, out of paper */

static u8 status(void)
{
    fs_load(STATUS_SEGMENT);
    return *(u8 __seg_fs *)0;
}

static void set_status(u8 v)
{
    fs_load(STATUS_SEGMENT);
    *(u8 __seg_fs *)0 = v;
}

static bool print(char c)
{
    struct regs16 r = { .al = c };

    call_int(0x17, &r);
    return !(r.ah & PRINTER_EBITS);
}

static void move_cursor(u8 page, u16 row_column)
{
    struct regs16 r = { .ah = 0x02, .bh = page, .dx = row_column };

    call_int(0x10, &r);
}

static bool print_rows(u8 page, u8 columns, u8 rows)
{
    for (u8 y = 0; y < rows; y++) {
        if (!print('\r') || !print('\n'))
            return false;
        for (u8 x = 0; x < columns; x++) {
            struct regs16 r = { .ah = 0x08, .bh = page };
            move_cursor(page, y << 8 | x);
            call_int(0x10, &r);
            if (!print(r.al ? r.al : ' '))
                return false;
        }
    }
    return print('\r') && print('\n');
}

void int05(struct regs16 *r)
{
    struct regs16 mode = { .ah = 0x0F }, cursor = { .ah = 0x03 };
    u8 rows;
    bool done;

    if (status() == STATUS_BUSY)
        return;
    set_status(STATUS_BUSY);
    call_int(0x10, &mode);
    cursor.bh = mode.bh;
    call_int(0x10, &cursor);
    fs_load(SEG_BDA);
    rows = BDA->video_rows ? BDA->video_rows + 1 : 25;
    done = print_rows(mode.bh, mode.ah, rows);
    move_cursor(mode.bh, cursor.dx);
    set_status(done ? STATUS_DONE : STATUS_FAILED);
}
