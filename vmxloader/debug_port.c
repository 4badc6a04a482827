/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The debug port: where print() goes. A port that is there reads as E9h (Bochs port_e9_hack,
 * QEMU isa-debugcon at E9h or 402h); where none is, nothing is written and a boot costs no exits. Xen takes E9h itself,
 * for its own console, and nothing reads there.
 */
#include "loader.h"
#include "abi/phase_codes.h"
#include "hw/io.h"

#define DEBUG_PORT_BOCHS  0xE9
#define DEBUG_PORT_QEMU   0x402
#define DEBUG_PORT_THERE  0xE9

u16 debug_port;

void setup_debug_port(void)
{
    bool xen = xen_probe();

    if (inb(DEBUG_PORT_BOCHS) == DEBUG_PORT_THERE)
        debug_port = DEBUG_PORT_BOCHS;
    else if (inb(DEBUG_PORT_QEMU) == DEBUG_PORT_THERE)
        debug_port = DEBUG_PORT_QEMU;
    else if (xen)
        debug_port = DEBUG_PORT_BOCHS;
    print_silent = !debug_port;
}

void print_char(char c)
{
    outb(debug_port, (u8)c);
}

void fatal(const char *format, ...)
{
    va_list args;

    print("vmxloader: fatal: ");
    va_start(args, format);
    vprint(format, args);
    va_end(args);
    print("\n");
    outb(PORT_PHASE, PHASE_FATAL);
    for (;;)
        asm volatile("cli; hlt");
}
