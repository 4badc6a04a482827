/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * u32 in_ring0(u32 code), in_ring3(u32 code): from real mode into 32-bit protected mode, run `code` there, come back. Every exception
 * ends it: its vector, error code and EIP are kept, and the stack from before is taken up again.
 */
#include "../segments.inc"
#include "selectors.h"

    .code16
    .section .text.catch, "ax"
    .globl in_ring0, in_ring3
in_ring3:
    movb $1, ring
    jmp 1f
in_ring0:
    movb $0, ring
1:  pushl %ebx
    pushl %esi
    pushl %edi
    pushl %ebp
    cli
    movl %eax, code
    movl $0xFFFF, caught_vector
    movl $0, caught_error
    movl %esp, saved_esp
    lgdtl gdt_pointer
    lidtl idt_pointer
    SET_CR0 CR0_PE
    ljmpl $CODE32, $in_32

    .code32
in_32:
    LOAD_DATA DATA32
    movl saved_esp, %esp
    call fill_idt
    call fill_tss
    movw $TSS_MAIN, %ax
    ltr %ax
    movl code, %edx
    movl $0x30000, %eax             /* OPERAND */
    cmpb $0, ring
    jne 2f
    call *%edx
    jmp leave

2:  pushl $USER_DATA
    pushl $user_stack
    pushl $EFLAGS_ONE
    pushl $USER_CODE
    pushl $in_user
    movw $USER_DATA, %cx
    movw %cx, %ds
    movw %cx, %es
    iretl
in_user:
    call *%edx
    int $USER_EXIT

/* 32 exceptions, 16 bytes each, and the way back from ring 3. */
    .balign 16
stubs:
    .set n, 0
    .rept 32
    .if (0x27D00 >> n) & 1          /* the processor pushed an error code */
    .else
    pushl $0
    .endif
    pushl $n
    jmp caught
    .balign 16
    .set n, n + 1
    .endr
user_exit:
    movw $DATA32, %cx
    movw %cx, %ds
    jmp leave
caught:
    movw $DATA32, %ax
    movw %ax, %ds
    popl caught_vector
    popl caught_error
    popl caught_eip
leave:
    movw $DATA32, %cx
    movw %cx, %ds
    movw %cx, %ss
    movl %eax, result
    movl saved_esp, %esp
    pushl $EFLAGS_ONE               /* NT and TF off */
    popfl
    CLEAR_CR0 (CR0_PG | CR0_TS)
    movl %cr4, %eax
    andl $~(CR4_PAE | CR4_PSE | CR4_OSXSAVE), %eax
    movl %eax, %cr4
    ljmp $CODE16, $3f
    .code16
3:  LOAD_DATA DATA16
    CLEAR_CR0 CR0_PE
    ljmpw $0, $4f
4:  LOAD_DATA 0
    lidtl real_idt
    movl result, %eax
    RETURN

    .code32
fill_idt:
    movl $idt, %edi
    movl $stubs, %eax
    movl $32, %ecx
1:  call gate
    addl $16, %eax
    loop 1b
    movl $user_exit, %eax
    movl $idt + USER_EXIT * 8, %edi
    call gate
    movb $0xEE, -3(%edi)            /* DPL 3 */
    ret

/* Interrupt gate at EDI to EAX; EDI goes on to the next. */
    .globl gate
gate:
    movw %ax, (%edi)
    movw $CODE32, 2(%edi)
    movw $0x8E00, 4(%edi)
    pushl %eax
    shrl $16, %eax
    movw %ax, 6(%edi)
    popl %eax
    addl $8, %edi
    ret

    .data
    .balign 8
    .globl gdt
gdt:
    GDT_HEAD
    .quad 0x00CFFB000000FFFF        /* USER_CODE */
    .quad 0x00CFF3000000FFFF        /* USER_DATA */
    .skip 6 * 8                     /* tasks.S */
gdt_pointer:
    GDT_POINTER gdt
idt_pointer:
    .word IDT_ENTRIES * 8 - 1
    .long idt
real_idt:
    .word 0x3FF
    .long 0

    .bss
    .balign 8
    .globl idt, caught_vector, caught_error, caught_eip, scratch
idt:            .skip IDT_ENTRIES * 8
caught_vector:  .long 0
caught_error:   .long 0
caught_eip:     .long 0
code:           .long 0
saved_esp:      .long 0
result:         .long 0
scratch:        .skip 32
    .skip 256
user_stack:
ring:           .byte 0
