/* SPDX-License-Identifier: BSD-2-Clause */
/* Services not written yet. */
#include "services.h"

void int0e(struct regs16 *r) { fail(r, 0x86); }
void int40(struct regs16 *r) { fail(r, 0x86); }
