/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Structures of the VGA BIOS that programs read or supply.
 * IBM PS/2 and PC BIOS Interface Technical Reference, INT 10h and "Video save pointer tables".
 */
#ifndef SPEC_VGABIOS_H
#define SPEC_VGABIOS_H

#include "types.h"

/* One entry of the video parameter table. */
struct video_params {
    u8  columns;
    u8  rows;               /* minus 1 */
    u8  char_height;
    u16 page_size;
    u8  seq[4];             /* SEQ 1-4 */
    u8  misc;
    u8  crtc[25];
    u8  attr[20];
    u8  gc[9];
} PACKED;
SIZE_ASSERT(struct video_params, 64);

/* BDA A8h points to it. */
struct video_save_table {
    struct farptr params;         /* 29 struct video_params */
    struct farptr dynamic_save;   /* 256 bytes that keep palette and overscan, or 0:0 */
    struct farptr text_font;
    struct farptr graphics_font;
    struct farptr second;         /* struct video_save_table2 */
    struct farptr reserved[2];
} PACKED;
SIZE_ASSERT(struct video_save_table, 28);

struct video_save_table2 {
    u16 bytes;
    struct farptr dcc;            /* struct display_combinations */
    struct farptr second_font;
    struct farptr user_palette;
    struct farptr reserved[3];
} PACKED;
SIZE_ASSERT(struct video_save_table2, 26);

/* INT 10h AH=1Bh, static part (in ROM). */
struct video_functionality {
    u8  modes[3];           /* bit n = mode n: 0-7, 8-0F, 10-13 */
    u8  reserved_3[4];
    u8  scan_lines;         /* bit 0 200, 1 350, 2 400 */
    u8  text_font_blocks;
    u8  text_fonts_shown;
    u16 functions;
    u16 reserved_c;
    u8  save_functions;
    u8  reserved_f;
} PACKED;
SIZE_ASSERT(struct video_functionality, 16);

/* INT 10h AH=1Bh, dynamic part (in the caller's buffer). */
struct video_state {
    struct farptr functionality;  /* 00 */
    u8  bda_49[30];               /* 04: BDA 49h-66h */
    u8  rows;                     /* 22: BDA 84h + 1 */
    u16 char_height;              /* 23 */
    u8  dcc_active;               /* 25 */
    u8  dcc_alternate;            /* 26 */
    u16 colors;                   /* 27: 0 = mono */
    u8  pages;                    /* 29 */
    u8  scan_lines;               /* 2A: 0 200, 1 350, 2 400, 3 480 */
    u8  primary_font;             /* 2B */
    u8  secondary_font;           /* 2C */
    u8  flags;                    /* 2D */
    u8  reserved_2e[3];           /* 2E */
    u8  memory;                   /* 31: 3 = 256 KiB */
    u8  save_pointers;            /* 32: which save pointers are in use */
    u8  reserved_33[13];          /* 33 */
} PACKED;
SIZE_ASSERT(struct video_state, 64);

/* BDA 87h */
#define VIDEO_CTL_NO_CURSOR_EMULATION 0x01
#define VIDEO_CTL_MONO                0x02
#define VIDEO_CTL_INACTIVE            0x08
#define VIDEO_CTL_MEMORY_256K         0x60
#define VIDEO_CTL_NO_CLEAR            0x80

/* BDA 89h */
#define MODESET_ACTIVE       0x01
#define MODESET_GRAY         0x02   /* sum colours to gray */
#define MODESET_MONO         0x04
#define MODESET_NO_PALETTE   0x08   /* leave the palette alone */
#define MODESET_400_LINES    0x10
#define MODESET_200_LINES    0x80

/* BDA 8Ah: index into the display combination table; the codes in it */
#define DCC_INDEX_VGA_COLOR  0x0B
#define DCC_INDEX_VGA_MONO   0x0D
#define DCC_VGA_MONO         0x07
#define DCC_VGA_COLOR        0x08

#endif
