/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Big real mode for option ROMs (BIOS Boot Specification 1.01, appendix; PCI Firmware
 * Specification 3.0, 5.2.1): DS, ES, FS and GS reach 4 GiB. POST only.
 */
#define CR0_PE      0x01
#define BIG_DATA    0x08
#define SMALL_DATA  0x10
#define SMALL_CODE  0x18

    .code16
    .section .gap_e401.limits, "ax"

    .balign 8
limits_gdt:
    .quad 0
    .quad 0x00CF93000000FFFF        /* 4 GiB */
    .quad 0x000093000000FFFF        /* 64 KiB */
    .quad 0x00009B0F0000FFFF        /* this code */
limits_gdt_pointer:
    .word . - limits_gdt - 1
    .long 0xF0000 + limits_gdt

/* void big_real_enter(void), big_real_leave(void): the segments' values stay, only limits change. */
    .globl big_real_enter
big_real_enter:
    movw $BIG_DATA, %dx
    jmp 1f
    .globl big_real_leave
big_real_leave:
    movw $SMALL_DATA, %dx
1:  pushw %ds
    pushw %es
    pushw %fs
    pushw %gs
    lgdtl %cs:limits_gdt_pointer
    movl %cr0, %eax
    orb $CR0_PE, %al
    movl %eax, %cr0
    ljmpw $SMALL_CODE, $2f
2:  movw %dx, %ds
    movw %dx, %es
    movw %dx, %fs
    movw %dx, %gs
    andb $~CR0_PE, %al
    movl %eax, %cr0
    ljmpw $0xF000, $3f
3:  popw %gs
    popw %fs
    popw %es
    popw %ds
    retw $2

/* void big_copy(u32 to, u32 from, u32 bytes): physical addresses, in big real mode. */
    .globl big_copy
big_copy:
    pushl %esi
    pushl %edi
    pushw %ds
    pushw %es
    movl %eax, %edi
    movl %edx, %esi
    shrl $2, %ecx
    xorw %ax, %ax
    movw %ax, %ds
    movw %ax, %es
    addr32 rep movsl
    popw %es
    popw %ds
    popl %edi
    popl %esi
    retw $2
