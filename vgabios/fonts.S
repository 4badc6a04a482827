/* SPDX-License-Identifier: BSD-2-Clause */
/* The character generators: code page 437, made by scripts/psf2rom.c. */
    .section .fonts, "a"
    .globl font8x8, font8x14, font8x16, font_alternate
font8x16:
    .incbin "font8x16.bin"
font8x14:
    .incbin "font8x14.bin"
font8x8:
    .incbin "font8x8-256.bin"
font_alternate:
    .byte 0                         /* 9 dots: no glyph differs from the 8-dot font */
