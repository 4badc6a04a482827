/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Task switches by hardware in every way there is (Intel SDM vol. 3A, chapter 8), each as 32-bit code that ends with GOOD in EAX.
 * EBX notes what the other task saw.
 */
#include "../segments.inc"
#include "selectors.h"

#define GOOD          0x600D
#define SEEN          0x5EE7
#define TSS_BYTES     104
#define PAGES         0x20000          /* two page directories, one page table */
#define OTHER_PAGE    0x31000          /* what 30000h shows in the other task's map */
#define PIC_EOI       0x20

/* Offsets in a 32-bit TSS */
#define LINK   0x00
#define ESP0   0x04
#define SS0    0x08
#define CR3    0x1C
#define EIP    0x20
#define FLAGS  0x24
#define ECX_   0x2C
#define ESP_   0x38
#define ES_    0x48
#define LDT    0x60
#define IOMAP  0x66

    .code32
    .section .text.tasks, "ax"

/* Four TSSs: the main one for LTR, the others at their code. */
    .globl fill_tss
fill_tss:
    movl $tss_main, %edi
    movl $(tss_end - tss_main) / 4, %ecx
    xorl %eax, %eax
    rep stosl
    movl $ring0_stack, tss_main + ESP0
    movl $DATA32, tss_main + SS0
    movl $tss_other, %edi
    movl $other_stack, %edx
    call fill_one
    movl $tss_handler, %edi
    movl $handler_stack, %edx
    call fill_one
    movw $other_16, tss_16 + 0x0E
    movw $EFLAGS_ONE, tss_16 + 0x10
    movw $0x1234, tss_16 + 0x14     /* CX */
    movw $other_stack, tss_16 + 0x1A
    movw $DATA32, tss_16 + 0x22     /* ES */
    movw $CODE32, tss_16 + 0x24
    movw $DATA32, tss_16 + 0x26
    movw $DATA32, tss_16 + 0x28
    movl $tss_main, %eax
    movl $gdt + TSS_MAIN, %edi
    movl $0x8900 << 16 | (TSS_BYTES - 1), %ecx
    call descriptor
    movl $tss_other, %eax
    call descriptor
    movl $tss_handler, %eax
    call descriptor
    movl $tss_16, %eax
    movl $0x8100 << 16 | 0x2B, %ecx
    call descriptor
    movl $TSS_OTHER << 16, (%edi)   /* GATE_OTHER */
    movl $0x8500, 4(%edi)
    addl $8, %edi
    movl $ldt, %eax
    movl $0x8200 << 16 | 7, %ecx
    jmp descriptor

fill_one:                           /* EDI = TSS, EDX = stack */
    movl $EFLAGS_ONE, FLAGS(%edi)
    movl $0xC0FFEE, ECX_(%edi)
    movl %edx, ESP_(%edi)
    leal ES_(%edi), %eax
    movl $DATA32, (%eax)
    movl $CODE32, 4(%eax)
    movl $DATA32, 8(%eax)
    movl $DATA32, 12(%eax)
    movl $DATA32, 16(%eax)
    movl $LDT_OTHER, LDT(%edi)      /* GS: null */
    movw $TSS_BYTES, IOMAP(%edi)
    ret

descriptor:                         /* EDI, base EAX, ECX = access byte and flags << 16 | limit; EDI goes on */
    movw %cx, (%edi)
    movw %ax, 2(%edi)
    shrl $16, %eax
    movb %al, 4(%edi)
    movb $0, 6(%edi)
    movb %ah, 7(%edi)
    movl %ecx, %eax
    shrl $24, %eax
    movb %al, 5(%edi)
    addl $8, %edi
    ret

/* The handler's task begins at `handler`, when an event comes to `vector`. */
    .macro TASK_GATE vector, handler
    movl $\handler, tss_handler + EIP
    movl $TSS_HANDLER << 16, idt + \vector * 8
    movl $0x8500, idt + \vector * 8 + 4
    .endm

    .macro BEGIN entry              /* task `other` starts at `entry` */
    pushl %ebp
    movl $\entry, tss_other + EIP
    movl $0, seen
    movl $0x0DDC0DE, %esi
    .endm

    .macro END                      /* the registers are the main task's again, the other one has seen what it wanted */
    cmpl $0x0DDC0DE, %esi
    jne 8f
    cmpl $SEEN, seen
    jne 8f
    str %ax
    cmpw $TSS_MAIN, %ax
    jne 8f
    movl $GOOD, %eax
8:  popl %ebp
    ret
    .endm

    .macro WANT condition           /* in the other task */
    j\condition 1f
    int3
1:
    .endm

/* What each task finds: CX as in its TSS, TS set, its LDT, a null GS. */
check_task:
    cmpl $0xC0FFEE, %ecx
    WANT e
    movl %cr0, %eax
    testb $CR0_TS, %al
    WANT nz
    clts
    sldt %ax
    cmpw $LDT_OTHER, %ax
    WANT e
    movw %gs, %ax
    testw %ax, %ax
    WANT z
    movl $0, %esi
    movl $SEEN, seen
    ret

nested:                             /* entered by CALL or a gate: NT and the link; back by IRET */
    call check_task
    pushfl
    popl %eax
    testl $EFLAGS_NT, %eax
    WANT nz
    cmpw $TSS_MAIN, tss_other + LINK
    WANT e
    testb $2, gdt + TSS_MAIN + 5    /* both are busy */
    WANT nz
    testb $2, gdt + TSS_OTHER + 5
    WANT nz
    iretl
    movl $0, seen                   /* entered again: goes on here */
    jmp nested

    .globl task_call, task_gate, task_jump
