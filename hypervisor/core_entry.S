/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * First bytes of the core: place.c's part jumps here in 64-bit mode, RDI = struct hv_start (below 4 GiB); resume.S with RDI = 0.
 * And the doors of our own exceptions, which are bugs (one line on the debug port, then a reset) but for those that an
 * instruction of `fixups` may raise, and the NMI, which is the guest's.
 */
#include "hw/cpu.h"
#include "hw/vmx.h"

    .section .head, "ax"
    .globl core_entry
core_entry:
    lgdt core_gdt_pointer(%rip)
    leaq stack_top(%rip), %rsp
    pushq %rdi
    leaq faults(%rip), %rax         /* 32 gates of 16 bytes: offset 15:0, selector, 8E00, offset 31:16, 63:32 */
    leaq core_idt(%rip), %rdx
    xorl %ecx, %ecx
1:  movw %ax, (%rdx)
    movw %cs, 2(%rdx)
    movw $0x8E00, 4(%rdx)
    movq %rax, %rbx
    shrq $16, %rbx
    movw %bx, 6(%rdx)
    shrq $16, %rbx
    movl %ebx, 8(%rdx)
    addq $fault_size, %rax
    addq $16, %rdx
    incl %ecx
    cmpl $32, %ecx
    jb 1b
    lidt core_idt_pointer(%rip)
    popq %rdi
    call core_main

    .text
/* Each door: vector with an error code under it. Vectors with one of the processor's: 8, 10-14, 17, 21, 29, 30. */
    .balign 16
faults:
    .set vector, 0
    .rept 32
0:  .if (0x60227D00 >> vector) & 1
    .else
    pushq $0
    .endif
    pushq $vector
    jmp fault
    .balign 16
    .set vector, vector + 1
    .endr
    .set fault_size, 16
fault:
    pushq %rax
    pushq %rcx
    cmpq $VECTOR_NMI, 16(%rsp)
    je nmi
    movq 32(%rsp), %rax             /* RIP */
    leaq fixups(%rip), %rcx
1:  cmpq %rax, (%rcx)
    je 2f
    addq $8, %rcx
    cmpq $fixups_end, %rcx
    jb 1b
    jmp 4f
2:  movq $failed, 32(%rsp)
3:  popq %rcx
    popq %rax
    addq $16, %rsp
    iretq
/*
 * An NMI that met us is the guest's: NMIs are blocked here if it was in its own handler. It waits in the VMCS, as an exit that is
 * wanted, since the next entry may have an event already (vmx/run.c). With SVM, GIF holds NMIs off.
 */
nmi:
    movl $VMCS_CPU_CONTROLS, %ecx
    vmread %rcx, %rax
    orl $CPU_INTERRUPT_WINDOW, %eax
    vmwrite %rax, %rcx
    jmp 3b
4:  popq %rcx
    popq %rax
    popq %rdi
    popq %rsi
    popq %rdx
    movq %cr2, %rcx
    andq $~15, %rsp
    call core_fault

/* bool rdmsr_try(u32 msr, u64 *value), wrmsr_try(u32 msr, u64 value), xsetbv_try(u32 index, u64 value) */
    .globl rdmsr_try, wrmsr_try, xsetbv_try
rdmsr_try:
    movl %edi, %ecx
5:  rdmsr
    movl %eax, (%rsi)
    movl %edx, 4(%rsi)
    movl $1, %eax
    ret
wrmsr_try:
    call operands
6:  wrmsr
    movl $1, %eax
    ret
xsetbv_try:
    call operands
7:  xsetbv
    movl $1, %eax
    ret
operands:
    movl %edi, %ecx
    movl %esi, %eax
    movq %rsi, %rdx
    shrq $32, %rdx
    ret
failed:
    xorl %eax, %eax
    ret

    .section .rodata
    .balign 8
fixups:
    .quad 5b, 6b, 7b
fixups_end:

    .data
    .balign 8
    .globl core_gdt
core_gdt:                           /* selectors as in start.S, and the TSS that VMX wants to see */
    .quad 0
    .quad 0x00008B0000000067
    .quad 0x00CF93000000FFFF
    .quad 0x00AF9B000000FFFF
    .globl core_gdt_pointer, core_idt_pointer
core_gdt_pointer:
    .word core_gdt_pointer - core_gdt - 1
    .quad core_gdt
core_idt_pointer:
    .word 32 * 16 - 1
    .quad core_idt

    .bss
    .balign 16
    .globl core_idt
core_idt:
    .skip 32 * 16
    .skip 16384
    .globl stack_top
stack_top:
