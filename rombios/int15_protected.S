/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * INT 15h AH=87h and 89h, the two services that switch the processor's mode.
 * IBM PS/2 and PC BIOS Interface Technical Reference, "Interrupt 15H", functions 87H and 89H.
 */
#include "m16/frame.h"
#include "hw/pic.h"

#define CR0_PE        0x01
#define PORT_A        0x92
#define PORT_A_RESET  0x01
#define PORT_A_A20    0x02
#define MOVE_GDT      0x08
#define MOVE_FROM     0x10
#define MOVE_TO       0x18
#define MOVE_CS       0x20
#define MOVE_SS       0x28
#define MOVE_GDT_END  0x30
#define SWITCH_GDT    0x08          /* 89h: the caller's descriptors */
#define SWITCH_IDT    0x10
#define SWITCH_DS     0x18
#define SWITCH_ES     0x20
#define SWITCH_SS     0x28
#define SWITCH_CS     0x30
#define SWITCH_BIOS   0x38
#define ACCESS_CODE   0x9B
#define ACCESS_DATA   0x93

    .code16
    .section .gap_e401.protected, "ax"

/* Descriptor at %fs:\at(%bx): base eax (24 bits), limit FFFFh. */
    .macro DESCRIPTOR at, access
    movw $0xFFFF, %fs:\at(%bx)
    movl %eax, %fs:\at + 2(%bx)
    movb $\access, %fs:\at + 5(%bx)
    movw $0, %fs:\at + 6(%bx)
    .endm

/*
 * void protected_move(const struct regs16 *r)
 * ECX = CX words from descriptor 10h to 18h of the caller's GDT at ES:SI. Fills in 08h, 20h
 * and 28h as documented. Runs on the BIOS stack with interrupts off; 64 KiB limits on return.
 */
    .globl protected_move
protected_move:
    pushl %ebx
    pushl %esi
    pushl %edi
    pushl %ebp
    movw FRAME_ES(%eax), %fs
    movw FRAME_ESI(%eax), %bx
    movzwl FRAME_ECX(%eax), %ecx
    movzwl FRAME_ES(%eax), %eax
    shll $4, %eax
    movzwl %bx, %edx
    addl %edx, %eax
    DESCRIPTOR MOVE_GDT, ACCESS_DATA
    movw $MOVE_GDT_END - 1, %fs:MOVE_GDT(%bx)
    lgdtw %fs:MOVE_GDT(%bx)
    xorl %eax, %eax
    movw %cs, %ax
    shll $4, %eax
    DESCRIPTOR MOVE_CS, ACCESS_CODE
    xorl %eax, %eax
    movw %ss, %ax
    movl %eax, %ebp                 /* DS = ES = SS, to come back to */
    shll $4, %eax
    DESCRIPTOR MOVE_SS, ACCESS_DATA
    inb $PORT_A, %al
    movb %al, %bl                   /* A20 as it was */
    orb $PORT_A_A20, %al
    andb $~PORT_A_RESET, %al
    outb %al, $PORT_A
    movl %cr0, %eax
    orb $CR0_PE, %al
    movl %eax, %cr0
    ljmpw $MOVE_CS, $1f
1:  movw $MOVE_SS, %dx
    movw %dx, %ss
    movw $MOVE_FROM, %dx
    movw %dx, %ds
    movw $MOVE_TO, %dx
    movw %dx, %es
    xorl %esi, %esi
    xorl %edi, %edi
    movb %cl, %dl
    shrl $1, %ecx
    addr32 rep movsl
    testb $1, %dl
    jz 2f
    addr32 movsw
2:  movw $MOVE_SS, %dx              /* 64 KiB limits for real mode */
    movw %dx, %ds
    movw %dx, %es
    movw %dx, %fs
    movw %dx, %gs
    andb $~CR0_PE, %al
    movl %eax, %cr0
    ljmpw $0xF000, $3f
3:  movw %bp, %ss
    movw %bp, %ds
    movw %bp, %es
    movw %cs, %dx
    movw %dx, %gs
    movb %bl, %al
    andb $~PORT_A_RESET, %al
    outb %al, $PORT_A
    popl %ebp
    popl %edi
    popl %esi
    popl %ebx
    retw $2

/*
 * INT 15h AH=89h: to protected mode for good, on the caller's own stack.
 *   in:  ES:SI = GDT of 8 descriptors, BH and BL = vectors of IRQ0 and IRQ8
 *   out: AH=0, CF=0; CS DS ES SS from descriptors 30h 18h 20h 28h, interrupts off
 * The BIOS fills in the descriptor of its own code (38h).
 */
    .globl int15_89
int15_89:
    cli
    pushw %bx
    movb $PIC_ICW1, %al
    outb %al, $PIC1_CMD
    outb %al, $PIC2_CMD
    movb %bh, %al
    outb %al, $PIC1_DATA
    movb %bl, %al
    outb %al, $PIC2_DATA
    movb $PIC_ICW3_MASTER, %al
    outb %al, $PIC1_DATA
    movb $PIC_ICW3_SLAVE, %al
    outb %al, $PIC2_DATA
    movb $PIC_ICW4, %al
    outb %al, $PIC1_DATA
    outb %al, $PIC2_DATA
    movb $0xFF, %al
    outb %al, $PIC1_DATA
    outb %al, $PIC2_DATA
    inb $PORT_A, %al
    orb $PORT_A_A20, %al
    andb $~PORT_A_RESET, %al
    outb %al, $PORT_A
    movw %es, %ax
    movw %ax, %fs
    movw %si, %bx
    movl $0xF0000, %eax
    DESCRIPTOR SWITCH_BIOS, ACCESS_CODE
    popw %bx
    lgdtw %es:SWITCH_GDT(%si)
    lidtw %es:SWITCH_IDT(%si)
    popw %cx                        /* where the caller goes on: offset in his new CS */
    addw $4, %sp                    /* CS, flags of the INT */
    movl %cr0, %eax
    orb $CR0_PE, %al
    movl %eax, %cr0
    ljmpw $SWITCH_BIOS, $1f
1:  movw $SWITCH_DS, %ax
    movw %ax, %ds
    movw $SWITCH_ES, %ax
    movw %ax, %es
    movw $SWITCH_SS, %ax
    movw %ax, %ss
    xorb %ah, %ah                   /* CF=0 too */
    pushw $SWITCH_CS
    pushw %cx
    lretw
