/* SPDX-License-Identifier: BSD-2-Clause */
/* INT 1Ah AH=B1h, PCI BIOS: callable in real mode, VM86 and 16-bit protected mode. */
#include "handoff_offsets.h"

#define FLAG_CF 0x01
#define P(name) pci16_##name

    .code16
    .section .gap_f0a4.pci16, "ax"

    .macro GET_IP reg               /* CS starts at F0000h */
    xorl \reg, \reg
    .endm
    .macro EXTEND_DI
    movzwl %di, %edi
    .endm
    .macro GET_ROUTE_POINTER        /* size:16 offset:16 segment:16 */
    lesw %es:2(%di), %di
    .endm

#include "pci_functions.h"

    .globl int1a_b1
int1a_b1:
    call pci16_functions
    pushw %bp
    movw %sp, %bp
    jc 1f
    andb $~FLAG_CF, 6(%bp)
    popw %bp
    iretw
1:  orb $FLAG_CF, 6(%bp)
    popw %bp
    iretw
