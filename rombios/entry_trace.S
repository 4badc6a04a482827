/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tracing of INT 10h, 13h, 15h and 16h (include/abi/trace.h). trace.c puts these entries into the vector table, before the ones
 * that it found there; without trace= on the command line nothing of this is ever run. RDTSC is in every processor that
 * vmxloader runs on.
 */
#include "abi/trace.h"
#include "handoff_offsets.h"

#define FLAGS_OF_A_RESULT  0x08D5          /* OF SF ZF AF PF CF */

    .code16
    .section .text.entry, "ax"

/* The handler finds a stack as INT makes it, but for the caller's address, and the caller's FLAGS with IF and TF clear. */
    .macro TRACE vector, index
    .globl trace_\vector
trace_\vector:
    pushw $0x\vector
    callw trace_call
    pushfw
    lcallw *%cs:trace_before + 4 * \index
    callw trace_return
    addw $2, %sp
    iretw
    .endm

    TRACE 10, 0
    TRACE 13, 1
    TRACE 16, 3

/* AH=89h never returns to where its stack says, which it reads itself. */
    .globl trace_15
trace_15:
    pushw $0x15
    callw trace_call
    cmpb $0x89, %ah
    je 1f
    pushfw
    lcallw *%cs:trace_before + 4 * 2
    callw trace_return
    addw $2, %sp
    iretw
1:  addw $2, %sp
    ljmpw *%cs:trace_before + 4 * 2

/* On the stack: our return address, vector, ip, cs, flags. All registers stay. */
trace_return:
    pushw %bp
    movw %sp, %bp
    pushw %ax
    pushfw
    popw %ax
    andw $FLAGS_OF_A_RESULT, %ax
    andw $~FLAGS_OF_A_RESULT, 10(%bp)
    orw %ax, 10(%bp)
    popw %ax
    popw %bp
    pushal
    movb $TRACE_RETURN, %bl
    jmp 1f
trace_call:
    pushal
    movb $TRACE_CALL, %bl
1:  pushw %ds
    pushw %es
    cld
    movw %sp, %bp                   /* the record lies at SS:BP, the counter below it */
    rdtsc
    pushl %eax
    movb $TRACE_MARK, %al
    callw put
    movb %bl, %al
    callw put
    movw %ss, %ax
    movw %ax, %ds
    movw %bp, %si
    movw $TRACE_SIZE, %cx
    callw put_bytes
    movw $TRACE_AT_DS_SI, %cx
    movw TRACE_ESI(%bp), %si
    cmpb $0x13, TRACE_VECTOR(%bp)
    je 2f
    movw TRACE_ES(%bp), %ds
    movw $TRACE_AT_ES_DI, %cx
    movw TRACE_EDI(%bp), %si
    cmpb $0x15, TRACE_VECTOR(%bp)
    jne 3f
    jmp 4f
2:  movw TRACE_DS(%bp), %ds
4:  callw put_bytes
3:  cmpb $TRACE_CALL, %bl
    jne 5f
    rdtsc
    movl %eax, -TRACE_TSC_SIZE(%bp)
5:  movw %ss, %ax
    movw %ax, %ds
    leaw -TRACE_TSC_SIZE(%bp), %si
    movw $TRACE_TSC_SIZE, %cx
    callw put_bytes
    movb $'\n', %al
    callw put
    addw $TRACE_TSC_SIZE, %sp
    popw %es
    popw %ds
    popal
    retw

/* CX bytes at DS:SI; clobbers ax, cx, dx, si */
put_bytes:
    lodsb
    movb %al, %ah
    shrb $4, %al
    callw 1f
    movb %ah, %al
    andb $15, %al
    callw 1f
    loop put_bytes
    retw
1:  addb $TRACE_ZERO, %al
put:
    movw %cs:HANDOFF_DEBUG_PORT, %dx
    outb %al, %dx
    retw
