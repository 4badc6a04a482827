/* SPDX-License-Identifier: BSD-2-Clause */
/* F000:FA6E: the 8x8 characters 00-7F of the CGA's graphics modes, made by scripts/psf2rom.c. */
    .section .fixed_fa6e, "a"
    .incbin "font8x8.bin"
