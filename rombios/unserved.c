/* SPDX-License-Identifier: BSD-2-Clause */
/* Services not written yet. */
#include "services.h"

void int05(struct regs16 *r) { fail(r, 0x86); }
void int08(struct regs16 *r) { fail(r, 0x86); }
void int09(struct regs16 *r) { fail(r, 0x86); }
void int0e(struct regs16 *r) { fail(r, 0x86); }
void int10(struct regs16 *r) { fail(r, 0x86); }
void int11(struct regs16 *r) { fail(r, 0x86); }
void int12(struct regs16 *r) { fail(r, 0x86); }
void int13(struct regs16 *r) { fail(r, 0x86); }
void int14(struct regs16 *r) { fail(r, 0x86); }
void int15(struct regs16 *r) { fail(r, 0x86); }
void int16(struct regs16 *r) { fail(r, 0x86); }
void int17(struct regs16 *r) { fail(r, 0x86); }
void int18(struct regs16 *r) { fail(r, 0x86); }
void int19(struct regs16 *r) { fail(r, 0x86); }
void int1a(struct regs16 *r) { fail(r, 0x86); }
void int40(struct regs16 *r) { fail(r, 0x86); }
void int70(struct regs16 *r) { fail(r, 0x86); }
void int74(struct regs16 *r) { fail(r, 0x86); }
void int76(struct regs16 *r) { fail(r, 0x86); }
void drives_find(void) { }
