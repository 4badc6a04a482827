/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The ways into vmxloader, all in 32-bit protected mode with flat segments:
 *   PVH         EBX = struct hvm_start_info                 (Xen docs/misc/pvh.pandoc)
 *   Multiboot   EAX = 2BADB002h, EBX = information structure (Multiboot 0.6.96, 3.2)
 * and the one way out to real mode.
 */
#define MULTIBOOT_HEADER_MAGIC  0x1BADB002
#define MULTIBOOT_HEADER_FLAGS  0x00000003   /* page-align modules, give the memory map */
#define REAL_STUB               0x600        /* where the way out is copied: below 64 KiB, used by nobody */

    .section .multiboot, "a"
    .align 4
    .long MULTIBOOT_HEADER_MAGIC, MULTIBOOT_HEADER_FLAGS, -(MULTIBOOT_HEADER_MAGIC + MULTIBOOT_HEADER_FLAGS)

    .section .note.pvh, "a", @note
    .long 4, 4, 18                  /* name size, desc size, XEN_ELFNOTE_PHYS32_ENTRY */
    .asciz "Xen"
    .long start

    .text
    .globl start
start:
    cli
    cld
    lgdt gdt_pointer
    ljmp $0x08, $1f
1:  movw $0x10, %cx
    movw %cx, %ds
    movw %cx, %es
    movw %cx, %fs
    movw %cx, %gs
    movw %cx, %ss
    movl $stack_top, %esp
    movl %eax, %edx
    movl $bss_start, %edi
    movl $bss_dwords, %ecx
    xorl %eax, %eax
    rep stosl
    movl %edx, %eax
    movl %ebx, %edx
    call loader_main                /* (boot magic, information structure) */

/* void enter_real_mode(void) NORETURN: F000:FFF0 in real mode, as after a reset. */
    .globl enter_real_mode
enter_real_mode:
    cli
    movl $REAL_STUB, %edi
    movl $real_stub, %esi
    movl $real_stub_size, %ecx
    rep movsb
    ljmp $0x18, $REAL_STUB

    .code16
real_stub:
    movw $0x20, %ax                 /* 64 KiB limits, so that none stays 4 GiB */
    movw %ax, %ds
    movw %ax, %es
    movw %ax, %fs
    movw %ax, %gs
    movw %ax, %ss
    movl %cr0, %eax
    andb $0xFE, %al
    movl %eax, %cr0
    ljmp $0, $REAL_STUB + (1f - real_stub)
1:  xorw %ax, %ax
    movw %ax, %ds
    movw %ax, %es
    movw %ax, %fs
    movw %ax, %gs
    movw %ax, %ss
    lidtl %cs:REAL_STUB + (real_idt - real_stub)
    xorl %eax, %eax
    xorl %ebx, %ebx
    xorl %ecx, %ecx
    xorl %edx, %edx
    xorl %esi, %esi
    xorl %edi, %edi
    xorl %ebp, %ebp
    xorl %esp, %esp
    ljmp $0xF000, $0xFFF0
real_idt:
    .word 0x3FF
    .long 0
    .set real_stub_size, . - real_stub
    .code32

    .section .rodata
    .align 8
gdt:
    .quad 0
    .quad 0x00CF9B000000FFFF        /* 08 code, 32-bit flat */
    .quad 0x00CF93000000FFFF        /* 10 data, 32-bit flat */
    .quad 0x00009B000000FFFF        /* 18 code, 16-bit, base 0 */
    .quad 0x000093000000FFFF        /* 20 data, 16-bit, base 0 */
gdt_pointer:
    .word gdt_pointer - gdt - 1
    .long gdt

    .bss
    .align 16
    .skip 16384
stack_top:
