/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The reset vector of dfw.rom, and what runs from it: 16-bit code that needs no RAM, then a copy
 * of vmxloader to 1 MiB. Intel SDM vol. 3, 9.1.4 "First Instruction Executed".
 * A reset whose CMOS shutdown code asks to go on (5, 9, 0Ah: IBM PC AT Technical Reference,
 * BIOS listing TEST1) enters the BIOS that is still in shadow RAM, in a partition by the hypervisor's door; rombios/resume.S
 * does the rest.
 */
#include "abi/boot_magic.h"
#include "abi/phase_codes.h"
#include "hw/cmos.h"
#include "hw/i440fx.h"
#include "hw/pci.h"
#include "hw/q35.h"

#define LOADER_ADDRESS   0x100000
#define PORT_92          0x92
#define PORT_92_A20      0x02
#define PAM_LAST         6
#define PAM_OPEN         0x33         /* reads and writes go to RAM */
#define PAM0_LOCKED      0x10         /* F0000-FFFFF: reads RAM, keeps it from writes */

    .section .image, "a"
image:
    .incbin "vmxloader.bin"
    .balign 4
image_end:

    .section .config, "a"
    .ascii ROM_CONFIG_MAGIC
    .fill ROM_CONFIG_SIZE - ROM_CONFIG_TEXT, 1, 0

    .section .stub, "ax"
    .code16
reset16:
    cli
    cld
    movb $PHASE_ROM_RESET, %al
    outb %al, $PORT_PHASE
    movb $CMOS_SHUTDOWN, %al
    outb %al, $CMOS_INDEX
    inb $CMOS_DATA, %al
    cmpb $CMOS_SHUTDOWN_EOI, %al
    je resume
    cmpb $CMOS_SHUTDOWN_MOVE, %al
    je resume
    cmpb $CMOS_SHUTDOWN_JUMP, %al
    je resume

boot:
    inb $PORT_92, %al
    andb $0xFE, %al                 /* bit 0 would reset */
    orb $PORT_92_A20, %al
    outb %al, $PORT_92
    xorl %esi, %esi
protected:                          /* ESI = the partition's door, or 0 */
    lgdtl %cs:gdt_pointer_offset
    movl %cr0, %eax
    orb $1, %al                     /* PE */
    movl %eax, %cr0
    ljmpl $0x08, $flat

/* Open the shadow RAM; go to the BIOS if it is there. */
resume:
    movl $PCI_CONFIG_ENABLE, %eax
    movw $PCI_CONFIG_ADDRESS, %dx
    outl %eax, %dx
    movw $PCI_CONFIG_DATA, %dx
    inl %dx, %eax
    movb $I440FX_PAM0, %bl
    cmpl $I440FX_HOST_ID, %eax
    je 1f
    movb $Q35_PAM0, %bl
    cmpl $Q35_HOST_ID, %eax
    jne boot
1:  movb $PAM_LAST, %bh
2:  movzbl %bl, %eax                /* register PAM0 + bh */
    addb %bh, %al
    movl %eax, %edi
    andb $0xFC, %al
    orl $PCI_CONFIG_ENABLE, %eax
    movw $PCI_CONFIG_ADDRESS, %dx
    outl %eax, %dx
    andw $3, %di
    leaw PCI_CONFIG_DATA(%di), %dx
    movb $PAM_OPEN, %al
    testb %bh, %bh
    jnz 3f
    movb $PAM0_LOCKED, %al
3:  outb %al, %dx
    decb %bh
    jns 2b
    movw $0xF000, %ax
    movw %ax, %ds
    cmpl $HANDOFF_MAGIC, 0
    jne boot
    movl HANDOFF_RESUME_DOOR, %esi
    testl %esi, %esi
    jnz protected
    ljmpw $0xF000, $0xFFF0

    .code32
    .globl flat
flat:
    movw $0x10, %ax
    movw %ax, %ds
    movw %ax, %es
    movw %ax, %ss
    movl %esi, %eax
    testl %eax, %eax
    jz 1f
    jmp *%eax
1:  movl $image, %esi
    movl $LOADER_ADDRESS, %edi
    movl ROM_COPY_SIZE(%esi), %ecx  /* the payloads behind stay here */
    shrl $2, %ecx
    rep movsl
    movl $BOOT_MAGIC_ROM, %eax
    movl $image, %ebx
    movl $LOADER_ADDRESS, %edx
    jmp *%edx

    .balign 8
gdt:
    .quad 0
    .quad 0x00CF9B000000FFFF        /* 08 code, 32-bit flat */
    .quad 0x00CF93000000FFFF        /* 10 data, 32-bit flat */
    .globl gdt_pointer
gdt_pointer:
    .word gdt_pointer - gdt - 1
    .long gdt

    .section .reset, "ax"
    .code16
    jmp reset16
    .org 0x0E
    .byte 0xFC                      /* model byte, PC AT */
    .byte 0
