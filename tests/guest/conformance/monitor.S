/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A small VM86 monitor like that of a memory manager or a boot loader, and not ours: the program that calls it goes on in
 * virtual-8086 mode, with IOPL 3 or 0. It reflects interrupts by the vector table, emulates what IOPL 0 refuses, and serves
 * INT 15h AH=87h, as every such monitor does. Paging is on, and segment 3000h is memory elsewhere: who lets a device write to
 * segment * 16 misses it there. Intel SDM vol. 3, chapter 20 "8086 Emulation".
 *
 * void vm86_enter(u16 iopl): in VM86 from its return on.  void vm86_leave(void): back to real mode.
 */
#include "../segments.inc"

#define TASK           0x28
#define EFLAGS_VM_IOPL (EFLAGS_VM | EFLAGS_IOPL)
#define EFLAGS_IF_TF   (EFLAGS_IF | EFLAGS_TF)
#define FLAG_CF        0x01
#define PAGE_USER      0x07            /* present, writable, user */
#define PAGE_LARGE     0x80
#define DIRECTORY      0x60000         /* physical; behind it the table of the first 4 MiB */
#define MOVED_PAGE     0x30            /* pages 30000-4FFFF */
#define MOVED_PAGES    0x20
#define MOVED_TO       0x130000
#define LEAVE          0xF1            /* INT F1h */
#define STUB_BYTES     16
#define PORT_DEBUG     0xE9
#define PORT_EXIT      0xF4

/* The interrupted program, always at the top of the monitor's stack: */
#define P_EIP          monitor_stack_top - 36
#define P_CS           monitor_stack_top - 32
#define P_EFLAGS       monitor_stack_top - 28
#define P_ESP          monitor_stack_top - 24
#define P_SS           monitor_stack_top - 20
#define P_ES           monitor_stack_top - 16
#define WITH_ERROR     monitor_stack_top - 76    /* ESP behind pushal, if the processor pushed an error code */

/* Registers behind pushal */
#define R_EDI          0(%ebp)
#define R_ESI          4(%ebp)
#define R_EBP          8(%ebp)
#define R_EBX          16(%ebp)
#define R_ECX          24(%ebp)
#define R_EAX          28(%ebp)
#define R_AH           29(%ebp)
#define R_VECTOR       32(%ebp)

    .code16
    .section .text.monitor, "ax"
    .globl vm86_enter, vm86_leave
vm86_enter:
    pushl %ebx
    pushl %esi
    pushl %edi
    pushl %ebp
    cli
    movl %esp, real_esp
    movzwl %ax, %eax
    shll $12, %eax
    orl $EFLAGS_VM | EFLAGS_IF | 2, %eax
    movl %eax, first_eflags
    call make_pages
    call make_idt
    lgdtl gdt_pointer
    lidtl idt_pointer
    movl $DIRECTORY, %eax
    movl %eax, %cr3
    movl %cr4, %eax
    orl $CR4_PSE, %eax
    movl %eax, %cr4
    SET_CR0 CR0_PE
    ljmpl $CODE32, $1f
    .code32
1:  orl $CR0_PG, %eax
    movl %eax, %cr0
    movw $DATA32, %ax
    movw %ax, %ds
    movw %ax, %es
    movw %ax, %ss
    movl $monitor_stack_top, %esp
    movb $0x89, gdt_task + 5        /* not busy */
    movw $TASK, %ax
    ltr %ax
    xorl %eax, %eax
    pushl %eax                      /* gs fs ds es ss */
    pushl %eax
    pushl %eax
    pushl %eax
    pushl %eax
    pushl real_esp
    pushl first_eflags
    pushl %eax
    pushl $2f
    iretl
    .code16
2:  popl %ebp
    popl %edi
    popl %esi
    popl %ebx
    retl

vm86_leave:
    int $LEAVE
    retl

/*
 * void big_real_enter(void): DS, ES, FS and GS reach 4 GiB, whatever is loaded into them in real mode.
 * u8 big_real_read(void): by DS from 2 MiB; a fault if its limit is 64 KiB.
 */
    .globl big_real_enter, big_real_read
