/* SPDX-License-Identifier: BSD-2-Clause */
/* INT 15h: the functions that have files of their own, and its error codes. */
#ifndef INT15_H
#define INT15_H

#include "bios.h"

#define SYS_EUNSUPPORTED  0x86

void int15_87(struct regs16 *r);   /* block move above 1 MiB */
void int15_88(struct regs16 *r);   /* memory above 1 MiB */
void int15_c2(struct regs16 *r);   /* mouse */
void int15_e8(struct regs16 *r);   /* memory above 1 MiB, newer */

#endif
