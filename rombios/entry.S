/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Every way into rombios: one stub an interrupt, one common entry that moves to the BIOS'
 * own stack and calls the C handler, and the addresses that programs know by heart
 * (IBM PC AT Technical Reference, "BIOS entry points").
 *
 *   caller's stack                      BIOS stack (EBDA)
 *   flags cs ip      (INT n)            struct regs16   <- stack_pos - FRAME_SIZE
 *   handler 4 bytes  (stub)             C frames
 *   ds 2, eax 4      (service)
 */
#include "m16/frame.h"
#include "ebda_layout.h"

#define FLAG_TF_HIGH  0x01   /* TF in the high byte of FLAGS */

    .code16

    .macro ENTRY vector, handler
    .globl entry_\vector
entry_\vector:
    pushl $\handler
    jmp service
    .endm

    .section .text.entry, "ax"

    ENTRY 05, int05
    ENTRY 09, int09
    ENTRY 10, int10
    ENTRY 13, int13
    ENTRY 14, int14
    ENTRY 17, int17
    ENTRY 18, int18
    ENTRY 19, int19
    ENTRY 40, int40
    ENTRY 70, int70
    ENTRY 74, int74
    ENTRY 76, int76
    ENTRY irq, unexpected_irq
    ENTRY 0c, irq_or_fault

/*
 * service: the body of every entry.
 *   in:  caller's stack: handler, ip, cs, flags
 *   out: the caller's registers as the handler left them in struct regs16; flags too
 * IF is clear while the handler runs (a caller may get here by PUSHF + far CALL with IF=1).
 */
    .globl service
service:
    cli
    cld
    pushw %ds
    pushl %eax
    movw $BDA_SEGMENT, %ax
    movw %ax, %ds
    movw BDA_EBDA_SEGMENT, %ax
    movw %ax, %ds
    movzwl stack_pos, %eax
    movl %esp, FRAME_ESP - FRAME_SIZE(%eax)
    movw %ss, FRAME_SS - FRAME_SIZE(%eax)
    pushw %ds
    popw %ss                        /* not even an NMI comes before the next instruction is done */
    leal FRAME_IP - FRAME_SIZE(%eax), %esp
    pushal
    pushw %ds
    pushw %es
    pushw %fs
    pushw %gs

    movw FRAME_SS(%esp), %fs        /* the rest lies on the caller's stack */
    movw FRAME_ESP(%esp), %bx       /* 16-bit addresses: a stack may wrap */
    movl %fs:(%bx), %ecx
    movl %ecx, FRAME_EAX(%esp)
    movw %fs:4(%bx), %cx
    movw %cx, FRAME_DS(%esp)
    movl %fs:10(%bx), %ecx
    movl %ecx, FRAME_IP(%esp)       /* ip and cs */
    movw %fs:14(%bx), %cx
    movw %cx, FRAME_FLAGS(%esp)
    testb $FLAG_TF_HIGH, %ch
    jnz 2f

1:  movw %ds, %cx
    movw %cx, %es
    movw %cs, %cx
    movw %cx, %gs
    movl %esp, %eax
    calll *%fs:6(%bx)               /* handler(struct regs16 *) */

    movw FRAME_SS(%esp), %fs
    movw FRAME_ESP(%esp), %bx
    movw FRAME_FLAGS(%esp), %cx
    movw %cx, %fs:14(%bx)
    popw %gs
    popw %fs
    popw %es
    popw %ds
    popal
    lssl FRAME_ESP - FRAME_IP(%esp), %esp
    addw $10, %sp                   /* eax, ds, handler */
    iretw
2:  pushw $0x0002                   /* PUSHF + far CALL under a debugger: do not trace us on our stack */
    popfw
    jmp 1b

/*
 * entry_post: F000:FFF0 and F000:E05B come here, from the loader or from a program that
 * jumps to the reset address. Only the loader's entry may POST: its copy of the BIOS is
 * fresh and writable; anything later must go through a reset.
 */
    .globl entry_post
entry_post:
    cli
    cld
    testb $1, %cs:8                 /* handoff.flags & HANDOFF_COLD */
    jz entry_resume
    movw $BDA_SEGMENT, %ax
    movw %ax, %ds
    movw $EBDA_SEGMENT, BDA_EBDA_SEGMENT
    movw $EBDA_SEGMENT, %ax
    movw %ax, %es
    xorl %edi, %edi
    movl $EBDA_SIZE / 4, %ecx
    xorl %eax, %eax
    rep stosl
    movw $STACK_TOP, %es:stack_pos
    movw %ax, %ss
    movl $POST_STACK, %esp
    xorl %ebx, %ebx
    xorl %edx, %edx
    xorl %esi, %esi
    xorl %ebp, %ebp
    pushfw                          /* POST runs as if it were a service called from here */
    pushw %cs
    pushw $0
    pushl $post
    jmp service
