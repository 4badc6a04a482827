/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What programs know by address in segment F000: entry points and tables of the IBM PC AT
 * (Technical Reference, "ROM BIOS listing"). rombios.ld puts each section where its name says.
 */
    .code16

    .macro FIXED address
    .section .fixed_\address, "ax"
    .endm

    .macro VECTORS offsets:vararg
    .irp offset, \offsets
    .word \offset
    .endr
    .endm

    FIXED e05b
    jmp entry_post
    FIXED e2c3
    jmp entry_02
    FIXED e3fe
    jmp entry_13

    FIXED e6f2
    jmp entry_19
    FIXED e6f5                      /* INT 15h AH=C0h: system configuration */
    .word 8                         /* bytes that follow */
    .byte 0xFC, 0x00, 0x01          /* model, submodel, revision */
    .byte 0x74                      /* second PIC, RTC, INT 15h/4Fh called, EBDA */
    .byte 0x40                      /* INT 16h AH=09h */
    .byte 0, 0, 0

    FIXED e729                      /* INT 14h: divisors of 110 150 300 600 1200 2400 4800 9600 */
    .word 0x0417, 0x0300, 0x0180, 0x00C0, 0x0060, 0x0030, 0x0018, 0x000C
    FIXED e739
    jmp entry_14
    FIXED e82e
    jmp entry_16
    FIXED e987
    jmp entry_09
    FIXED ec59
    jmp entry_40
    FIXED ef57
    jmp entry_0e

    FIXED efc7                      /* INT 1Eh: 1.44 MB diskette */
    .byte 0xDF, 0x02                /* step rate, head unload; head load */
    .byte 0x25                      /* ticks until the motor stops */
    .byte 0x02, 18, 0x1B, 0xFF      /* 512 bytes, sectors per track, gap, data length */
    .byte 0x6C, 0xF6                /* format: gap, fill byte */
    .byte 15, 8                     /* head settle ms, motor start in 1/8 s */
    FIXED efd2
    jmp entry_17

    FIXED f045                      /* INT 10h functions 00h-0Fh */
    .rept 16
    .word entry_10
    .endr
    FIXED f065
    jmp entry_10
    FIXED f0a4                      /* INT 1Dh: 6845 registers for 40x25, 80x25, graphics, mono */
    .byte 0x38, 0x28, 0x2D, 0x0A, 0x1F, 0x06, 0x19, 0x1C, 0x02, 0x07, 0x06, 0x07, 0, 0, 0, 0
    .byte 0x71, 0x50, 0x5A, 0x0A, 0x1F, 0x06, 0x19, 0x1C, 0x02, 0x07, 0x06, 0x07, 0, 0, 0, 0
    .byte 0x38, 0x28, 0x2D, 0x0A, 0x7F, 0x06, 0x64, 0x70, 0x02, 0x01, 0x06, 0x07, 0, 0, 0, 0
    .byte 0x61, 0x50, 0x52, 0x0F, 0x19, 0x06, 0x19, 0x19, 0x02, 0x0D, 0x0B, 0x0C, 0, 0, 0, 0
    .word 2048, 4096, 16384, 16384  /* bytes of video memory */
    .byte 40, 40, 80, 80, 40, 40, 80, 80                          /* columns by mode */
    .byte 0x2C, 0x28, 0x2D, 0x29, 0x2A, 0x2E, 0x1E, 0x29          /* mode control by mode */

    FIXED f841                      /* INT 12h: KiB below 640 KiB */
    pushw %ds
    pushw $0x40
    popw %ds
    movw 0x13, %ax
    popw %ds
    iretw
    FIXED f84d                      /* INT 11h: equipment word */
    pushw %ds
    pushw $0x40
    popw %ds
    movw 0x10, %ax
    popw %ds
    iretw
    FIXED f859
    jmp entry_15
    FIXED fe6e
    jmp entry_1a
    FIXED fea5
    jmp entry_08

    FIXED fef3                      /* vectors 00h-1Fh, and 70h-77h behind them */
    .globl default_vectors
default_vectors:
    VECTORS entry_00, 0xFF53, 0xE2C3, 0xFF53, 0xFF53, 0xFF54, entry_06, entry_07
    VECTORS 0xFEA5, 0xE987, entry_irq, entry_irq, entry_0c, entry_0c, 0xEF57, entry_irq
    VECTORS 0xF065, 0xF84D, 0xF841, 0xE3FE, 0xE739, 0xF859, 0xE82E, 0xEFD2
    VECTORS entry_18, 0xE6F2, 0xFE6E, 0xFF53, 0xFF53, 0xF0A4, 0xEFC7, 0
    VECTORS entry_70, entry_71, entry_irq, entry_irq, entry_74, entry_75, entry_76, entry_76

    FIXED ff53
    iretw
    FIXED ff54
    jmp entry_05

    FIXED fff0
    ljmpw $0xF000, $0xE05B
    .ascii "11/22/26"               /* FFF5: BIOS date */
    .byte 0
    .byte 0xFC                      /* FFFE: model byte, PC AT */
    .byte 0