big_real_enter:
    cli
    lgdtl gdt_pointer
    SET_CR0 CR0_PE
    movw $DATA32, %dx
    movw %dx, %ds
    movw %dx, %es
    movw %dx, %fs
    movw %dx, %gs
    andb $~CR0_PE, %al
    movl %eax, %cr0
    xorw %ax, %ax
    movw %ax, %ds
    movw %ax, %es
    movw %ax, %fs
    movw %ax, %gs
    sti
    retl
big_real_read:
    movl $0x200000, %eax
    movb (%eax), %al
    retl

/* 4 MiB pages one to one, small ones for the first of them, with segments 3000h and 4000h moved. */
make_pages:
    pushw %es
    movw $DIRECTORY >> 4, %ax
    movw %ax, %es
    xorw %di, %di
    cld
    movl $PAGE_USER | PAGE_LARGE, %eax
    movw $1024, %cx
1:  stosl
    addl $0x400000, %eax
    loop 1b
    movl $(DIRECTORY + 0x1000) | PAGE_USER, %es:0
    movl $PAGE_USER, %eax
    movw $1024, %cx
1:  stosl
    addl $0x1000, %eax
    loop 1b
    movw $0x1000 + MOVED_PAGE * 4, %di
    movl $MOVED_TO | PAGE_USER, %eax
    movw $MOVED_PAGES, %cx
1:  stosl
    addl $0x1000, %eax
    loop 1b
    popw %es
    ret

make_idt:
    movw $idt, %di
    movw $stubs, %ax
    movw $256, %cx
1:  movw %ax, (%di)
    movw $CODE32, 2(%di)
    movw $0x8E00, 4(%di)            /* interrupt gate, privilege 0 */
    movw $0, 6(%di)
    addw $STUB_BYTES, %ax
    addw $8, %di
    loop 1b
    ret

    .code32
    .balign 16
stubs:
    .set n, 0
    .rept 256
    pushl $n
    jmp trap
    .balign STUB_BYTES
    .set n, n + 1
    .endr

trap:
    pushal
    movl %esp, %ebp
    movw $DATA32, %ax
    movw %ax, %ds
    movw %ax, %es
    cld
    testl $EFLAGS_VM, P_EFLAGS
    jz fatal
    movl R_VECTOR, %eax
    cmpl $WITH_ERROR, %ebp
    jne 1f                          /* interrupt request, or an exception that real mode would raise, too */
    cmpl $VECTOR_GP, %eax
    jne fatal
    call emulate
    jmp resume
1:  call reflect
resume:
    popal
    movl $P_EIP, %esp
    iretl

/* The program's INT eax. */
reflect:
    movzwl P_SS, %edx
    shll $4, %edx
    subw $6, P_ESP
    movzwl P_ESP, %ecx
    addl %ecx, %edx
    movl P_EIP, %ecx
    movw %cx, (%edx)
    movl P_CS, %ecx
    movw %cx, 2(%edx)
    movl P_EFLAGS, %ecx
    movw %cx, 4(%edx)
    andl $~EFLAGS_IF_TF, P_EFLAGS
    movzwl (,%eax,4), %ecx
    movl %ecx, P_EIP
    movzwl 2(,%eax,4), %ecx
    movl %ecx, P_CS
    ret

/* linear address of the program's stack pointer to edx */
stack:
    movzwl P_SS, %edx
    shll $4, %edx
    movzwl P_ESP, %ecx
    addl %ecx, %edx
    ret

/* What VM86 refuses. Its operand size is 16 bits: no prefix is expected but before PUSHF, POPF and IRET, which C code has none of. */
emulate:
    movzwl P_CS, %ebx
    shll $4, %ebx
    movl P_EIP, %esi
    movzbl (%ebx,%esi), %eax
    incl P_EIP
    cmpb $0xCD, %al
    je emulate_int
    cmpb $0xFA, %al
    je emulate_cli
    cmpb $0xFB, %al
    je emulate_sti
    cmpb $0x9C, %al
    je emulate_pushf
    cmpb $0x9D, %al
    je emulate_popf
    cmpb $0xCF, %al
    je emulate_iret
    jmp fatal

