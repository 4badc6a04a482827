/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the hidden parts of segment registers keep across the way back to real mode: limits, the stack's B bit, and
 * values that do not match their base. Intel SDM vol. 3A, 9.9.2 "Switching Back to Real-Address Mode".
 */
#include "../segments.inc"

#define TIMER   0x08                 /* IRQ 0 */
#define FPU_VALUE  0x12345

    .code16
    .section .text.unreal, "ax"

    .globl visit
/* EBX = selector for DS, ES; real mode is left and entered again, segments are not reloaded in it. */
visit:
    cli
    lgdtl gdt_pointer
    SET_CR0 CR0_PE
    ljmpw $CODE16, $1f
1:  movw %bx, %ds
    movw %bx, %es
    andb $~CR0_PE, %al
    movl %eax, %cr0
    ljmpw $0, $1f
1:  retw

/* u32 unreal_read(u32 address): real-mode DS = 0 with a 4 GiB limit */
    .globl unreal_read
unreal_read:
    pushl %ebx
    pushl %esi
    movl %eax, %esi
    movw $DATA32, %bx
    callw visit
    xorw %ax, %ax
    movw %ax, %ds
    movw %ax, %es
    movl $0xCAFE1234, %eax
    addr32 movl %eax, (%esi)
    xorl %eax, %eax
    movl $1, %ecx
    addr32 lodsl
    pushl %eax
    movw $DATA16, %bx
    callw visit
    xorw %ax, %ax
    movw %ax, %ds
    movw %ax, %es
    popl %eax
    popl %esi
    popl %ebx
    sti
    retl

/*
 * u32 unreal_fpu(u32 address): a double and an XMM register stored and loaded again through real-mode DS = 0 with a
 * 4 GiB limit; the value, as FIST has it
 */
    .globl unreal_fpu
unreal_fpu:
    pushl %ebx
    pushl %esi
    movl %eax, %esi
    movw $DATA32, %bx
    callw visit
    xorw %ax, %ax
    movw %ax, %ds
    movl $FPU_VALUE, number
    fninit
    fildl number
    addr32 fstpl (%esi)
    addr32 fldl (%esi)
    movl %cr4, %ebx
    movl %ebx, %eax
    orw $CR4_OSFXSR, %ax
    movl %eax, %cr4
    addr32 movups (%esi), %xmm0
    addr32 movaps %xmm0, 16(%esi)
    addr32 fldl 16(%esi)
    movl %ebx, %cr4
    fsubp
    fildl number
    faddp
    fistpl number
    movw $DATA16, %bx
    callw visit
    xorw %ax, %ax
    movw %ax, %ds
    movw %ax, %es
    movl number, %eax
    popl %esi
    popl %ebx
    sti
    retl

/* ES keeps selector DATA32 with base 0: gfxboot looks whether a monitor changes it. */
    .globl unreal_selector
unreal_selector:
    pushl %ebx
    movw $DATA32, %bx
    callw visit
    xorw %ax, %ax
    movw %ax, %ds
    movl $0x5A5A, probe
    movl $probe, %ecx
    addr32 movl %es:(%ecx), %eax    /* base 0, not 100h */
    shll $16, %eax
    movw %es, %ax
    pushl %eax
    movw $DATA16, %bx
    callw visit
    xorw %ax, %ax
    movw %ax, %ds
    movw %ax, %es
    popl %eax
    popl %ebx
    sti
    retl

/* SS with B=1 in real mode: PUSH uses all of ESP. */
    .globl big_stack
big_stack:
    pushl %ebx
    cli
    movl %esp, %ecx
    lgdtl gdt_pointer
    SET_CR0 CR0_PE
    ljmpw $CODE16, $1f
1:  movw $DATA32, %bx
    movw %bx, %ss
    movw %bx, %es
    andb $~CR0_PE, %al
    movl %eax, %cr0
    ljmpw $0, $1f
1:  xorw %bx, %bx
    movw %bx, %ss
    movw %bx, %es
    movl $0x210000, %esp
    pushl $0xB16B00B5
    movl $0x20FFFC, %ebx
    addr32 movl %es:(%ebx), %ebx
    movl %ecx, %esp
    lgdtl gdt_pointer
    SET_CR0 CR0_PE
    ljmpw $CODE16, $1f
1:  movw $DATA16, %cx
    movw %cx, %ss
    movw %cx, %es
    andb $~CR0_PE, %al
    movl %eax, %cr0
    ljmpw $0, $1f
1:  xorw %cx, %cx
    movw %cx, %ss
    movw %cx, %es
    movl %ebx, %eax
    popl %ebx
    sti
    retl

/* u32 unreal_fs_gs(u32 address): written through FS, read through GS, both 0 with a 4 GiB limit */
    .globl unreal_fs_gs
unreal_fs_gs:
    pushl %ebx
    movl %eax, %ecx
    movw $DATA32, %bx
    callw visit_fs_gs
    movl $0x600DBEEF, %eax
    addr32 movl %eax, %fs:(%ecx)
    xorl %eax, %eax
    addr32 movl %gs:(%ecx), %eax
    pushl %eax
    movw $DATA16, %bx
    callw visit_fs_gs
    popl %eax
    popl %ebx
    sti
    retl
visit_fs_gs:                        /* EBX = selector whose limit they get */
    cli
    lgdtl gdt_pointer
    SET_CR0 CR0_PE
    movw %bx, %fs
    movw %bx, %gs
    andb $~CR0_PE, %al
    movl %eax, %cr0
    xorw %ax, %ax
    movw %ax, %fs
    movw %ax, %gs
    retw

/* u32 ticks_with_big_stack(void): SS.B=1: two timer interrupts that end HLT, two that come into a loop */
    .globl ticks_with_big_stack
ticks_with_big_stack:
    pushl %ebx
    cli
    movl TIMER * 4, %ebx
    movl $count_tick, TIMER * 4
    movw $0, came
    movw $DATA32, %cx
    callw visit_ss
    sti
1:  hlt
    cmpw $2, came
    jb 1b
1:  cmpw $4, came
    jb 1b
    cli
    movw $DATA16, %cx
    callw visit_ss
    movl %ebx, TIMER * 4
    movzwl came, %eax
    popl %ebx
    sti
    retl
visit_ss:                           /* ECX = selector whose limit and B it gets */
    lgdtl gdt_pointer
    SET_CR0 CR0_PE
    movw %cx, %ss
    andb $~CR0_PE, %al
    movl %eax, %cr0
    xorw %ax, %ax
    movw %ax, %ss
    retw

    .bss
probe: .long 0
number: .long 0
