/* SPDX-License-Identifier: BSD-2-Clause */
/* VESA BIOS Extension (VBE) Core Functions Standard 3.0. */
#ifndef SPEC_VBE_H
#define SPEC_VBE_H

#include "types.h"

#define VBE_OK              0x004F   /* AX */
#define VBE_FAILED          0x014F
#define VBE_NOT_SUPPORTED   0x024F
#define VBE_INVALID_NOW     0x034F

#define VBE_SIGNATURE       0x41534556u   /* "VESA" */
#define VBE_SIGNATURE_2     0x32454256u   /* "VBE2": the caller wants 512 bytes */

#define VBE_MODE_NUMBER     0x01FF
#define VBE_MODE_CRTC       0x0800   /* caller's timings */
#define VBE_MODE_LFB        0x4000
#define VBE_MODE_NO_CLEAR   0x8000

#define VBE_CAP_DAC8        0x01     /* capabilities: the DAC switches to 8 bits */

struct vbe_info {
    u32 signature;              /* 00 */
    u16 version;                /* 04 */
    struct farptr oem;          /* 06 */
    u32 capabilities;           /* 0A */
    struct farptr modes;        /* 0E: FFFFh ends */
    u16 memory_64k;             /* 12 */
    u16 oem_revision;           /* 14: from here VBE 2.0 */
    struct farptr vendor;       /* 16 */
    struct farptr product;      /* 1A */
    struct farptr revision;     /* 1E */
    u16 mode_list[111];         /* 22 */
    u8  oem_data[256];          /* 100 */
} PACKED;
SIZE_ASSERT(struct vbe_info, 512);

#define VBE_ATTR_SUPPORTED  0x0001
#define VBE_ATTR_OPTIONAL   0x0002
#define VBE_ATTR_TTY        0x0004   /* BIOS text output works */
#define VBE_ATTR_COLOR      0x0008
#define VBE_ATTR_GRAPHICS   0x0010
#define VBE_ATTR_NOT_VGA    0x0020
#define VBE_ATTR_NO_WINDOW  0x0040
#define VBE_ATTR_LFB        0x0080

#define VBE_WINDOW_EXISTS   0x01
#define VBE_WINDOW_READ     0x02
#define VBE_WINDOW_WRITE    0x04

#define VBE_MODEL_TEXT      0x00
#define VBE_MODEL_PLANAR    0x03
#define VBE_MODEL_PACKED    0x04
#define VBE_MODEL_DIRECT    0x06

struct vbe_mode_info {
    u16 attributes;             /* 00 */
    u8  window_a, window_b;     /* 02 */
    u16 granularity_kb;         /* 04 */
    u16 window_kb;              /* 06 */
    u16 segment_a, segment_b;   /* 08 */
    struct farptr window_function; /* 0C */
    u16 pitch;                  /* 10 */
    u16 width, height;          /* 12: pixels, or characters */
    u8  char_width, char_height; /* 16 */
    u8  planes;                 /* 18 */
    u8  bits;                   /* 19 */
    u8  banks;                  /* 1A */
    u8  model;                  /* 1B */
    u8  bank_kb;                /* 1C */
    u8  pages;                  /* 1D: images minus 1 */
    u8  reserved_1;             /* 1E */
    u8  red_bits, red_at, green_bits, green_at, blue_bits, blue_at, rest_bits, rest_at; /* 1F */
    u8  direct_colour;          /* 27: bit 1 the rest bits are the program's */
    u32 lfb;                    /* 28: from here VBE 2.0 */
    u32 reserved_2c;            /* 2C */
    u16 reserved_30;            /* 30 */
    u16 lfb_pitch;              /* 32: from here VBE 3.0 */
    u8  banked_pages, lfb_pages; /* 34 */
    u8  lfb_masks[8];           /* 36: as red_bits ... rest_at */
    u32 max_pixel_clock;        /* 3E: Hz */
    u8  reserved_42[190];       /* 42 */
} PACKED;
SIZE_ASSERT(struct vbe_mode_info, 256);

#endif
