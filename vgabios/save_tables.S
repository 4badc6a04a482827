/* SPDX-License-Identifier: BSD-2-Clause */
/* Tables that hold addresses: save pointers (BDA A8h) and display combinations. spec/vgabios.h. */
#define SEG_ROM 0xC000

    .section .romdata, "a"
    .globl save_table, functionality

save_table:
    .word params_table, SEG_ROM
    .fill 3, 4, 0                   /* dynamic save area, text font, graphics font: none */
    .word save_table2, SEG_ROM
    .fill 2, 4, 0

save_table2:
    .word 26
    .word display_combinations, SEG_ROM
    .fill 5, 4, 0

display_combinations:               /* IBM's; BDA 8Ah is an index into it */
    .byte (1f - 2f) / 2, 1, 8, 0    /* entries, version, highest code, reserved */
2:  .byte 0, 0,  0, 1,  0, 2,  2, 1,  0, 4,  4, 1,  0, 5,  2, 5
    .byte 0, 6,  6, 1,  6, 5,  0, 8,  1, 8,  0, 7,  2, 7,  6, 8
1:

/* INT 10h AH=1Bh: struct video_functionality */
functionality:
    .byte 0xFF, 0xE0, 0x0F          /* modes 0-7, 0D-0F, 10-13 */
    .fill 4, 1, 0
    .byte 0x07                      /* text in 200, 350, 400 lines */
    .byte 8, 2                      /* fonts: loaded at once, shown at once */
    .word 0x0CFD                    /* all but 06h-07h light pen; DCC, colour paging, 1Ch, blink */
    .word 0
    .byte 0x3C                      /* save areas: see save pointer tables */
    .byte 0