task_call:
    BEGIN nested
    lcall $TSS_OTHER, $0
    testb $2, gdt + TSS_OTHER + 5   /* free again */
    jnz 8f
    lcall $TSS_OTHER, $0
    END

task_gate:
    BEGIN nested
    lcall $GATE_OTHER, $0
    END

task_jump:
    BEGIN 2f
    ljmp $TSS_OTHER, $0
    testb $2, gdt + TSS_OTHER + 5
    jnz 8f
    pushfl                          /* a jump does not nest */
    popl %eax
    testl $EFLAGS_NT, %eax
    jnz 8f
    END
2:  call check_task
    testb $2, gdt + TSS_MAIN + 5
    WANT z
    ljmp $TSS_MAIN, $0

/* #GP through a task gate: the error code is on the handler's stack, the old task's EIP on the instruction. */
    .globl task_exception
task_exception:
    BEGIN 0
    TASK_GATE VECTOR_GP, 2f
    movw $0xFF8, %ax
5:  movw %ax, %fs
    END
2:  call check_task
    popl %eax
    cmpl $0xFF8, %eax
    WANT e
    cmpl $5b, tss_main + EIP
    WANT e
    cmpl $handler_stack, %esp
    WANT e
    addl $2, tss_main + EIP         /* past MOV FS, AX */
    iretl

/* INT n through a task gate: the old task goes on behind it. */
    .globl task_interrupt
task_interrupt:
    BEGIN 0
    TASK_GATE TASK_INT, 2f
    int $TASK_INT
5:  END
2:  call check_task
    cmpl $5b, tss_main + EIP
    WANT e
    iretl

/* IRQ 0, at vector 8, through a task gate. */
    .globl task_irq
task_irq:
    BEGIN 0
    TASK_GATE 8, 2f
    inb $0x21, %al
    pushl %eax
    movb $0xFE, %al
    outb %al, $0x21
    sti
1:  cmpl $SEEN, seen
    jne 1b
    cli
    popl %eax
    outb %al, $0x21
    END
2:  call check_task
    movb $PIC_EOI, %al
    outb %al, $0x20
    iretl

/* NMI through a task gate: the second, sent by the handler, waits for its IRET. */
    .globl task_nmi
task_nmi:
    BEGIN 0
    TASK_GATE VECTOR_NMI, 2f
    movl $0, nmis
    call send_nmi
    movl $100000, %ecx
1:  cmpl $2, nmis
    loopne 1b
    jne 8f
    END
2:  call check_task
    call send_nmi
    movl $1000, %ecx
1:  pause
    loop 1b
    incl nmis
    iretl
    incl nmis                       /* the second */
    iretl

/* To a 16-bit TSS and back. */
    .globl task_16bit
task_16bit:
    BEGIN 0
    lcall $TSS_16, $0
    END
other_16:
    cmpw $0x1234, %cx
    WANT e
    clts
    cmpw $TSS_MAIN, tss_16
    WANT e
    movl $SEEN, seen
    iretl

/* Each task its own page directory; 4 KiB at 30000h differ. */
    .globl task_paging
task_paging:
    BEGIN 2f
    movl $PAGES, %edi
    movl $0x83, %eax                /* 4 MiB: present, writable, PS */
1:  stosl
    addl $0x400000, %eax
    cmpl $PAGES + 0x1000, %edi
    jb 1b
    movl $PAGES + 0x2000 + 3, (%edi)
    leal 4(%edi), %edi
    movl $0x400083, %eax
1:  stosl
    addl $0x400000, %eax
    cmpl $PAGES + 0x2000, %edi
    jb 1b
    movl $3, %eax
1:  stosl
    addl $0x1000, %eax
    cmpl $PAGES + 0x3000, %edi
    jb 1b
    movl $OTHER_PAGE + 3, PAGES + 0x2000 + 0x30 * 4
    movl $0x11111111, 0x30000
    movl $0x22222222, OTHER_PAGE
    movl $PAGES, %eax
    movl %eax, %cr3
    movl %eax, tss_main + CR3
    movl $PAGES + 0x1000, tss_other + CR3
    movl %cr4, %eax
    orb $CR4_PSE, %al
    movl %eax, %cr4
    movl %cr0, %eax
    orl $CR0_PG, %eax
    movl %eax, %cr0
    lcall $TSS_OTHER, $0
    cmpl $0x11111111, 0x30000
    jne 8f
    movl %cr3, %eax
    cmpl $PAGES, %eax
    jne 8f
    END
2:  call check_task
    cmpl $0x22222222, 0x30000
    WANT e
    movl %cr3, %eax
    cmpl $PAGES + 0x1000, %eax
    WANT e
    iretl

/* A busy TSS: #GP in the old task, which has changed nothing. */
    .globl task_busy
task_busy:
    ljmp $TSS_MAIN, $0
    ret

    .bss
    .balign 4
tss_main:     .skip TSS_BYTES
tss_other:    .skip TSS_BYTES
tss_handler:  .skip TSS_BYTES
tss_16:       .skip 44
tss_end:
ldt:          .skip 8
seen:         .long 0
nmis:         .long 0
    .skip 256
ring0_stack:
    .skip 256
other_stack:
    .skip 256
handler_stack:
