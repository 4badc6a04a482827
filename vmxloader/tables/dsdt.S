/* SPDX-License-Identifier: BSD-2-Clause */
/* The compiled DSDT, and the SSDT of Xen's device model. */
    .section .rodata
    .balign 4
    .globl dsdt_i440fx, ssdt_xen
dsdt_i440fx:
    .incbin "dsdt_i440fx.aml"
    .balign 4
ssdt_xen:
    .incbin "ssdt_xen.aml"
