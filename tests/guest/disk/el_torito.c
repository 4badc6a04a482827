/* SPDX-License-Identifier: BSD-2-Clause */
/* 4Ah-4Ch on a CD that was not booted: the image that disk_ide.t put there becomes drive 00h, and its boot sector runs. */
#include "disk.h"
#include "spec/eltorito.h"

#define CD      0xE0
#define IMAGE   100         /* sector of the CD: the boot sector of a floppy, INT 60h */
#define LOAD    0x3000      /* segment */
#define VECTOR_60 (0x60 * 4)

/* First four bytes of a sector of cylinder 0 of drive 00h. */
static u32 first_word(u8 head, u8 sector)
{
    struct regs r = { .ecx = sector, .edx = head << 8, .es = BACK };

    return int13(&r, 0x0201, 0) ? far_read32(BACK, 0) : 0;
}

/* 4Ch does not return: the image's boot sector calls INT 60h, which goes on here. */
static bool boots(struct eltorito_packet *p)
{
    static u32 stack;
    u32 booted = 0x4C00, drive = 0;

    far_write16(0, VECTOR_60 + 2, 0);
    asm volatile("pushl %%ebx\n\tpushl %%ebp\n\tmovl %%esp, %[stack]\n\t"
                 "movw $1f, %c[vector]\n\t"
                 "int $0x13\n\t"
                 "xorl %%eax, %%eax\n\tjmp 2f\n"
                 "1:\tmovw %%cs, %%ax\n\tmovw %%ax, %%ds\n\tmovw %%ax, %%es\n\tmovw %%ax, %%ss\n\tmovl %[stack], %%esp\n\t"
                 "sti\n\tcld\n\tmovl $1, %%eax\n"
                 "2:\tpopl %%ebp\n\tpopl %%ebx"
                 : "+a"(booted), "+d"(drive), "+S"(p), [stack] "+m"(stack) : [vector] "i"(VECTOR_60) : "ecx", "edi", "memory", "cc");
    return booted;
}

void test_el_torito(void)
{
    static struct eltorito_packet p = { .size = sizeof p, .media = ELTORITO_MEDIA_1440, .sector = IMAGE, .load_segment = LOAD, .count = 1 };
    static struct eltorito_packet told;
    struct regs r = { .ebx = 0x55AA };

    if (!int13(&r, 0x4100, CD))
        return;
    r = (struct regs){ .esi = (u32)&p };
    check(int13(&r, 0x4A00, 0), "13h 4Ah: drive 00h is an image on the CD");
    check_equal(first_word(0, 2), 0x32434553, "13h 4Ah: its second sector");
    check_equal(first_word(1, 1), 0x44414548, "13h 4Ah: its second head");
    r = (struct regs){ .esi = (u32)&told };
    check(int13(&r, 0x4B00, 0), "13h 4Bh: ends the emulation");
    check(told.sector == IMAGE && told.media == ELTORITO_MEDIA_1440, "13h 4Bh: tells what was emulated");
    check(told.cylinders == 79 && told.sectors == 18 && told.heads == 1, "13h 4Bh: its geometry");
    check(first_word(0, 2) != 0x32434553, "13h 4Bh: drive 00h is the floppy again");
    check(!int13(&r, 0x4B00, 0), "13h 4Bh: nothing is emulated");
    check(boots(&p), "13h 4Ch: the image's boot sector runs");
    check_equal(far_read32(LOAD, 0), 0xFCEB60CD, "13h 4Ch: at the segment that the packet names");
    check_equal(first_word(0, 2), 0x32434553, "13h 4Ch: drive 00h is its image");
    r = (struct regs){ .esi = (u32)&told };
    check(int13(&r, 0x4B00, 0x7F), "13h 4Bh: ends every emulation");
    p.sector = 1000000;
    r = (struct regs){ .esi = (u32)&p };
    check(!int13(&r, 0x4C00, 0), "13h 4Ch: an image behind the medium's end");
    int13(&r, 0x4B00, 0x7F);
}
