/* SPDX-License-Identifier: BSD-2-Clause */
/* Every service that can be called without an operator, as a table: calls.c. */
#ifndef CONFORMANCE_H
#define CONFORMANCE_H

#include "../guest.h"

#define BDA     0x0040
#define DATA    0x2000      /* segment: DS and ES of every call; packets lie here */
#define BUFFER  0x3000      /* segment: sectors go there; under the monitor it is memory elsewhere */

/* Where in DATA; a call's SI, DI or BX says which it means. */
#define AT_PACKET   0x0000  /* 13h 42h */
#define AT_PARAMS   0x0100  /* 13h 48h */
#define AT_ANSWER   0x0200  /* E820, VBE and others write here */
#define AT_GDT      0x0800  /* 15h 87h */
#define DATA_BYTES  0x0A00

/* Registers: what a call may change of their low halves, and what its answer is. */
#define AX  1
#define BX  2
#define CX  4
#define DX  8
#define ES  16
#define DI  32
#define SI  64
#define EAX (128 | AX)      /* all of it */
#define EBX (256 | BX)
#define ECX (512 | CX)
#define EDX (1024 | DX)
#define VARIES  0x4000      /* another answer each time: not compared */
#define AL_ONLY 0x8000      /* of AX, AL is the answer */

struct call {
    const char *name;
    u8  vector;
    u32 eax, ebx, ecx, edx;
    u16 si, di;
    u16 changes, answer;
};

extern const struct call calls[];
extern const u32 call_count;

/* monitor.S */
void vm86_enter(u16 iopl);
void vm86_leave(void);
void big_real_enter(void);
u8 big_real_read(void);

#endif
