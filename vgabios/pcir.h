/* SPDX-License-Identifier: BSD-2-Clause */
/* PCI data structure. PCI Firmware Specification 3.0, 5.1.2. PCIR_VENDOR, PCIR_DEVICE: who includes it. */
    .section .pcir, "a"
    .balign 4
    .globl pcir
pcir:
    .ascii "PCIR"
    .word PCIR_VENDOR
    .word PCIR_DEVICE
    .word 0                         /* no vital product data */
    .word 1f - pcir
    .byte 0                         /* revision */
    .byte 0, 0, 3                   /* class: VGA-compatible display controller */
    .word ROM_BLOCKS
    .word 1                         /* revision of the image */
    .byte 0                         /* x86, PC-AT */
    .byte 0x80                      /* last image */
    .word 0
1:
