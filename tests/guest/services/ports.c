/* SPDX-License-Identifier: BSD-2-Clause */
/* Serial and parallel ports, mouse. */
#include "services.h"

#define UART_LCR       3
#define UART_MCR       4
#define UART_MCR_LOOP  0x10
#define KBC_CMD        0x64
#define KBC_DATA       0x60
#define KBC_INJECT_AUX 0xD3

static volatile u8 mouse_calls;
static volatile u16 mouse_words[4];
static volatile u8 nmi_calls;
extern const u8 mouse_handler[], count_02[];

asm(".section .text.handlers, \"ax\"\n"
    "mouse_handler: pushw %bp\n movw %sp, %bp\n pushl %eax\n incb %cs:mouse_calls\n"
    "movw 12(%bp), %ax\n movw %ax, %cs:mouse_words\n movw 10(%bp), %ax\n movw %ax, %cs:mouse_words + 2\n"
    "movw 8(%bp), %ax\n movw %ax, %cs:mouse_words + 4\n popl %eax\n popw %bp\n lretw\n"
    "count_02: incb %cs:nmi_calls\n iretw\n"
    ".text\n");

static void test_serial(void)
{
    struct regs r = { .eax = 0x00E3 };
    u16 port = far_read16(BDA, 0x00);

    check_equal(port, 0x3F8, "COM1 was found");
    call_bios(0x14, &r);
    check_equal(r.ah & 0x60, 0x60, "14h 00h: 9600 8N1, transmitter empty");
    outb(port + UART_MCR, UART_MCR_LOOP | 0x03);
    r.eax = 0x0155;
    call_bios(0x14, &r);
    check(!(r.ah & 0x80), "14h 01h: send");
    r.eax = 0x0200;
    call_bios(0x14, &r);
    check_equal(r.ax, 0x0055, "14h 02h: receive what was sent");
    far_write8(BDA, 0x7C, 1);
    r.eax = 0x0200;
    u32 start = far_read32(BDA, 0x6C);
    call_bios(0x14, &r);
    start = far_read32(BDA, 0x6C) - start;
    check(r.ah & 0x80 && start >= 17 && start <= 21, "14h 02h: times out after a second");
    outb(port + UART_MCR, 0x03);
    r = (struct regs){ .eax = 0x0400, .ebx = 0x0100, .ecx = 0x0304 };
    call_bios(0x14, &r);
    check_equal(inb(port + UART_LCR) & 0x3F, 0x0B, "14h 04h: 8 data bits, odd parity, 1 stop bit");
    r = (struct regs){ .eax = 0x0501, .ebx = 0x01 };
    call_bios(0x14, &r);
    r = (struct regs){ .eax = 0x0500 };
    call_bios(0x14, &r);
    check_equal(r.bl, 0x01, "14h 05h: modem control there and back");
    r = (struct regs){ .eax = 0x0300, .edx = 3 };
    call_bios(0x14, &r);
    check_equal(r.ah, 0x80, "14h: COM4 is not there");
}

static void test_printer(void)
{
    struct regs r = { .eax = 0x0200 };

    check_equal(far_read16(BDA, 0x08), 0x378, "LPT1 was found");
    call_bios(0x17, &r);
    check(!(r.ah & 0x01), "17h 02h: status");
    r.eax = 0x0100;
    call_bios(0x17, &r);
    check(!(r.ah & 0x01), "17h 01h: initialise");
    r.eax = 0x0041;
    call_bios(0x17, &r);
    check(!(r.ah & 0x01), "17h 00h: print");
    r = (struct regs){ .eax = 0x0200, .edx = 2 };
    call_bios(0x17, &r);
    check_equal(r.ah, 0x01, "17h: LPT3 is not there");
}

static void mouse_byte(u8 byte)
{
    while (inb(KBC_CMD) & 3)
        ;
    asm volatile("cli");
    outb(KBC_CMD, KBC_INJECT_AUX);
    while (inb(KBC_CMD) & 2)
        ;
    outb(KBC_DATA, byte);
    asm volatile("sti");
    for (u32 i = 0; i < 1000000 && inb(KBC_CMD) & 1; i++)
        ;
}

static struct regs mouse(u8 function, u8 bh)
{
    struct regs r = { .eax = 0xC200 | function, .ebx = bh << 8 };

    call_bios(0x15, &r);
    return r;
}

static void test_mouse(void)
{
    struct regs r;

    check(far_read16(BDA, 0x10) & 4, "the mouse was found");
    r = mouse(0x05, 3);
    check(!(r.flags & FLAG_CF) && r.bx == 0x00AA, "C205h: initialise");
    r = mouse(0x00, 1);
    check(r.flags & FLAG_CF && r.ah == 5, "C200h: without a handler it stays off");
    r = (struct regs){ .eax = 0xC207, .ebx = (u32)mouse_handler };
    call_bios(0x15, &r);
    check(!(r.flags & FLAG_CF), "C207h: handler");
    r = mouse(0x02, 6);
    check(!(r.flags & FLAG_CF), "C202h: 200 samples a second");
    r = mouse(0x02, 7);
    check(r.flags & FLAG_CF && r.ah == 2, "C202h: no such rate");
    r = mouse(0x03, 2);
    check(!(r.flags & FLAG_CF), "C203h: resolution");
    r = mouse(0x06, 0);
    check(!(r.flags & FLAG_CF) && r.dl == 200 && r.cl == 2, "C206h: status tells both");
    r = mouse(0x04, 0);
    check(!(r.flags & FLAG_CF) && r.bh == 0, "C204h: a mouse without wheel");
    r = mouse(0x00, 1);
    check(!(r.flags & FLAG_CF), "C200h: on");
    mouse_byte(0x08);
    mouse_byte(0x12);
    mouse_byte(0x34);
    check(mouse_calls == 1 && mouse_words[0] == 0x08 && mouse_words[1] == 0x12 && mouse_words[2] == 0x34,
          "IRQ12 calls the handler with status, X and Y");
    mouse(0x02, 3);                  /* end the sequence that the first 200 began */
    mouse(0x02, 6);
    mouse(0x02, 5);
    mouse(0x02, 4);
    r = mouse(0x04, 0);
    check_equal(r.bh, 3, "200, 100, 80 samples: the wheel is on");
    r = mouse(0x00, 0);
    check(!(r.flags & FLAG_CF), "C200h: off");
    r = mouse(0x08, 0);
    check(r.flags & FLAG_CF && r.ah == 1, "C208h does not exist");
}

/* The coprocessor's IRQ13 becomes INT 02h, as on the PC. */
static void test_coprocessor(void)
{
    struct regs r = { 0 };
    u32 saved = far_read32(0, 0x02 * 4);

    far_write32(0, 0x02 * 4, (u32)count_02);
    call_bios(0x75, &r);
    far_write32(0, 0x02 * 4, saved);
    check_equal(nmi_calls, 1, "IRQ13 calls INT 02h");
}

void test_ports(void)
{
    test_coprocessor();
    test_serial();
    test_printer();
    test_mouse();
}
