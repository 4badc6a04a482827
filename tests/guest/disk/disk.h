/* SPDX-License-Identifier: BSD-2-Clause */
/* The parts of the INT 13h test, in the order main.c runs them. */
#ifndef DISK_TEST_H
#define DISK_TEST_H

#include "../guest.h"
#include "spec/edd.h"

#define BDA     0x0040
#define BUFFER  0x2000      /* segment: 64 KiB to write from */
#define BACK    0x3000      /* segment: 128 KiB to read to */

/* INT 13h with AX, and DL = drive; the registers come back in r. True if CF=0. */
bool int13(struct regs *r, u16 ax, u8 drive);

/* AH=42h, 43h, 44h. */
bool edd(u8 function, u8 drive, u32 lba, u16 count, u16 segment, u16 offset);
extern struct edd_packet packet;
extern u8 status;                               /* AH of the last edd() */

/* Fill memory with a pattern that depends on the seed, and compare. */
void fill(u16 segment, u16 offset, u16 bytes, u8 seed);
bool same(u16 segment, u16 offset, u16 bytes, u8 seed);

void test_chs(u8 drive);
void test_edd(u8 drive);
void test_parameters(u8 drive);
void test_errors(u8 drive);
void test_floppy(void);
void test_interrupt(void);
void test_el_torito(void);
void test_cd(void);

#endif
