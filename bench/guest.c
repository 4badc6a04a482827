/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Measures what BIOS services cost, in instructions, and prints "name value" lines on
 * PORT_LOG. Runs as a boot program on any BIOS, under QEMU -icount shift=0, where the
 * TSC counts instructions. Started by guest_boot.S.
 */
#include "types.h"
#include "hw/io.h"

#define PORT_LOG       0xF5         /* QEMU isa-debugcon where no BIOS looks for one: a boot costs no messages */
#define PORT_EXIT      0xF4         /* QEMU isa-debug-exit */
#define KBC_DATA       0x60
#define KBC_CMD        0x64
#define KBC_STATUS_OBF 0x01         /* output buffer full: a byte to read */
#define KBC_STATUS_IBF 0x02         /* input buffer full: wait before writing */
#define KBC_CMD_WRITE_OUTPUT 0xD2   /* the next data byte appears as if a key had sent it */
#define BUFFER_SEGMENT 0x2000

struct int_regs {
    u8  vector, pad;
    u16 flags;
    u16 es, pad2;
    u32 ebx, ecx, edx, esi, edi, ebp, eax;
};

struct disk_packet {
    u8  size, reserved;
    u16 count;
    u16 offset, segment;
    u64 lba;
} PACKED;

void bench_main(u8 drive);
u32 timed_int(struct int_regs *r);

static u32 overhead;

static void put(const char *s)
{
    while (*s)
        outb(PORT_LOG, *s++);
}

static void put_number(u32 n)
{
    char digits[11];
    int i = 10;

    digits[i] = 0;
    do
        digits[--i] = '0' + n % 10;
    while (n /= 10);
    put(digits + i);
}

static void report(const char *name, u32 value)
{
    put(name);
    put(" ");
    put_number(value);
    put("\n");
}

/* Cost of one call: the cheapest of `runs`, less that of an empty handler; 0 if it fails. */
static u32 cost_of(const struct int_regs *call, int runs)
{
    u32 best = ~0u;

    while (runs--) {
        struct int_regs r = *call;
        u32 t = timed_int(&r);
        if ((r.flags & 1) && call->vector == 0x13)
            return 0;
        best = MIN(best, t);
    }
    return best - MIN(best, overhead);
}

static u32 cost(u8 vector, u32 eax, u32 ebx, u32 ecx, u32 edx)
{
    struct int_regs r = { .vector = vector, .eax = eax, .ebx = ebx, .ecx = ecx, .edx = edx };

    return cost_of(&r, 3);
}

/* An IVT entry of our own with nothing but IRET: what measuring itself costs. */
static u8 iret = 0xCF;

static void measure_overhead(void)
{
    *(volatile u32 *)(0x60 * 4) = (u32)&iret;
    struct int_regs r = { .vector = 0x60 };
    overhead = ~0u;
    for (int i = 0; i < 3; i++)
        overhead = MIN(overhead, timed_int(&r));
    overhead -= 2;   /* INT and IRET belong to a service */
}

static u32 read_lba(u8 drive, u16 count)
{
    static struct disk_packet packet;
    struct int_regs r = { .vector = 0x13, .eax = 0x4200, .edx = drive, .esi = (u32)&packet };

    packet = (struct disk_packet){ sizeof(packet), 0, count, 0, BUFFER_SEGMENT, 1 };
    return cost_of(&r, 3) / count;
}

static u32 read_chs(u8 drive, u8 count)
{
    struct int_regs r = { .vector = 0x13, .eax = 0x0200 | count, .ecx = 1, .edx = drive, .es = BUFFER_SEGMENT };

    return cost_of(&r, 3) / count;
}

static void measure_disk(u8 drive)
{
    if (drive < 0x80) {
        report("floppy_02h_x1", read_chs(drive, 1));
        report("floppy_02h_x18", read_chs(drive, 18));
    } else if (drive < 0xE0 && read_chs(drive, 1)) {
        report("disk_02h_x1", read_chs(drive, 1));
        report("disk_02h_x16", read_chs(drive, 16));
        report("disk_02h_x63", read_chs(drive, 63));
        report("disk_42h_x1", read_lba(drive, 1));
        report("disk_42h_x16", read_lba(drive, 16));
        report("disk_42h_x63", read_lba(drive, 63));
        report("disk_42h_x127", read_lba(drive, 127));
    } else {
        report("cd_42h_x1", read_lba(drive, 1));
        report("cd_42h_x16", read_lba(drive, 16));
    }
}

