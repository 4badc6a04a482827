/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Real mode to protected mode and back, each way that loaders use. Protected code writes MARK through a flat segment,
 * so a way that only seems to work gives 0.
 */
#include "../segments.inc"

#define MARK    0x600DBEEF
#define PAGES   0x10000             /* page tables: two pages */
#define HIGH    0x200000            /* a GDT above 1 MiB */
#define DR7_NONE   0x00000400       /* no breakpoint is on, */
#define DR7_TYPES  0xDD110000       /* whatever they are */
#define PIC1_CMD   0x20
#define PIC_EOI    0x20
#define PIC_READ_IRR 0x0A

    .macro ENTER                    /* any entry: result 0, callee-saved registers, flat GDT */
    pushl %ebx
    pushl %esi
    pushl %edi
    pushl %ebp
    cli
    movl $0, mark
    movl %esp, saved_esp
    lgdtl gdt_pointer
    .endm

    .macro PAE_PAGES                /* the first 2 MiB at themselves; leaves ES there */
    movw $PAGES >> 4, %ax
    movw %ax, %es
    xorl %edi, %edi
    xorl %eax, %eax
    movw $2048, %cx
    rep stosl
    movl $PAGES + 0x1000 + 1, %es:0 /* PDPTE 0: present */
    movl $PTE_2M, %es:0x1000
    .endm

    .macro PAGING_ON kind           /* by PAGES, PE and PG in one write */
    movl %cr4, %eax
    orl $\kind, %eax
    movl %eax, %cr4
    movl $PAGES, %eax
    movl %eax, %cr3
    SET_CR0 (CR0_PE | CR0_PG)
    .endm

    .code16
    .section .text.transitions, "ax"

    .globl enter_by_mov_cr0
enter_by_mov_cr0:
    ENTER
    SET_CR0 CR0_PE
    ljmpw $CODE16, $in16

    .globl enter_by_lmsw
enter_by_lmsw:
    ENTER
    smsww %ax
    orw $CR0_PE, %ax
    lmsww %ax
    ljmpw $CODE16, $in16

    .globl leave_from_code32
leave_from_code32:
    ENTER
    SET_CR0 CR0_PE
    ljmpl $CODE32, $in32

/* Data segments loaded, no jump, PE cleared again: MEMDISK's raw mode. */
    .globl enter_without_jump
enter_without_jump:
    ENTER
    SET_CR0 CR0_PE
    movw $DATA32, %bx
    movw %bx, %es
    movl $mark, %edi
    movl $MARK, %eax
    addr32 stosl
    CLEAR_CR0 CR0_PE
    jmp restore_limits

/* SS and DS hold real-mode values whose low bits would be an RPL. */
    .globl enter_with_odd_selectors
enter_with_odd_selectors:
    ENTER
    movw $0x0003, %ax
    movw %ax, %ss
    movw %ax, %ds
    movw %ax, %fs
    subl $0x30, %esp
    SET_CR0 CR0_PE
    ljmpw $CODE16, $1f
1:  pushw %cs                       /* the old stack: base 30h */
    popw %bx
    cmpw $CODE16, %bx
    jne back16
    jmp in16

/* PE and PG in one write, 4 MiB pages. */
    .globl enter_with_paging
enter_with_paging:
    ENTER
    movw $PAGES >> 4, %ax
    movw %ax, %es
    xorl %edi, %edi
    movl $PTE_4M, %eax
    stosl
    movw $1023, %cx
    xorl %eax, %eax
    rep stosl
    PAGING_ON CR4_PSE
    ljmpl $CODE32, $in32

/* The same, with GDTR at 4 MiB: pages put that at 0. */
    .globl gdt_in_paged_memory
gdt_in_paged_memory:
    ENTER
    lgdtl paged_pointer
    movw $PAGES >> 4, %ax
    movw %ax, %es
    xorl %edi, %edi
    movl $PTE_4M, %eax
    stosl
    stosl
    movw $1022, %cx
    xorl %eax, %eax
    rep stosl
    PAGING_ON CR4_PSE
    ljmpl $CODE32, $in32

    .globl enter_with_pae
enter_with_pae:
    ENTER
    PAE_PAGES
    PAGING_ON CR4_PAE
    ljmpl $CODE32, $in32

/* PAE, and GDTR loaded only then, with an address that pages put at 0; before, GDTR has no descriptor. */
    .globl gdt_moved_under_pae
gdt_moved_under_pae:
    ENTER
    lgdtl no_gdt
    PAE_PAGES
    movl $PTE_2M, %es:0x1010        /* 4 MiB */
    PAGING_ON CR4_PAE
    lgdtl paged_pointer
    ljmpl $CODE32, $in32

/* IRQ 0 waits; STI between PE=1 and the jump lets it in, by a gate of the IDT. */
    .globl irq_in_window
irq_in_window:
    ENTER
    movb $PIC_READ_IRR, %al
    outb %al, $PIC1_CMD
1:  inb $PIC1_CMD, %al
    testb $1, %al
    jz 1b
    lidtl gates_pointer
    SET_CR0 CR0_PE
    sti
1:  jmp 1b
irq_gate:
    movb $PIC_EOI, %al
    outb %al, $PIC1_CMD
    movw $DATA16, %ax
    movw %ax, %ds
    lidtl real_pointer
    jmp in16

