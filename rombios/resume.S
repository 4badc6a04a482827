/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The reset address, reached when POST is long over: after a processor reset that left this BIOS
 * in shadow RAM, or from a program that jumps to F000:FFF0. CMOS register 0Fh tells what it
 * wants (IBM PC AT Technical Reference, BIOS listings TEST1 and BIOS1, "shutdown"); no code, and the
 * machine is reset, with the shadow closed so that the ROM below it comes up.
 *   in: real mode, nothing else known, no stack
 */
#include "ebda_layout.h"
#include "handoff_offsets.h"
#include "hw/cmos.h"
#include "hw/pci.h"
#include "hw/pic.h"

#define BDA_RESUME    0x67           /* far pointer: continuation, or stack of INT 15h AH=87h */
#define RESET_CONTROL       0xCF9    /* 82371SB, 2.5.5 */
#define RESET_CONTROL_HARD  0x02
#define RESET_CONTROL_GO    0x04
#define CLOSE_STUB    0x600          /* a program that got here is over: its memory is free */

    .code16
    .section .gap_e401.resume, "ax"

    .globl entry_resume
entry_resume:
    movb $CMOS_SHUTDOWN, %al
    outb %al, $CMOS_INDEX
    inb $CMOS_DATA, %al
    movb %al, %bl
    movb $CMOS_SHUTDOWN, %al
    outb %al, $CMOS_INDEX
    xorb %al, %al
    outb %al, $CMOS_DATA
    movw $BDA_SEGMENT, %ax
    movw %ax, %ds
    cmpb $CMOS_SHUTDOWN_JUMP, %bl
    je 1f
    cmpb $CMOS_SHUTDOWN_MOVE, %bl
    je 2f
    cmpb $CMOS_SHUTDOWN_EOI, %bl
    jne close_shadow
    movb $PIC_EOI, %al
    outb %al, $PIC2_CMD
    outb %al, $PIC1_CMD
1:  ljmpw *BDA_RESUME

/* The caller's registers as the AT's block move keeps them: DS, ES, PUSHA, then what INT pushed. */
2:  lssw BDA_RESUME, %sp
    popw %ds
    popw %es
    popaw
    movb $0, %ah                    /* moved; flags CF=0 ZF=1 */
    pushw %bp
    movw %sp, %bp
    andb $0xFE, 6(%bp)
    orb $0x40, 6(%bp)
    popw %bp
    iretw

/* The last steps run outside the F segment, which they take away. */
close_shadow:
    cmpb $0, %cs:HANDOFF_PAM_REG
    je machine_reset
    movzbl %cs:HANDOFF_PAM_REG, %ebx
    xorw %ax, %ax
    movw %ax, %es
    movw %cs, %ax
    movw %ax, %ds
    movw $close_stub, %si
    movw $CLOSE_STUB, %di
    movw $close_stub_size, %cx
    rep movsb
    ljmpw $0, $CLOSE_STUB

close_stub:
    movl %ebx, %eax
    andb $0xFC, %al
    orl $PCI_CONFIG_ENABLE, %eax
    movw $PCI_CONFIG_ADDRESS, %dx
    outl %eax, %dx
    andw $3, %bx
    leaw PCI_CONFIG_DATA(%bx), %dx
    xorb %al, %al                   /* F0000-FFFFF reads the ROM */
    outb %al, %dx
    movw $RESET_CONTROL, %dx
    movb $RESET_CONTROL_HARD, %al
    outb %al, %dx
    movb $RESET_CONTROL_HARD | RESET_CONTROL_GO, %al
    outb %al, %dx
    xorw %cx, %cx                   /* the reset takes effect a little later */
1:  loop 1b
    ljmpw $0xF000, $0xFFF0          /* no such register: start the ROM as it is */
    .set close_stub_size, . - close_stub
