/* SPDX-License-Identifier: BSD-2-Clause */
/* Saving and restoring the video state: INT 10h 1Ch and VBE 4F04h. int10_1c_save.c. */
#ifndef STATE_H
#define STATE_H

#include "m16/m16.h"

/* Parts, as both services number them. */
#define STATE_REGISTERS  0x01
#define STATE_BDA        0x02
#define STATE_DAC        0x04
#define STATE_CARD       0x08

/* Size of a buffer in blocks of 64 bytes. */
u16 state_blocks(u16 parts);
void state_save(struct farptr buffer, u16 parts);
void state_restore(struct farptr buffer, u16 parts);

#endif
