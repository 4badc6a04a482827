/* SPDX-License-Identifier: BSD-2-Clause */
/* The two interrupt controllers. Intel 8259A data sheet (231468). */
#ifndef HW_PIC_H
#define HW_PIC_H

#define PIC1_CMD        0x20
#define PIC1_DATA       0x21
#define PIC2_CMD        0xA0
#define PIC2_DATA       0xA1

#define PIC_ELCR1       0x4D0  /* IRQ0-7: bit set = level triggered (82371SB, 2.5.4) */
#define PIC_ELCR2       0x4D1  /* IRQ8-15 */

#define PIC_ICW1        0x11   /* edge triggered, cascade, ICW4 follows */
#define PIC_ICW3_MASTER 0x04   /* slave on IRQ2 */
#define PIC_ICW3_SLAVE  0x02
#define PIC_ICW4        0x01   /* 8086 mode */
#define PIC_EOI         0x20   /* OCW2: non-specific end of interrupt */
#define PIC_READ_ISR    0x0B   /* OCW3: next read of CMD gives the in-service register */
#define PIC_READ_IRR    0x0A

#define PIC1_VECTOR     0x08
#define PIC2_VECTOR     0x70

#define IRQ_TIMER       0
#define IRQ_KEYBOARD    1
#define IRQ_CASCADE     2
#define IRQ_FLOPPY      6
#define IRQ_RTC         8
#define IRQ_MOUSE       12
#define IRQ_FPU         13
#define FERR_VECTOR     0x75   /* INT 75h: IRQ 13, where a PC's FPU reports errors */
#define IRQ_ATA1        14
#define IRQ_ATA2        15

#ifndef __ASSEMBLER__
#include "hw/io.h"

/* Let IRQ 0-15 through. */
static inline void pic_unmask(u8 irq)
{
    u16 port = irq < 8 ? PIC1_DATA : PIC2_DATA;

    outb(port, inb(port) & (u8)~(1 << (irq & 7)));
}

/* End of interrupt for IRQ 0-15. */
static inline void pic_eoi(u8 irq)
{
    if (irq >= 8)
        outb(PIC2_CMD, PIC_EOI);
    outb(PIC1_CMD, PIC_EOI);
}
#endif

#endif
