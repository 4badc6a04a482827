/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rom IMAGE [STEPS]: runs a BIOS image wholly in the interpreter: 64 or 128 KiB below 1 MiB and below 4 GiB, RAM elsewhere, entered
 * at the reset vector. Port E9h goes to stdout; each byte to port 80h or 190h (POST) is a line on stderr. Ends at HLT, at a triple
 * fault or after STEPS instructions, with the last POST code and the registers. For CPU test ROMs: docs/conformance.md.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#undef NULL
#undef bool
#undef true
#undef false
#include "x86.h"

#define RAM_BYTES   (16u << 20)
#define ROM_MAX     0x20000u
#define FOUR_GIB    0x100000000ull
#define LOW_END     0x100000u
#define PORT_DEBUG  0xE9
#define PORT_POST   0x80
#define PORT_POST_2 0x190

static u8 ram_bytes[RAM_BYTES], rom[ROM_MAX];
static u32 rom_size;
static int post = -1;

static u8 *machine_ram(struct x86_cpu *cpu, paddr at, bool write)
{
    if (at >= FOUR_GIB - rom_size)
        return write ? NULL : rom + (at - (FOUR_GIB - rom_size));
    if (at >= LOW_END - rom_size && at < LOW_END)
        return write ? NULL : rom + (at - (LOW_END - rom_size));
    return at < RAM_BYTES ? ram_bytes + at : NULL;
}

static u32 machine_in(struct x86_cpu *cpu, u16 port, u8 bytes)
{
    return 0xFFFFFFFF;
}

static void machine_out(struct x86_cpu *cpu, u16 port, u32 value, u8 bytes)
{
    if (port == PORT_DEBUG) {
        putchar(value & 0xFF);
    } else if (port == PORT_POST || port == PORT_POST_2) {
        post = value & 0xFF;
        fprintf(stderr, "POST %02x\n", post);
    }
}

static const struct x86_ops machine = { .ram = machine_ram, .in = machine_in, .out = machine_out };

static bool load_rom(const char *path)
{
    FILE *f = fopen(path, "rb");

    rom_size = f ? fread(rom, 1, ROM_MAX, f) : 0;
    if (f)
        fclose(f);
    return rom_size == ROM_MAX || rom_size == ROM_MAX / 2;
}

static void report(const struct x86_cpu *cpu, const char *why, unsigned long long steps)
{
    static const char *const name[] = { "eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi" };

    fflush(stdout);
    fprintf(stderr, "%s after %llu instructions, last POST %02x, at %04x:%08x, eflags %08x, cr0 %08x, cr2 %08x\n", why, steps, post & 0xFF,
            cpu->seg[X86_CS].selector, cpu->eip, cpu->eflags, cpu->cr0, cpu->cr2);
    for (int n = 0; n < 8; n++)
        fprintf(stderr, "%s %08x%c", name[n], cpu->gpr[n], n == 7 ? '\n' : ' ');
}

int main(int argc, char **argv)
{
    unsigned long long steps, limit = argc > 2 ? strtoull(argv[2], NULL, 0) : 1000000000;
    struct x86_cpu cpu = { .features = X86_HAS_TSC | X86_HAS_CX8 | X86_HAS_CMOV };
    enum x86_result result = X86_DONE;

    if (argc < 2 || !load_rom(argv[1])) {
        fprintf(stderr, "usage: rom IMAGE [STEPS], IMAGE of 64 or 128 KiB\n");
        return 1;
    }
    x86_reset(&cpu);
    for (steps = 0; steps < limit && result != X86_HALT && result != X86_SHUTDOWN && result != X86_UNHANDLED; steps++)
        result = x86_execute(&cpu, &machine);
    report(&cpu, result == X86_HALT ? "HLT" : result == X86_SHUTDOWN ? "triple fault" : result == X86_UNHANDLED ? "unhandled" : "stopped", steps);
    return result == X86_HALT && post == 0xFF ? 0 : 2;
}
