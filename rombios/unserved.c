/* SPDX-License-Identifier: BSD-2-Clause */
/* Services not written yet. */
#include "services.h"

void int0e(struct regs16 *r) { fail(r, 0x86); }
void int13(struct regs16 *r) { fail(r, 0x86); }
void int18(struct regs16 *r) { fail(r, 0x86); }
void int19(struct regs16 *r) { fail(r, 0x86); }
void int40(struct regs16 *r) { fail(r, 0x86); }
void int76(struct regs16 *r) { fail(r, 0x86); }
void drives_find(void) { }