/* u32 debug_from_protected(void): DR0-DR3 set in protected mode, their sum in real mode, and DR7 */
    .globl debug_from_protected
debug_from_protected:
    ENTER
    SET_CR0 CR0_PE
    ljmpw $CODE16, $1f
1:  movl $0x11111111, %ecx
    movl %ecx, %dr0
    addl %ecx, %ecx
    movl %ecx, %dr1
    addl %ecx, %ecx
    movl %ecx, %dr2
    addl %ecx, %ecx
    movl %ecx, %dr3
    movl $DR7_NONE | DR7_TYPES, %ecx
    movl %ecx, %dr7
    andb $~CR0_PE, %al
    movl %eax, %cr0
    ljmpw $0, $1f
1:  movl %dr0, %ecx
    movl %ecx, mark
    movl %dr1, %ecx
    addl %ecx, mark
    movl %dr2, %ecx
    addl %ecx, mark
    movl %dr3, %ecx
    addl %ecx, mark
    movl %dr7, %ecx
    xorl %ecx, mark
    xorl %ecx, %ecx
    movl %ecx, %dr7
    jmp restore_limits

/* The GDT copied above 1 MiB, through a descriptor that reaches there, and loaded from there. */
    .globl gdt_above_1m
gdt_above_1m:
    ENTER
    SET_CR0 CR0_PE
    ljmpl $CODE32, $1f
    .code32
1:  movw $DATA32, %ax
    movw %ax, %ds
    movw %ax, %es
    movl $gdt, %esi
    movl $HIGH, %edi
    movl $gdt_end - gdt, %ecx
    rep movsb
    ljmp $CODE16, $2f
    .code16
2:  movw $DATA16, %ax
    movw %ax, %ds
    movw %ax, %es
    movw %ax, %ss
    CLEAR_CR0 CR0_PE
    ljmpw $0, $3f
3:  xorw %ax, %ax
    movw %ax, %ds
    movw %ax, %ss
    lgdtl high_pointer
    SET_CR0 CR0_PE
    ljmpl $CODE32, $in32

/* u32 enter_many(u32 times): that many round trips; MARK if the last one arrived. */
    .globl enter_many
enter_many:
    pushl %ebx
    movl %eax, %ebx
1:  calll enter_by_mov_cr0
    decl %ebx
    jnz 1b
    popl %ebx
    retl

    .code32
in32:
    movw $DATA32, %ax
    movw %ax, %ds
    movw %ax, %es
    movw %ax, %ss
    movl $MARK, mark
    movl %cr0, %eax
    testl $CR0_PG, %eax
    jz 1f
    andl $~CR0_PG, %eax
    movl %eax, %cr0
1:  xorl %ecx, %ecx
    movl %ecx, %cr3
    movl %cr4, %eax
    andl $~(CR4_PSE | CR4_PAE), %eax
    movl %eax, %cr4
    CLEAR_CR0 CR0_PE
    ljmp $0, $1f                    /* real mode, and CS.D stays 1 */
1:  xorl %eax, %eax
    movw %ax, %ds
    incl mark
    decl mark
    ljmp $0, $restore_limits32
restore_limits32:
    lgdt gdt_pointer
    SET_CR0 CR0_PE
    data16 ljmp $CODE16, $limits16

    .code16
in16:
    movw $DATA16, %ax
    movw %ax, %ds
    movl $MARK, mark
back16:
    CLEAR_CR0 CR0_PE
    ljmpw $0, $1f
1:
restore_limits:                     /* 64 KiB again, by a trip of its own */
    xorw %ax, %ax
    movw %ax, %ds
    lgdtl gdt_pointer
    SET_CR0 CR0_PE
    ljmpw $CODE16, $limits16
limits16:
    LOAD_DATA DATA16
    CLEAR_CR0 CR0_PE
    ljmpw $0, $1f
1:  LOAD_DATA 0
    movl saved_esp, %esp
    popl %ebp
    popl %edi
    popl %esi
    popl %ebx
    movl mark, %eax
    sti
    retl

    .globl cr0_in_window
cr0_in_window:
    ENTER
    SET_CR0 CR0_PE
    movl %cr0, %ebx
    movl %ebx, mark                 /* through the real-mode DS */
    ljmpw $CODE16, $back16

/* u32 fpu_in_window(void): FNSTSW after FNINIT, both before the jump; all ones if it did not come */
    .globl fpu_in_window
fpu_in_window:
    ENTER
    SET_CR0 CR0_PE
    movl $-1, mark
    fninit
    fnstsw mark
    fnstcw mark + 2
    ljmpw $CODE16, $back16

    .data
    .balign 8
    .globl gdt, gdt_pointer
gdt:
    GDT_HEAD
gdt_end:
gdt_pointer:
    .word gdt_end - gdt - 1
    .long gdt
paged_pointer:
    .word gdt_end - gdt - 1
    .long gdt + 0x400000
no_gdt:
    .word 0
    .long 0
gates:                              /* vectors 0-8: a 16-bit interrupt gate */
    .rept 9
    .word irq_gate, CODE16, 0x8600, 0
    .endr
gates_pointer:
    .word . - gates - 1
    .long gates
high_pointer:
    .word gdt_end - gdt - 1
    .long HIGH

    .set PTE_4M, 0x83
    .set PTE_2M, 0x83

    .bss
    .globl mark, saved_esp
mark:       .long 0
saved_esp:  .long 0
