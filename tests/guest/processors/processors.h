/* SPDX-License-Identifier: BSD-2-Clause */
/* What the first processor and the others share; others.S knows the offsets of struct other. */
#ifndef PROCESSORS_H
#define PROCESSORS_H

#define OTHERS_MOST   15
#define START_PAGE    0x20000      /* where a SIPI starts them */
#define AGAIN_PAGE    0x21000      /* the second time */
#define STACKS        0x3000       /* segment: 4 KiB each */
#define TRIPS         2000
#define IPI_VECTOR    0x40
#define INT_VECTOR    0x41

#define OTHER_BYTES   32
#define OTHER_CS      0
#define OTHER_DATA    2
#define OTHER_MSW     4
#define OTHER_EDX     8
#define OTHER_TRIPS   12
#define OTHER_WRONG   16
#define OTHER_INTS    20

#ifndef __ASSEMBLER__
#include "../guest.h"

/* One of them, as it saw its start and what it did. */
struct other {
    u16 cs;              /* at its first instruction */
    u16 data;            /* DS | ES | FS | GS | SS there */
    u16 msw, pad;
    u32 edx;
    u32 trips, wrong;    /* round trips to protected mode; those that came back with other registers */
    u32 ints;            /* of INT_VECTOR */
    u32 reserved[2];
};
SIZE_ASSERT(struct other, OTHER_BYTES);

extern struct other others[OTHERS_MOST + 1];   /* [0] is the first processor's */
extern volatile u32 arrived, ready, irqs, finished, again, go;
extern const u8 start_code[], start_code_end[], again_code[], again_code_end[], on_ipi[], on_int[];

/* `times` round trips with patterns made of `seed` in the registers; counts in o. */
void trips(u32 times, u32 seed, struct other *o);
u32 peek(u32 linear);
void poke(u32 linear, u32 value);
#endif

#endif
