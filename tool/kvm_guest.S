/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The guest of kvm.c, at guest-physical 0: loops in real mode, then in 64-bit mode with paging,
 * and halts. Whoever runs both natively needs a few milliseconds.
 */
#include "hw/cpu.h"

#define LOOPS     1000000
#define PML4      0x1000
#define PDPT      0x2000
#define PAGE_DIR  0x3000
#define PRESENT   0x03              /* present, writable */
#define LARGE     0x83              /* and 2 MiB */
#define CODE64    0x08

        .section .rodata
        .globl kvm_guest, kvm_guest_end
        .balign 16
kvm_guest:
        .code16
        cli
        movl $LOOPS, %ecx
1:      addr32 loop 1b
        movl $(PDPT + PRESENT), PML4
        movl $(PAGE_DIR + PRESENT), PDPT
        movl $LARGE, PAGE_DIR
        lgdtl gdt_pointer - kvm_guest
        movl $CR4_PAE, %eax
        movl %eax, %cr4
        movl $PML4, %eax
        movl %eax, %cr3
        movl $MSR_EFER, %ecx
        rdmsr
        orl $EFER_LME, %eax
        wrmsr
        movl %cr0, %eax
        orl $(CR0_PE | CR0_PG), %eax
        movl %eax, %cr0
        ljmpl $CODE64, $(long_mode - kvm_guest)
        .code64
long_mode:
        movl $LOOPS, %ecx
1:      loop 1b
        hlt
        .balign 8
gdt:    .quad 0, 0x00AF9B000000FFFF
gdt_pointer:
        .word gdt_pointer - gdt - 1
        .long gdt - kvm_guest
kvm_guest_end:
        .section .note.GNU-stack, "", @progbits
