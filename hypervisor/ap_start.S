/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How the other processors come to us: a SIPI starts them in real mode at a copy of ap_trampoline in a page below 1 MiB, which
 * goes straight to long mode (CR0.PE and PG in one write) with our page tables, and on in the core.
 */
#include "hw/cpu.h"
#include "offsets.h"

#define CODE64  0x18                /* core_gdt */
#define DATA    0x10

    .text
    .globl ap_trampoline, ap_trampoline_data, ap_trampoline_end
    .code16
ap_trampoline:
    cli
    movw %cs, %ax
    movw %ax, %ds
    movl $CR4_PAE, %eax
    movl %eax, %cr4
    movl trampoline_cr3, %eax
    movl %eax, %cr3
    movl $MSR_EFER, %ecx
    rdmsr
    orl $EFER_LME, %eax
    wrmsr
    lgdtl trampoline_gdt
    movl %cr0, %eax
    andl $~(CR0_CD | CR0_NW), %eax  /* caches are off after a reset */
    orl $(CR0_PG | CR0_NE | CR0_PE), %eax
    movl %eax, %cr0
    ljmpl *trampoline_entry
    .balign 4
ap_trampoline_data:                       /* struct ap_trampoline_data */
    .set trampoline_cr3, . - ap_trampoline
    .long 0
    .set trampoline_entry, . - ap_trampoline
    .long 0
    .word CODE64
    .set trampoline_gdt, . - ap_trampoline
    .word 0
    .long 0
ap_trampoline_end:

/* In 64-bit mode at the physical address; the rest of the core is linked at HV_VIRTUAL. */
    .code64
    .globl ap_entry
ap_entry:
    movq $1f, %rax
    jmp *%rax
1:  lgdt core_gdt_pointer(%rip)
    lidt core_idt_pointer(%rip)
    movw $DATA, %ax
    movw %ax, %ds
    movw %ax, %es
    movw %ax, %ss
    movw %ax, %fs
    movw %ax, %gs
2:  pause                           /* one after the other on the first stack */
    movl $1, %eax
    xchgl %eax, ap_lock(%rip)
    testl %eax, %eax
    jnz 2b
    leaq ap_stack_top(%rip), %rsp
    call ap_arrived                 /* -> struct vcpu, NULL if there are too many */
    testq %rax, %rax
    jz 3f
    movq VCPU_STACK(%rax), %rsp
    movq %rax, %rdi
    movl $0, ap_lock(%rip)
    call ap_main
3:  movl $0, ap_lock(%rip)
4:  hlt
    jmp 4b

    .bss
    .balign 16
    .globl ap_lock
ap_lock:
    .skip 16
    .skip 1024
ap_stack_top:
