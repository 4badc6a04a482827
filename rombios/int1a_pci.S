/* SPDX-License-Identifier: BSD-2-Clause */
/* INT 1Ah AH=B1h, PCI BIOS: callable in real mode, VM86 and 16-bit protected mode. */
#include "handoff_offsets.h"
#include "entry16.inc"

#define P(name) pci16_##name

    .code16
    .section .gap_f0a4.pci16, "ax"

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
    IRET_WITH_CF
