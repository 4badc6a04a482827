/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * BIOS32 service directory (Standard BIOS 32-bit Service Directory Proposal 0.4) and the 32-bit
 * PCI BIOS. Entered by far CALL in 32-bit protected mode; CS may be flat or start at F0000h.
 */
#include "handoff_offsets.h"

#define BIOS_BASE       0xF0000
#define BIOS_SIZE       0x10000
#define SERVICE_PCI     0x49435024   /* "$PCI" */
#define BIOS32_ENOENT   0x80
#define BIOS32_EFUNC    0x81
#define P(name) pci32_##name

    .section .postdata, "aw"
    .align 16
    .globl bios32_header            /* post_headers.c fills the checksum in */
bios32_header:
    .ascii "_32_"
    .long BIOS_BASE + bios32_entry
    .byte 0, 1, 0                   /* revision, 16-byte units, checksum */
    .skip 5

    .code32
    .section .gap_f0a4.pci32, "ax"

/* EAX = service, BL = 0; out: AL = status, EBX base, ECX length, EDX offset of the entry */
bios32_entry:
    testb %bl, %bl
    jnz 1f
    cmpl $SERVICE_PCI, %eax
    jne 2f
    movl $BIOS_BASE, %ebx
    movl $BIOS_SIZE, %ecx
    movl $pci32_entry, %edx
    movb $0, %al
    lret
1:  movb $BIOS32_EFUNC, %al
    lret
2:  movb $BIOS32_ENOENT, %al
    lret

pci32_entry:
    call pci32_functions
    lret

    .macro GET_IP reg
    call 1f
1:  popl \reg
    subl $1b, \reg                  /* 0, or F0000h if CS is flat */
    .endm
    .macro EXTEND_DI
    .endm
    .macro GET_ROUTE_POINTER        /* size:16 offset:32 selector:16 */
    lesl %es:2(%edi), %edi
    .endm

#include "pci_functions.h"
