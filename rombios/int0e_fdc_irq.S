/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * INT 0Eh, IRQ6: the floppy controller finished. Bit 7 of 40:3E tells the service that waits (drivers/fdc.c), or a
 * program that drives the controller itself and left this vector alone. IBM PC AT Technical Reference, "Diskette BIOS".
 */
#include "ebda_layout.h"

#define BDA_RECALIBRATE  0x3E
#define IRQ_SEEN         0x80
#define PIC1_CMD         0x20
#define PIC_EOI          0x20

    .code16
    .text
    .globl entry_0e
entry_0e:
    pushw %ds
    pushw %ax
    movw $BDA_SEGMENT, %ax
    movw %ax, %ds
    orb $IRQ_SEEN, BDA_RECALIBRATE
    movb $PIC_EOI, %al
    outb %al, $PIC1_CMD
    popw %ax
    popw %ds
    iretw
