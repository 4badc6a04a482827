/* SPDX-License-Identifier: BSD-2-Clause */
/* The compiled DSDT. */
    .section .rodata
    .balign 4
    .globl dsdt_i440fx
dsdt_i440fx:
    .incbin "dsdt_i440fx.aml"