static void set_mode(u8 mode)
{
    struct int_regs r = { .vector = 0x10, .eax = mode };

    timed_int(&r);
}

static void cursor(u8 row, u8 column)
{
    struct int_regs r = { .vector = 0x10, .eax = 0x0200, .edx = row << 8 | column };

    timed_int(&r);
}

/* Average cost of a teletype character within a row; then of a line feed on the last row. */
static void measure_teletype(u8 mode, const char *plain, const char *scroll, u8 last_row)
{
    set_mode(mode);
    cursor(2, 4);
    report(plain, cost(0x10, 0x0E41, 0x07, 0, 0));
    cursor(last_row, 0);
    report(scroll, cost(0x10, 0x0E0A, 0x07, 0, 0));
}

static void measure_video(void)
{
    static char text[133];
    struct int_regs r = { .vector = 0x10, .eax = 0x1300, .ebx = 7, .ecx = sizeof(text), .edx = 0x0500, .ebp = (u32)text };

    report("modeset_03h", cost(0x10, 0x03, 0, 0, 0));
    report("modeset_12h", cost(0x10, 0x12, 0, 0, 0));
    report("modeset_13h", cost(0x10, 0x13, 0, 0, 0));
    measure_teletype(0x12, "0Eh_mode12h", "0Eh_mode12h_scroll", 29);
    measure_teletype(0x03, "0Eh_mode3", "0Eh_mode3_scroll", 24);
    cursor(0, 0);
    report("09h_x2000", cost(0x10, 0x0941, 0x07, 2000, 0));
    for (u32 i = 0; i < sizeof(text); i++)
        text[i] = 'a';
    report("13h_per_char", cost_of(&r, 3) / sizeof(text));
    struct int_regs vbe = { .vector = 0x10, .eax = 0x4F00, .es = BUFFER_SEGMENT };
    report("4F00h", cost_of(&vbe, 3));
    report("4F02h_101h", cost(0x10, 0x4F02, 0x101, 0, 0));
    report("4F02h_118h_lfb", cost(0x10, 0x4F02, 0x4118, 0, 0));
    set_mode(3);
}

static void measure_e820(void)
{
    struct int_regs r = { .vector = 0x15, .ecx = 20, .edx = 0x534D4150, .es = BUFFER_SEGMENT };
    u32 total = 0, entries = 0;

    do {
        r.eax = 0xE820;
        u32 t = timed_int(&r);
        total += t - MIN(t, overhead);
        entries++;
    } while (r.ebx && !(r.flags & 1) && entries < 64);
    report("E820_per_entry", total / entries);
}

static void measure_move(void)
{
    static u64 gdt[6];
    struct int_regs r = { .vector = 0x15, .eax = 0x8700, .ecx = 0x8000, .esi = (u32)gdt };

    gdt[2] = 0x000093020000FFFFull;   /* from 20000h */
    gdt[3] = 0x000093200000FFFFull;   /* to 200000h */
    report("15h_87h_64KiB", cost_of(&r, 2));
}

static u32 key_cost(u8 scan_code)
{
    struct int_regs r = { .vector = 0x09 };

    while (inb(KBC_CMD) & KBC_STATUS_IBF)
        ;
    outb(KBC_CMD, KBC_CMD_WRITE_OUTPUT);
    while (inb(KBC_CMD) & KBC_STATUS_IBF)
        ;
    outb(KBC_DATA, scan_code);
    while (!(inb(KBC_CMD) & KBC_STATUS_OBF))
        ;
    return timed_int(&r);
}

static void measure_key(void)
{
    u32 best = ~0u;

    for (int i = 0; i < 3; i++) {
        best = MIN(best, key_cost(0x1E));   /* A */
        key_cost(0x9E);                     /* and its release */
    }
    report("IRQ1_key", best - overhead);
}

static void measure_system(void)
{
    report("INT_12h", cost(0x12, 0, 0, 0, 0));
    report("16h_01h", cost(0x16, 0x0100, 0, 0, 0));
    report("1Ah_00h", cost(0x1A, 0, 0, 0, 0));
    measure_e820();
    measure_move();
    asm volatile("cli");
    report("IRQ0", cost(0x08, 0, 0, 0, 0));
    measure_key();
    asm volatile("sti");
}

void bench_main(u8 drive)
{
    measure_overhead();
    measure_disk(drive);
    if (drive >= 0x80 && drive < 0xE0) {
        measure_system();
        measure_video();
    }
    put("end\n");
    outb(PORT_EXIT, 0);
    asm volatile("cli; 1: hlt; jmp 1b");
}
