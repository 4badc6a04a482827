/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The boot sector of `dfw bench`: reads the time-stamp counter first, and writes it to COM1 in hexadecimal, and a word
 * that says that all of it is there.
 */
#define COM1_DATA  0x3F8

        .section .rodata
        .globl bench_sector
bench_sector:
        .code16
        rdtsc
        cli
        xorw %bx, %bx
        movw %bx, %ds
        movl %edx, %ebx
        movl %eax, %ebp
        movw $COM1_DATA, %dx
        movw $16, %cx
1:      cmpw $8, %cx                    /* EBX has the high half: eight digits of it, then of EBP */
        jne 2f
        movl %ebp, %ebx
2:      roll $4, %ebx
        movb %bl, %al
        andb $15, %al
        addb $'0', %al
        cmpb $'9', %al
        jbe 3f
        addb $'a' - '0' - 10, %al
3:      outb %al, %dx
        loop 1b
        movw $0x7C00 + text - bench_sector, %si
        cld
4:      lodsb
        outb %al, %dx
        testb %al, %al
        jnz 4b
5:      hlt
        jmp 5b
text:   .asciz " instructions\n"
        .org bench_sector + 510
        .byte 0x55, 0xAA

        .section .note.GNU-stack, "", @progbits
