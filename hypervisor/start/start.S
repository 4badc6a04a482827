/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The ways into the hypervisor, in 32-bit protected mode with flat segments:
 *   Multiboot   EAX = 2BADB002h, EBX = information; the first module is vmxloader   Multiboot 0.6.96, 3.2
 *   vmxloader   EAX = BOOT_MAGIC_LOADER, EBX = struct partition_request; at the first byte
 * and the two ways out: the core in 64-bit mode, or, without VMX and SVM, vmxloader itself.
 */
#include "m32/start_c.h"
#include "spec/multiboot.h"
#include "../long_mode.h"

#define CODE32  0x08
#define DATA32  0x10
#define CODE64  0x18

    .section .head, "ax"
    .globl start
start:
    jmp 1f
    .align 4
    .long MULTIBOOT_HEADER_MAGIC, MULTIBOOT_HEADER_FLAGS
    .long -(MULTIBOOT_HEADER_MAGIC + MULTIBOOT_HEADER_FLAGS)
1:  START_C start_main, CODE32, DATA32  /* (boot magic, information) */

    .text
/* void enter_core(u32 page_tables, const struct hv_start *start) NORETURN */
    .globl enter_core
enter_core:
    movl %edx, %edi                 /* RDI of core_entry */
    ENTER_LONG_MODE
    ljmp $CODE64, $1f
    .code64
1:  movl %edi, %edi
    movabsq $0xFFFFFFFF80000000, %rax   /* HV_VIRTUAL: core_entry */
    jmp *%rax
    .code32

/* void enter_guest(u32 eax, u32 ebx, u32 entry) NORETURN */
    .globl enter_guest
enter_guest:
    movl %edx, %ebx
    jmp *%ecx

    .section .rodata
    .align 8
gdt:
    .quad 0
    .quad 0x00CF9B000000FFFF        /* 08 code, 32-bit flat */
    .quad 0x00CF93000000FFFF        /* 10 data, flat */
    .quad 0x00AF9B000000FFFF        /* 18 code, 64-bit */
gdt_pointer:
    .word gdt_pointer - gdt - 1
    .long gdt

    .globl core_image, core_image_end
core_image:
    .incbin "hypervisor-core.bin"
core_image_end:

    .bss
    .align 16
    .skip 16384
stack_top:
