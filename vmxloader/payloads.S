/* SPDX-License-Identifier: BSD-2-Clause */
/* The payloads, as built. */
    .macro PAYLOAD name, file
    .section .payload, "a"
    .align 16
    .globl payload_\name, payload_\name\()_end
payload_\name:
    .incbin "\file"
payload_\name\()_end:
    .endm

    PAYLOAD rombios, "rombios.bin"
