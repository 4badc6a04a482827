/* SPDX-License-Identifier: BSD-2-Clause */
/* The handlers that entry.S calls: intNN is the body of interrupt NN (Ralf Brown's list). */
#ifndef SERVICES_H
#define SERVICES_H

#include "bios.h"

void post(struct regs16 *r);
void int05(struct regs16 *r);   /* print screen */
void int09(struct regs16 *r);   /* IRQ1, keyboard */
void int10(struct regs16 *r);   /* video, until a VGA BIOS takes the vector */
void int13(struct regs16 *r);   /* disks */
void int14(struct regs16 *r);   /* serial ports */
void int15(struct regs16 *r);   /* system services */
void int16(struct regs16 *r);   /* keyboard */
void int16_take(struct regs16 *r);   /* AH=00h, 10h once there is a key */
void int17(struct regs16 *r);   /* printers */
void int18(struct regs16 *r);   /* no bootable device */
void int19(struct regs16 *r);   /* bootstrap */
void int1a(struct regs16 *r);   /* clock, PCI BIOS */
void int40(struct regs16 *r);   /* floppy disks */
void int70(struct regs16 *r);   /* IRQ8, real-time clock */
void int74(struct regs16 *r);   /* IRQ12, mouse */
void int76(struct regs16 *r);   /* IRQ14 and IRQ15, ATA */

/* Faults of real mode, NMI, and interrupts without a handler. */
void fault_divide(struct regs16 *r);
void fault_opcode(struct regs16 *r);
void fault_coprocessor(struct regs16 *r);
void fault_memory(struct regs16 *r);
void nmi_report(struct regs16 *r);
void unexpected_irq(struct regs16 *r);
void irq_or_fault(struct regs16 *r);

/* POST memory manager, far-called by option ROMs. */
void pmm(struct regs16 *r);

/* From the timer tick: bytes of the serial console into the keyboard buffer. */
void serial_console_poll(struct regs16 *r);

/* POST steps that live beside their services. */
void drives_find(void);            /* all controllers, floppy to virtio: fills the drive table, 40:75, IVT 41h 46h 1Eh */

#endif
