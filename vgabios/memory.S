/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Block moves on far memory and runs of port writes: what C has no instruction for.
 * C calling convention: gcc -m16 -mregparm=3 (EAX, EDX, ECX, then the stack).
 */
#include "m16/far_copy.h"

    .code16
    .section .text.memory, "ax"

/* BLOCK, UNBLOCK: DS, ES, ESI, EDI around a string instruction. C code has DS = ES = SS. */
    .macro BLOCK
    pushl %esi
    pushl %edi
    .endm

    .macro UNBLOCK
    movw %ss, %ax
    movw %ax, %ds
    movw %ax, %es
    popl %edi
    popl %esi
    retl
    .endm

/* void far_copy(struct farptr to, struct farptr from, u16 bytes) */
    .globl far_copy
far_copy:
    BLOCK
    FAR_COPY
    UNBLOCK

/* void far_copy_bytes(struct farptr to, struct farptr from, u16 bytes): byte by byte, as latches need it */
    .globl far_copy_bytes
far_copy_bytes:
    BLOCK
    FAR_POINTERS
    movzwl %cx, %ecx
    rep movsb
    UNBLOCK

/* void far_fill(struct farptr to, u32 value, u16 bytes): value is repeated from its low byte on */
    .globl far_fill
far_fill:
    BLOCK
    movzwl %ax, %edi
    shrl $16, %eax
    movw %ax, %es
    movl %edx, %eax
    movzwl %cx, %ecx
    movb %cl, %dl
    shrw $2, %cx
    rep stosl
    testb $3, %dl
    jz 2f
    testb $2, %dl
    jz 1f
    stosw
    shrl $16, %eax
1:  testb $1, %dl
    jz 2f
    stosb
2:  UNBLOCK

/* void far_fill_bytes(struct farptr to, u8 value, u16 bytes) */
    .globl far_fill_bytes
far_fill_bytes:
    BLOCK
    movzwl %ax, %edi
    shrl $16, %eax
    movw %ax, %es
    movb %dl, %al
    movzwl %cx, %ecx
    rep stosb
    UNBLOCK

/* void load_glyphs16(struct farptr to, struct farptr from, u16 count): glyphs 32 bytes apart */
    .globl load_glyphs16
load_glyphs16:
    BLOCK
    FAR_POINTERS
    movzwl %cx, %ecx
1:  movsl
    movsl
    movsl
    movsl
    addw $16, %di
    loop 1b
    UNBLOCK

/* void outs_indexed(u16 port, struct farptr from, u16 count): registers 0.. of an index/data pair */
    .globl outs_indexed
outs_indexed:
    BLOCK
    movzwl %dx, %esi
    shrl $16, %edx
    movw %dx, %ds
    movw %ax, %dx
    movzwl %cx, %ecx
    xorl %eax, %eax
1:  movb (%esi), %ah
    outw %ax, %dx
    incl %esi
    incl %eax
    loop 1b
    UNBLOCK

/* void outs_attr(struct farptr from, u16 count): attribute registers 0.., index state before and after */
    .globl outs_attr
outs_attr:
    BLOCK
    movzwl %ax, %esi
    shrl $16, %eax
    movw %ax, %ds
    movzwl %dx, %ecx
    movw $0x3C0, %dx
    xorl %eax, %eax
1:  outb %al, %dx
    outsb
    incl %eax
    loop 1b
    UNBLOCK

/* void outs_bytes(u16 port, struct farptr from, u16 count) */
    .globl outs_bytes
outs_bytes:
    BLOCK
    movzwl %dx, %esi
    shrl $16, %edx
    movw %dx, %ds
    movw %ax, %dx
    movzwl %cx, %ecx
    rep outsb
    UNBLOCK

/* void ins_bytes(u16 port, struct farptr to, u16 count) */
    .globl ins_bytes
ins_bytes:
    BLOCK
    movzwl %dx, %edi
    shrl $16, %edx
    movw %dx, %es
    movw %ax, %dx
    movzwl %cx, %ecx
    rep insb
    UNBLOCK

/* u32 text_run(struct farptr to, struct farptr from, u32 count, u32 style): stops before a control character */
    .globl text_run
text_run:
    pushl %ebx
    pushl %esi
    pushl %edi
    movl 16(%esp), %ebx             /* above the registers and the return address */
    FAR_POINTERS
    movl %ecx, %edx
    movb %bl, %ah
1:  lodsb
    cmpb $13, %al
    jbe 3f
    testb %bh, %bh
    jz 2f
    movb (%si), %ah
    incw %si
2:  stosw
    loop 1b
3:  subl %ecx, %edx
    movw %ss, %ax
    movw %ax, %ds
    movw %ax, %es
    movl %edx, %eax
    popl %edi
    popl %esi
    popl %ebx
    retl
