/* SPDX-License-Identifier: BSD-2-Clause */
/* Parts of INT 13h: each returns a DISK_ code, which int13 turns into AH, CF and 40:74. */
#ifndef INT13_H
#define INT13_H

#include "drives.h"

u8 int13_chs(struct regs16 *r, drive_t d, u8 operation);       /* 02h, 03h, 04h */
u8 int13_08(struct regs16 *r, drive_t d);                      /* parameters */
u8 int13_15(struct regs16 *r, drive_t d);                      /* type and size */
u8 int13_edd(struct regs16 *r, drive_t d, u8 operation);       /* 42h, 43h, 44h */
u8 int13_47(struct regs16 *r, drive_t d);                      /* seek */
u8 int13_48(struct regs16 *r, drive_t d);                      /* parameters */


#endif
