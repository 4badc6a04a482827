/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory sizes, the address map, the block move, A20. */
#include "services.h"

#define SMAP  0x534D4150u

struct entry {
    u64 base, length;
    u32 type;
    u32 guard;
} PACKED;

static u32 ram_kb_above_1m;

static void test_e820(void)
{
    static struct entry e;
    struct regs r = { 0 };
    bool sane = true, overlap = false;
    u64 last = 0;
    u32 n = 0, conventional = 0;

    do {
        e.guard = 0x12345678;
        r.eax = 0xDEADE820;
        r.ecx = 20;
        r.edx = SMAP;
        r.edi = (u32)&e | 0x55550000;
        call_bios(0x15, &r);
        if (r.flags & FLAG_CF || r.eax != SMAP || r.ecx != 20 || e.guard != 0x12345678 || r.edi != ((u32)&e | 0x55550000))
            sane = false;
        if (e.base < last)
            overlap = true;
        last = e.base + e.length;
        if (e.base == 0 && e.type == 1)
            conventional = e.length;
        if (e.base == 0x100000 && e.type == 1)
            ram_kb_above_1m = e.length >> 10;
        n++;
    } while (r.ebx && n < 64 && sane);
    check(sane && n > 3 && n < 64, "E820: entries of 20 bytes until EBX is 0");
    check(!overlap, "E820: sorted, nothing overlaps");
    check_equal(conventional / 1024, far_read16(BDA, 0x13), "E820 and 40:13 agree below 640 KiB");
    r.eax = 0xE820;
    r.ecx = 19;
    r.edx = SMAP;
    r.ebx = 0;
    call_bios(0x15, &r);
    check(r.flags & FLAG_CF && r.ah == 0x86, "E820: a buffer of 19 bytes is refused");
    r.eax = 0xE820;
    r.ecx = 20;
    r.edx = 0;
    call_bios(0x15, &r);
    check(r.flags & FLAG_CF && r.ah == 0x86, "E820: no SMAP is refused");
    r.eax = 0xE820;
    r.ecx = 20;
    r.edx = SMAP;
    r.ebx = 4711;
    call_bios(0x15, &r);
    check(r.flags & FLAG_CF, "E820: a continuation past the end is refused");
}

static void test_sizes(void)
{
    struct regs r = { .eax = 0xE801 };

    call_bios(0x15, &r);
    check(!(r.flags & FLAG_CF) && r.ax <= 0x3C00 && r.ax == r.cx && r.bx == r.dx, "E801");
    check_equal(r.ax + r.bx * 64u, ram_kb_above_1m & ~63u, "E801 and E820 agree");
    r = (struct regs){ .eax = 0x8800 };
    call_bios(0x15, &r);
    check_equal(r.ax, ram_kb_above_1m < 0xFC00 ? ram_kb_above_1m : 0xFC00, "88h");
    r = (struct regs){ .eax = 0x12345678 };
    call_bios(0x12, &r);
    check_equal(r.eax, 0x12340000 | far_read16(BDA, 0x13), "INT 12h");
    check(r.ax >= 638, "at least 638 KiB");
    r = (struct regs){ 0 };
    call_bios(0x11, &r);
    check_equal(r.ax, far_read16(BDA, 0x10), "INT 11h");
    r = (struct regs){ .eax = 0xC000 };
    call_bios(0x15, &r);
    check(!(r.flags & FLAG_CF) && r.ah == 0 && r.es == F && far_read16(r.es, r.bx) == 8, "C0h: configuration table");
    r = (struct regs){ .eax = 0xC100 };
    call_bios(0x15, &r);
    check(!(r.flags & FLAG_CF) && r.es == far_read16(BDA, 0x0E), "C1h: EBDA segment");
}

static void test_move(void)
{
    static u8 gdt[48];
    struct regs r = { .eax = 0x8700, .ecx = 0x11110101, .esi = (u32)gdt };
    bool same = true;

    for (u16 i = 0; i < 0x300; i++)
        far_write8(0x2000, i, i * 7 + 1);
    *(u64 *)(gdt + 0x10) = 0x000093020000FFFFull;    /* 20000h */
    *(u64 *)(gdt + 0x18) = 0x010093300000FFFFull;    /* 01300000h */
    call_bios(0x15, &r);
    check(!(r.flags & FLAG_CF) && r.ah == 0 && r.ecx == 0x11110101, "87h: 257 words up to 19 MiB");
    *(u64 *)(gdt + 0x10) = 0x010093300000FFFFull;
    *(u64 *)(gdt + 0x18) = 0x000093030000FFFFull;
    r.ax = 0x8700;
    call_bios(0x15, &r);
    for (u16 i = 0; i < 0x202; i++)
        if (far_read8(0x3000, i) != (u8)(i * 7 + 1))
            same = false;
    check(!(r.flags & FLAG_CF) && same, "87h: and back");
    r.ax = 0x8700;
    r.cx = 0x8001;
    call_bios(0x15, &r);
    check(r.flags & FLAG_CF && r.ah == 2, "87h: more than 64 KiB is refused");
}

static bool a20_open(void)
{
    u16 low = far_read16(0, 0x500);

    far_write16(0xFFFF, 0x510, (u16)~low);
    return far_read16(0, 0x500) == low;
}

static void test_a20(void)
{
    struct regs r = { .eax = 0x2402 };

    call_bios(0x15, &r);
    check(!(r.flags & FLAG_CF) && r.al == 1 && a20_open(), "2402h: A20 is on");
    r.eax = 0x2400;
    call_bios(0x15, &r);
    check(!(r.flags & FLAG_CF) && !a20_open(), "2400h: A20 off");
    r.eax = 0x2401;
    call_bios(0x15, &r);
    check(!(r.flags & FLAG_CF) && a20_open(), "2401h: A20 on");
    r.eax = 0x2403;
    call_bios(0x15, &r);
    check(!(r.flags & FLAG_CF) && r.bx == 3, "2403h: by keyboard controller and port 92h");
}

void test_memory(void)
{
    test_e820();
    test_sizes();
    test_move();
    test_a20();
    check(switch_89(), "89h: to protected mode");
}
