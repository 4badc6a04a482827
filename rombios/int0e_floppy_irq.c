/* SPDX-License-Identifier: BSD-2-Clause */
/* IRQ6: the floppy controller finished. 40:3E bit 7 tells the waiting service. IBM PC AT Technical Reference. */
#include "services.h"
#include "hw/pic.h"
#include "spec/bda.h"

#define IRQ_SEEN  0x80

void int0e(struct regs16 *r)
{
    fs_load(SEG_BDA);
    BDA->floppy_recalibrate |= IRQ_SEEN;
    pic_eoi(IRQ_FLOPPY);
}
