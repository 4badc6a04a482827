/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Default colours, red green blue of 6 bits. IBM PS/2 Hardware Interface Technical Reference,
 * "Video subsystem": palettes of the modes after a mode set.
 */
    .section .romdata, "a"
    .globl dac_mono, dac_ega, dac_256

/* Blocks of 8 entries, which int10_10_palette.c puts together: 64 entries repeat them. */
dac_mono:
    .fill 8 * 3, 1, 0x00
    .fill 8 * 3, 1, 0x2A
    .fill 8 * 3, 1, 0x3F

/* CGA: entry bits 2-0 red green blue, bit 4 intensity; dark yellow is brown. */
    .macro CGA_ENTRY i
    .byte 0x2A * (\i >> 2 & 1) + 0x15 * (\i >> 4 & 1)
    .if (\i & 0x17) == 6
    .byte 0x15
    .else
    .byte 0x2A * (\i >> 1 & 1) + 0x15 * (\i >> 4 & 1)
    .endif
    .byte 0x2A * (\i & 1) + 0x15 * (\i >> 4 & 1)
    .endm

/* EGA: entry bits 2-0 are two thirds, bits 5-3 one third of red green blue. */
    .macro EGA_ENTRY i
    .byte 0x2A * (\i >> 2 & 1) + 0x15 * (\i >> 5 & 1)
    .byte 0x2A * (\i >> 1 & 1) + 0x15 * (\i >> 4 & 1)
    .byte 0x2A * (\i & 1) + 0x15 * (\i >> 3 & 1)
    .endm

    .set i, 0
dac_ega:
    .rept 64
    EGA_ENTRY i
    .set i, i + 1
    .endr

/* Mode 13h: 16 CGA colours, 16 grays, 24 hues by three saturations by three intensities, black. */
    .macro RGB r, g, b
    .byte \r, \g, \b
    .endm

    .macro HUES a, b, c, d, e       /* from none to full */
    RGB \a, \a, \e
    RGB \b, \a, \e
    RGB \c, \a, \e
    RGB \d, \a, \e
    RGB \e, \a, \e
    RGB \e, \a, \d
    RGB \e, \a, \c
    RGB \e, \a, \b
    RGB \e, \a, \a
    RGB \e, \b, \a
    RGB \e, \c, \a
    RGB \e, \d, \a
    RGB \e, \e, \a
    RGB \d, \e, \a
    RGB \c, \e, \a
    RGB \b, \e, \a
    RGB \a, \e, \a
    RGB \a, \e, \b
    RGB \a, \e, \c
    RGB \a, \e, \d
    RGB \a, \e, \e
    RGB \a, \d, \e
    RGB \a, \c, \e
    RGB \a, \b, \e
    .endm

dac_256:
    .irp i, 0x00,0x01,0x02,0x03,0x04,0x05,0x06,0x07,0x10,0x11,0x12,0x13,0x14,0x15,0x16,0x17
    CGA_ENTRY \i
    .endr
    .irp v, 0x00,0x05,0x08,0x0B,0x0E,0x11,0x14,0x18,0x1C,0x20,0x24,0x28,0x2D,0x32,0x38,0x3F
    RGB \v, \v, \v
    .endr
    HUES 0x00, 0x10, 0x1F, 0x2F, 0x3F
    HUES 0x1F, 0x27, 0x2F, 0x37, 0x3F
    HUES 0x2D, 0x31, 0x36, 0x3A, 0x3F
    HUES 0x00, 0x07, 0x0E, 0x15, 0x1C
    HUES 0x0E, 0x11, 0x15, 0x18, 0x1C
    HUES 0x14, 0x16, 0x18, 0x1A, 0x1C
    HUES 0x00, 0x04, 0x08, 0x0C, 0x10
    HUES 0x08, 0x0A, 0x0C, 0x0E, 0x10
    HUES 0x0B, 0x0C, 0x0D, 0x0F, 0x10
    .fill 8 * 3, 1, 0
