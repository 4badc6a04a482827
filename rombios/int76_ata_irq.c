/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * IRQ14 and IRQ15. Our own commands keep the drive's interrupt off; one that comes belongs to
 * a program that drives the controller itself and trusts 40:8E. IBM PC AT Technical Reference, "Fixed disk BIOS".
 */
#include "services.h"
#include "hw/ata.h"
#include "hw/io.h"
#include "hw/pic.h"
#include "spec/bda.h"

void int76(struct regs16 *r)
{
    outb(PIC2_CMD, PIC_READ_ISR);
    u8 second = inb(PIC2_CMD) >> 7;

    inb((second ? ATA2_COMMAND_BLOCK : ATA1_COMMAND_BLOCK) + ATA_STATUS);   /* the drive takes its request back */
    fs_load(SEG_BDA);
    BDA->disk_irq = 0xFF;
    pic_eoi(IRQ_ATA1);
}
