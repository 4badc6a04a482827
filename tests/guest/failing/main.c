/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Devices that fail while a program runs: failing.t makes them. The first byte of drive 81h says how: `S` its sector 5 cannot be
 * read, the second is the code for that, `H` from some moment on it does not answer any more, `P` the serial port is never empty again.
 */
#include "../guest.h"
#include "spec/edd.h"

#define BDA            0x0040
#define BUFFER         0x2000          /* segment */
#define BAD_SECTOR     5
#define ETIMEOUT       0x80
#define TICKS_A_SECOND 18
#define MOST_SECONDS   40              /* a command's ten, and a reset's */
#define UART_DLL       0
#define UART_DLM       1
#define UART_LCR       3
#define UART_LCR_DLAB  0x80

static u8 read_sectors(u8 drive, u32 lba, u16 count)
{
    static struct edd_packet packet;
    struct regs r = { .eax = 0x4200, .edx = drive, .esi = (u32)&packet, .flags = FLAG_IF };

    packet = (struct edd_packet){ .size = EDD_PACKET_SIZE, .count = count, .buffer = { 0, BUFFER }, .lba = lba };
    call_bios(0x13, &r);
    return r.flags & FLAG_CF ? r.ah : 0;
}

static u32 ticks(void)
{
    return far_read32(BDA, 0x6C);
}

static void test_sector(u8 code)
{
    check_equal(read_sectors(0x81, BAD_SECTOR, 1), code, "a bad sector");
    check_equal(read_sectors(0x81, 0, 8), code, "a bad sector within a transfer");
    check_equal(read_sectors(0x81, BAD_SECTOR + 1, 2), 0, "the sectors behind it read");
    check_equal(far_read8(BDA, 0x74), 0, "40:74 after that");
}

static void test_hang(void)
{
    u32 start = 0;
    u8 code = 0;

    for (u32 i = 0; i < 2000000 && !code; i++) {
        start = ticks();
        code = read_sectors(0x81, 8 + i % 64, 1);
    }
    check_equal(code, ETIMEOUT, "a drive that does not answer: code 80h");
    note("ticks", ticks() - start);
    check(ticks() - start < MOST_SECONDS * TICKS_A_SECOND, "within its time");
}

static void test_serial(void)
{
    u16 port = far_read16(BDA, 0x02);
    u32 start = 0;
    u8 status = 0;

    outb(port + UART_LCR, UART_LCR_DLAB | 3);
    outb(port + UART_DLL, 1);
    outb(port + UART_DLM, 0);
    outb(port + UART_LCR, 3);
    far_write8(BDA, 0x7D, 1);
    for (u32 i = 0; i < 200000 && !(status & 0x80); i++) {
        struct regs r = { .eax = 0x0155, .edx = 1, .flags = FLAG_IF };

        start = ticks();
        call_bios(0x14, &r);
        status = r.ah;
    }
    check(status & 0x80, "14h 01h: a port that is never empty: time-out");
    start = ticks() - start;
    check(start >= TICKS_A_SECOND - 1 && start <= TICKS_A_SECOND + 3, "14h 01h: after the second of 40:7D");
}

void guest_main(u8 drive)
{
    u8 how;

    check_equal(read_sectors(0x81, 0, 1), 0, "the first sector reads");
    how = far_read8(BUFFER, 0);
    if (how == 'S')
        test_sector(far_read8(BUFFER, 1));
    else if (how == 'H')
        test_hang();
    else
        test_serial();
    check_equal(read_sectors(drive, 0, 1), 0, "the boot disk works on");
    plan_done();
}
