/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The doors out of the BIOS: back to the caller's stack for interrupts, for far calls and
 * for good. stack_pos always tells where the next entry may build its frame.
 * C calling convention: gcc -m16 -mregparm=3 (EAX, EDX, ECX; 32-bit return address).
 */
#include "m16/far_copy.h"
#include "m16/frame.h"
#include "ebda_layout.h"

    .code16
    .section .gap_ec59.doors, "ax"

/* SWITCH_OUT: from the BIOS stack to the caller's; clobbers edx. SWITCH_IN: and back; clobbers ecx. */
    .macro SWITCH_OUT
    pushw stack_pos
    movzwl stack_pos, %edx
    movw %sp, stack_pos
    lssl FRAME_ESP - FRAME_SIZE(%edx), %esp
    .endm

    .macro SWITCH_IN
    movw %ds, %cx
    movw %cx, %ss
    movzwl stack_pos, %esp
    popw stack_pos
    .endm

    .macro IRET_WITH_FRAME          /* EAX = r; FLAGS CS IP lie on the stack */
    movl FRAME_EBX(%eax), %ebx
    movl FRAME_ECX(%eax), %ecx
    movl FRAME_EDX(%eax), %edx
    movl FRAME_ESI(%eax), %esi
    movl FRAME_EDI(%eax), %edi
    movl FRAME_EBP(%eax), %ebp
    movw FRAME_ES(%eax), %es
    movw FRAME_FS(%eax), %fs
    movw FRAME_GS(%eax), %gs
    pushl FRAME_EAX(%eax)
    movw FRAME_DS(%eax), %ds
    popl %eax
    iretw
    .endm

/* void wait_irq(void) */
    .globl wait_irq
wait_irq:
    SWITCH_OUT
    sti
    pause                           /* the shadow of STI: interrupts come behind it */
    cli
    SWITCH_IN
    retw $2

/* void call_int(u8 vector, struct regs16 *r) */
    .globl call_int
call_int:
    movzbl %al, %eax
    xorw %cx, %cx
    movw %cx, %fs
    movl %fs:(,%eax,4), %ecx
    movl %edx, %eax
    movl %ecx, FRAME_IP(%eax)
    andw $0xFCFF, FRAME_FLAGS(%eax)  /* IF, TF */
    movl $1, %ecx
    jmp 2f

/* void call_far(struct regs16 *r): the same without flags on the stack, for RETF */
    .globl call_far
call_far:
    xorl %ecx, %ecx
2:  pushl %ebx
    pushl %esi
    pushl %edi
    pushl %ebp
    pushl %eax
    SWITCH_OUT
    jecxz 3f
    pushw FRAME_FLAGS(%eax)
3:  pushw %cs
    pushw $4f
    pushw FRAME_FLAGS(%eax)
    pushl FRAME_IP(%eax)            /* cs:ip */
    IRET_WITH_FRAME

4:  pushfw
    cli
    cld
    pushw %ds
    pushl %eax
    movw $BDA_SEGMENT, %ax          /* an option ROM may have moved the EBDA, our stack with it */
    movw %ax, %ds
    movw BDA_EBDA_SEGMENT, %ax
    movw %ax, %ds
    movzwl stack_pos, %eax
    movl 2(%eax), %eax              /* r */
    movl %ebx, FRAME_EBX(%eax)
    movl %ecx, FRAME_ECX(%eax)
    movl %edx, FRAME_EDX(%eax)
    movl %esi, FRAME_ESI(%eax)
    movl %edi, FRAME_EDI(%eax)
    movl %ebp, FRAME_EBP(%eax)
    movw %es, FRAME_ES(%eax)
    movw %fs, FRAME_FS(%eax)
    movw %gs, FRAME_GS(%eax)
    popl FRAME_EAX(%eax)
    popw FRAME_DS(%eax)
    popw FRAME_FLAGS(%eax)
    movw %ds, %cx
    movw %cx, %es
    movw %cs, %cx
    movw %cx, %gs
    SWITCH_IN
    popl %eax
    popl %ebp
    popl %edi
    popl %esi
    popl %ebx
    retw $2

/* void jump_far(const struct regs16 *r) */
    .globl jump_far
jump_far:
    movw $STACK_TOP, stack_pos
    xorw %cx, %cx
    movw %cx, %ss
    movl $POST_STACK, %esp
    pushw FRAME_FLAGS(%eax)
    pushl FRAME_IP(%eax)
    IRET_WITH_FRAME

/* void far_copy(struct farptr to, struct farptr from, u16 bytes) */
    .globl far_copy
far_copy:
    pushl %esi
    pushl %edi
    pushw %ds
    pushw %es
    FAR_COPY
    popw %es
    popw %ds
    popl %edi
    popl %esi
    retw $2

/* void machine_reset(void) NORETURN: reached with no stack from entry_post */
    .globl machine_reset
machine_reset:
    movw $0xCF9, %dx                /* reset control: hard reset, then go */
    movb $0x02, %al
    outb %al, %dx
    movb $0x06, %al
    outb %al, %dx
    movb $0xFE, %al                 /* keyboard controller: pulse the reset line */
    outb %al, $0x64
    lidtl %cs:empty_idt             /* no vector can be fetched: triple fault */
    int3
1:  hlt
    jmp 1b

empty_idt:
    .word 0
    .long 0

    .section .text.doors, "ax"      /* the gap is full */
/* void halt_for_irq(void) */
    .globl halt_for_irq
halt_for_irq:
    SWITCH_OUT
    sti
    hlt
    cli
    SWITCH_IN
    retw $2
