/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Boot sector of a guest test, and its calls of the BIOS. Loads the rest of the image behind
 * itself (one head of the disk is enough), then guest_main(drive).
 * in: DL = drive
 */
#include "segments.inc"

    .code16
    .section .boot, "ax"
    .globl boot
boot:
    ljmpw $0, $1f
1:  xorw %ax, %ax
    movw %ax, %ds
    movw %ax, %es
    movw %ax, %ss
    movl $0xFFF0, %esp
    sti
    cld
    movb %dl, drive
    movw $0x7E00, %bx
    movw $2, %cx                    /* cylinder 0, sector 2 */
    movw $image_sectors - 1, %di
2:  movw $0x0201, %ax
    movb drive, %dl
    movb $0, %dh
    int $0x13
    jc 3f
    addw $512, %bx
    incb %cl
    decw %di
    jnz 2b
    movzbl drive, %eax
    calll guest_main
3:  movb $'!', %al
    outb %al, $0xE9
4:  hlt
    jmp 4b
drive:
    .byte 0
    .org 510
    .word 0xAA55

/*
 * void call_bios(u8 vector, struct regs *r), call_bios_small_stack: -mregparm=3, so vector in AL and
 * r in EDX. Every register of the INT comes from r and goes back to it.
 */
    .section .text.call_bios, "ax"
    .globl call_bios, call_bios_small_stack
call_bios_small_stack:
    movw $small_stack_top, call_sp
    jmp 1f
call_bios:
    movw $0, call_sp
1:  pushl %ebx
    pushl %esi
    pushl %edi
    pushl %ebp
    pushl %edx
    movb %al, 3f + 1
    movl %esp, saved_esp
    movl %edx, regs
    cmpw $0, call_sp
    je 2f
    movzwl call_sp, %esp
2:  movw %sp, 40(%edx)
    pushw 36(%edx)                  /* flags */
    popw flags
    movl 4(%edx), %ebx
    movl 8(%edx), %ecx
    movl 16(%edx), %esi
    movl 20(%edx), %edi
    movl 24(%edx), %ebp
    movw 30(%edx), %es
    movw 32(%edx), %fs
    movw 34(%edx), %gs
    movl (%edx), %eax
    pushl %eax
    pushw 28(%edx)
    movl 12(%edx), %edx
    pushw flags
    popfw
    popw %ds
    popl %eax
3:  int $0
    pushw %ds
    pushl %eax
    pushfw
    xorw %ax, %ax
    movw %ax, %ds
    cld
    popw flags
    movl regs, %eax
    popl (%eax)
    popw 28(%eax)
    movw %sp, 42(%eax)
    movl %ebx, 4(%eax)
    movl %ecx, 8(%eax)
    movl %edx, 12(%eax)
    movl %esi, 16(%eax)
    movl %edi, 20(%eax)
    movl %ebp, 24(%eax)
    movw %es, 30(%eax)
    movw %fs, 32(%eax)
    movw %gs, 34(%eax)
    movw flags, %cx
    movw %cx, 36(%eax)
    movl saved_esp, %esp
    xorw %cx, %cx
    movw %cx, %es
    popl %edx
    RETURN

    .bss
regs:      .long 0
saved_esp: .long 0
call_sp:   .word 0
flags:     .word 0
    .globl small_stack, small_stack_top
small_stack: .skip 64
small_stack_top:
