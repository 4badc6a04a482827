/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The entries that programs take thousands of times a second, and those that must wait or
 * call out on the caller's own stack. Anything not answered here goes on to the C handler.
 */
#include "ebda_layout.h"
#include "handoff_offsets.h"

#define BDA_MEMORY_KB     0x13
#define BDA_KBD_FLAGS1    0x17
#define BDA_KBD_HEAD      0x1A
#define BDA_KBD_TAIL      0x1C
#define BDA_MOTOR         0x3F
#define BDA_MOTOR_COUNT   0x40
#define BDA_TICKS         0x6C
#define BDA_MIDNIGHT      0x70
#define TICKS_PER_DAY     0x1800B0
#define FLAG_CF           0x01
#define FLAG_ZF           0x40
#define FDC_DOR           0x3F2
#define FDC_DOR_MOTORS_OFF 0x0C
#define PIC1_CMD          0x20
#define PIC2_CMD          0xA0
#define PIC_EOI           0x20

    .code16
    .section .text.entry, "ax"

/* Call C handler(struct regs16 *) from an entry, on whatever stack: its flags come back as ours. */
    .macro CALL_SERVICE handler
    pushfw
    pushw %cs
    pushw $1f
    pushl $\handler
    jmp service
1:
    .endm

/* INT 08h, IRQ0: 18.2 times a second. INT 1Ch runs on the caller's stack, before the EOI. */
    .globl entry_08
entry_08:
    pushw %ds
    pushl %eax
    pushw $BDA_SEGMENT
    popw %ds
    incl BDA_TICKS
    cmpl $TICKS_PER_DAY, BDA_TICKS
    jae 3f
4:  decb BDA_MOTOR_COUNT
    jz 5f
6:  cmpb $0, %cs:serial_console
    jne 7f
8:  int $0x1C
    movb $PIC_EOI, %al
    outb %al, $PIC1_CMD
    popl %eax
    popw %ds
    iretw
3:  movl $0, BDA_TICKS
    movb $1, BDA_MIDNIGHT
    jmp 4b
5:  andb $0xF0, BDA_MOTOR
    pushw %dx
    movw $FDC_DOR, %dx
    movb $FDC_DOR_MOTORS_OFF, %al
    outb %al, %dx
    popw %dx
    jmp 6b
7:  CALL_SERVICE serial_console_poll
    jmp 8b

/* INT 15h: AX=E820h here, APM and AH=89h on the caller's stack, the rest in C. */
    .globl entry_15
entry_15:
    cmpw $0xE820, %ax
    je int15_e820
    cmpb $0x53, %ah
    je int15_53
    cmpb $0x89, %ah
    je int15_89
2:  pushl $int15
    jmp service

/*
 * INT 15h AX=E820h, ACPI 6.4 section 15.1
 *   in:  EBX continuation, ES:DI buffer, ECX its size, EDX "SMAP"
 *   out: CF=0, EAX "SMAP", ECX 20, EBX next or 0
 */
int15_e820:
    cmpl $E820_SMAP, %edx
    jne 2b
    cmpl $E820_ENTRY_SIZE, %ecx
    jb 2b
    cmpl $HANDOFF_E820_MAX, %ebx
    jae 2b
    cmpw %cs:HANDOFF_E820_COUNT, %bx
    jae 2b
    leal (%ebx,%ebx,4), %eax        /* 20 bytes an entry */
    movl %cs:HANDOFF_E820(,%eax,4), %edx
    movl %edx, %es:(%di)
    movl %cs:HANDOFF_E820 + 4(,%eax,4), %edx
    movl %edx, %es:4(%di)
    movl %cs:HANDOFF_E820 + 8(,%eax,4), %edx
    movl %edx, %es:8(%di)
    movl %cs:HANDOFF_E820 + 12(,%eax,4), %edx
    movl %edx, %es:12(%di)
    movl %cs:HANDOFF_E820 + 16(,%eax,4), %edx
    movl %edx, %es:16(%di)
    movl $E820_SMAP, %edx
    movl %edx, %eax
    incl %ebx
    movl $E820_ENTRY_SIZE, %ecx
    cmpw %cs:HANDOFF_E820_COUNT, %bx
    jb 1f
    xorl %ebx, %ebx
1:  pushw %bp
    movw %sp, %bp
    andb $~FLAG_CF, 6(%bp)
    popw %bp
    iretw

/*
 * INT 16h. AH=00h and 10h wait for a key here, on the caller's stack with interrupts on:
 * multitaskers hook INT 15h AX=9002h, or switch tasks by swapping stacks in IRQ0.
 */
    .globl entry_16
entry_16:
    testb $0xEF, %ah
    jz 3f
    pushw %ds
    pushw $BDA_SEGMENT
    popw %ds
    cmpb $0x01, %ah
    je 1f
    cmpb $0x11, %ah
    je 1f
    popw %ds
    pushl $int16
    jmp service

1:  sti                             /* 01h, 11h: is there a key? Interrupts get a chance to bring one. */
    pushw %bx
    pushw %bp
    movw %sp, %bp
    movw BDA_KBD_HEAD, %bx
    cmpw BDA_KBD_TAIL, %bx
    je 2f
    cmpb $0x85, 1(%bx)              /* enhanced keys need a look at AH */
    jae 8f
    cmpb $0xE0, (%bx)
    jae 8f
    movw (%bx), %ax
    andb $~FLAG_ZF, 10(%bp)
    popw %bp
    popw %bx
    popw %ds
    iretw
2:  orb $FLAG_ZF, 10(%bp)
    popw %bp
    popw %bx
    popw %ds
    iretw
8:  popw %bp
    popw %bx
    popw %ds
    pushl $int16
    jmp service

3:  pushw %ds                       /* 00h, 10h: wait for a key */
    pushw $BDA_SEGMENT
    popw %ds
    cli
    pushw %bx
    movw BDA_KBD_HEAD, %bx
    cmpw BDA_KBD_TAIL, %bx
    jne 5f
    pushl %eax
    movw $0x9002, %ax               /* device busy: keyboard */
    int $0x15
    popl %eax
4:  sti
    nop
    cli
    movw BDA_KBD_HEAD, %bx
    cmpw BDA_KBD_TAIL, %bx
    je 4b
5:  popw %bx
    popw %ds
    CALL_SERVICE int16_take
    jz 3b                           /* not for this function, or another task was faster */
    iretw

/* INT 1Ah: AH=00h here, B1h without touching a segment register, the rest in C. */
    .globl entry_1a
entry_1a:
    testb %ah, %ah
    jnz 1f
    pushw %ds
    pushw $BDA_SEGMENT
    popw %ds
    cli
    movw BDA_TICKS, %dx
    movw BDA_TICKS + 2, %cx
    movb BDA_MIDNIGHT, %al
    movb $0, BDA_MIDNIGHT
    popw %ds
    iretw
1:  cmpb $0xB1, %ah
    je int1a_b1
    pushl $int1a
    jmp service

/* INT 71h, IRQ9: redirected to INT 0Ah, which ends it at the first controller. */
    .globl entry_71
entry_71:
    pushw %ax
    movb $PIC_EOI, %al
    outb %al, $PIC2_CMD
    popw %ax
    int $0x0A
    iretw

/* INT 75h, IRQ13: the coprocessor's error, redirected to INT 02h as on the PC. */
    .globl entry_75
entry_75:
    pushw %ax
    xorb %al, %al
    outb %al, $0xF0                 /* clear the busy latch */
    movb $PIC_EOI, %al
    outb %al, $PIC2_CMD
    outb %al, $PIC1_CMD
    popw %ax
    int $0x02
    iretw