emulate_int:
    movzbl 1(%ebx,%esi), %eax
    incl P_EIP
    cmpb $LEAVE, %al
    je leave
    cmpb $0x15, %al
    jne reflect
    cmpb $0x87, R_AH
    jne reflect
    movzwl P_ES, %esi               /* INT 15h AH=87h: ES:SI descriptors, CX words */
    shll $4, %esi
    movzwl R_ESI, %eax
    addl %eax, %esi
    movl 0x1A(%esi), %edi
    andl $0xFFFFFF, %edi
    movl 0x1C(%esi), %eax
    andl $0xFF000000, %eax
    orl %eax, %edi
    movl 0x14(%esi), %eax
    andl $0xFF000000, %eax
    movl 0x12(%esi), %esi
    andl $0xFFFFFF, %esi
    orl %eax, %esi
    movzwl R_ECX, %ecx
    rep movsw
    movb $0, R_AH
    andl $~FLAG_CF, P_EFLAGS
    ret
emulate_cli:
    andl $~EFLAGS_IF, P_EFLAGS
    ret
emulate_sti:
    orl $EFLAGS_IF, P_EFLAGS
    ret
emulate_pushf:
    subw $2, P_ESP
    call stack
    movl P_EFLAGS, %eax
    movw %ax, (%edx)
    ret
emulate_popf:
    call stack
    addw $2, P_ESP
    movzwl (%edx), %eax
set_flags:
    andl $~EFLAGS_VM_IOPL, %eax
    orl $2, %eax
    andl $EFLAGS_VM_IOPL, P_EFLAGS
    orl %eax, P_EFLAGS
    ret
emulate_iret:
    call stack
    addw $6, P_ESP
    movzwl (%edx), %eax
    movl %eax, P_EIP
    movzwl 2(%edx), %eax
    movl %eax, P_CS
    movzwl 4(%edx), %eax
    jmp set_flags

leave:
    movl P_ESP, %eax
    movl %eax, real_esp
    movl P_EIP, %eax
    movw %ax, real_ip
    movl R_EBX, %ebx
    movl R_ESI, %esi
    movl R_EDI, %edi
    movl R_EBP, %ebp
    CLEAR_CR0 CR0_PG
    ljmp $CODE16, $1f
    .code16
1:  LOAD_DATA DATA16
    CLEAR_CR0 CR0_PE
    ljmpw $0, $2f
2:  LOAD_DATA 0
    movl real_esp, %esp
    lidtl real_idt
    sti
    jmpw *real_ip
    .code32

/* "not ok": vector, CS, EIP and the instruction as hexadecimal bytes, then the end. */
fatal:
    movl $message, %esi
1:  lodsb
    testb %al, %al
    jz 2f
    outb %al, $PORT_DEBUG
    jmp 1b
2:  movl R_VECTOR, %eax
    call hex
    movl P_CS, %eax
    call hex
    movl P_EIP, %eax
    call hex
    movl (%ebx,%esi), %eax
    movb $'\n', %al
    outb %al, $PORT_DEBUG
    outb %al, $PORT_EXIT
1:  hlt
    jmp 1b
hex:
    movl $8, %ecx
1:  roll $4, %eax
    movl %eax, %edx
    andb $15, %dl
    cmpb $10, %dl
    jb 2f
    addb $'a' - '0' - 10, %dl
2:  addb $'0', %dl
    xchgb %al, %dl
    outb %al, $PORT_DEBUG
    xchgb %al, %dl
    loop 1b
    movb $' ', %al
    outb %al, $PORT_DEBUG
    ret

    .data
message: .asciz "not ok - the monitor: vector, CS, EIP "
    .balign 8
gdt:
    GDT_HEAD
gdt_task:
    .word task_end - task - 1, task
    .byte 0, 0x89, 0, 0
gdt_pointer:
    GDT_POINTER gdt
idt_pointer:
    .word 256 * 8 - 1
    .long idt
real_idt:
    .word 0x3FF
    .long 0
    .balign 4
task:
    .long 0, monitor_stack_top, DATA32
    .skip 88
    .word 0, 104                    /* I/O map behind the task: every port is open */
    .skip 8192, 0
    .byte 0xFF
task_end:

    .bss
    .balign 16
idt:          .skip 256 * 8
real_esp:     .long 0
first_eflags: .long 0
real_ip:      .word 0
    .balign 16
              .skip 512
monitor_stack_top:
