/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * BIOS data area, segment 0040h, and the EBDA fields that programs know.
 * IBM PS/2 and PC BIOS Interface Technical Reference, section 3; Ralf Brown's MEMORY.LST.
 */
#ifndef SPEC_BDA_H
#define SPEC_BDA_H

#include "types.h"

struct bda {
    u16 com_port[4];            /* 00 */
    u16 lpt_port[3];            /* 08 */
    u16 ebda_segment;           /* 0E */
    u16 equipment;              /* 10 */
    u8  post_status;            /* 12 */
    u16 memory_kb;              /* 13 */
    u16 reserved_15;            /* 15 */
    u8  kbd_flags1;             /* 17 */
    u8  kbd_flags2;             /* 18 */
    u8  alt_keypad;             /* 19 */
    u16 kbd_head;               /* 1A */
    u16 kbd_tail;               /* 1C */
    u16 kbd_buffer[16];         /* 1E */
    u8  floppy_recalibrate;     /* 3E: bits 0-1 drive calibrated, bit 7 IRQ6 seen */
    u8  floppy_motor;           /* 3F */
    u8  floppy_motor_count;     /* 40: ticks until the motor stops */
    u8  floppy_status;          /* 41 */
    u8  floppy_result[7];       /* 42 */
    u8  video_mode;             /* 49 */
    u16 video_columns;          /* 4A */
    u16 video_page_size;        /* 4C */
    u16 video_page_offset;      /* 4E */
    u16 cursor_pos[8];          /* 50 */
    u16 cursor_type;            /* 60 */
    u8  video_page;             /* 62 */
    u16 crtc_port;              /* 63 */
    u8  video_mode_ctl;         /* 65 */
    u8  video_palette;          /* 66 */
    struct farptr resume;       /* 67: where shutdown codes 5 and 0Ah continue */
    u8  unexpected_irq;         /* 6B */
    u32 timer_ticks;            /* 6C */
    u8  timer_overflow;         /* 70 */
    u8  break_flag;             /* 71 */
    u16 reset_flag;             /* 72: 1234h = warm boot */
    u8  disk_status;            /* 74 */
    u8  disk_count;             /* 75 */
    u8  disk_control;           /* 76 */
    u8  disk_port_offset;       /* 77 */
    u8  lpt_timeout[4];         /* 78 */
    u8  com_timeout[4];         /* 7C */
    u16 kbd_buffer_start;       /* 80 */
    u16 kbd_buffer_end;         /* 82 */
    u8  video_rows;             /* 84: rows - 1 */
    u16 char_height;            /* 85 */
    u8  video_ctl;              /* 87 */
    u8  video_switches;         /* 88 */
    u8  video_modeset_ctl;      /* 89 */
    u8  dcc_index;              /* 8A */
    u8  floppy_last_rate;       /* 8B */
    u8  disk_ata_status;        /* 8C */
    u8  disk_ata_error;         /* 8D */
    u8  disk_irq;               /* 8E: FFh once IRQ14 or IRQ15 came */
    u8  floppy_info;            /* 8F */
    u8  floppy_media[4];        /* 90 */
    u8  floppy_track[2];        /* 94 */
    u8  kbd_flags3;             /* 96 */
    u8  kbd_led;                /* 97 */
    struct farptr wait_flag;    /* 98: INT 15h AH=83h, 86h */
    u32 wait_timeout;           /* 9C: microseconds */
    u8  wait_active;            /* A0 */
    u8  reserved_a1[7];         /* A1 */
    struct farptr video_save;   /* A8: save pointer table */
    u8  reserved_ac[0x54];      /* AC */
} PACKED;
SIZE_ASSERT(struct bda, 0x100);
_Static_assert(offsetof(struct bda, video_mode) == 0x49, "bda");
_Static_assert(offsetof(struct bda, timer_ticks) == 0x6C, "bda");
_Static_assert(offsetof(struct bda, kbd_flags3) == 0x96, "bda");
_Static_assert(offsetof(struct bda, video_save) == 0xA8, "bda");

/* equipment */
#define EQUIPMENT_FLOPPY       0x0001
#define EQUIPMENT_FPU          0x0002
#define EQUIPMENT_MOUSE        0x0004
#define EQUIPMENT_VIDEO_80     0x0020   /* starts as 80x25 colour */
#define EQUIPMENT_FLOPPY_SHIFT 6        /* drives - 1 */
#define EQUIPMENT_COM_SHIFT    9
#define EQUIPMENT_LPT_SHIFT    14

/* kbd_flags1 */
#define KBD_FLAGS1_RSHIFT      0x01
#define KBD_FLAGS1_LSHIFT      0x02
#define KBD_FLAGS1_CTRL        0x04
#define KBD_FLAGS1_ALT         0x08
#define KBD_FLAGS1_SCROLL      0x10
#define KBD_FLAGS1_NUM         0x20
#define KBD_FLAGS1_CAPS        0x40
#define KBD_FLAGS1_INSERT      0x80

/* kbd_flags2: the key is down */
#define KBD_FLAGS2_LCTRL       0x01
#define KBD_FLAGS2_LALT        0x02
#define KBD_FLAGS2_SYSREQ      0x04
#define KBD_FLAGS2_PAUSED      0x08     /* Pause was pressed: wait for another key */
#define KBD_FLAGS2_SCROLL      0x10
#define KBD_FLAGS2_NUM         0x20
#define KBD_FLAGS2_CAPS        0x40
#define KBD_FLAGS2_INSERT      0x80

/* kbd_flags3 */
#define KBD_FLAGS3_E1          0x01     /* the last byte was E1h */
#define KBD_FLAGS3_E0          0x02     /* the last byte was E0h */
#define KBD_FLAGS3_RCTRL       0x04
#define KBD_FLAGS3_RALT        0x08
#define KBD_FLAGS3_101KEY      0x10

/* kbd_led: bits 0-2 as the lamps are: scroll, num, caps */
#define KBD_LED_MASK           0x07
#define KBD_LED_ACK            0x10
#define KBD_LED_RESEND         0x20
#define KBD_LED_UPDATE         0x40     /* LED command sent, its value not yet */

/* Extended BIOS data area. */
struct ebda {
    u8  size_kb;                /* 00 */
    u8  reserved_01[0x21];      /* 01 */
    struct farptr mouse_handler; /* 22: INT 15h AX=C207h */
    u8  mouse_flag1;            /* 26: bits 0-2 index of the next byte, 6 received, 7 error */
    u8  mouse_flag2;            /* 27: bits 0-2 package size - 1, 7 handler installed */
    u8  mouse_data[8];          /* 28 */
    u8  reserved_30[0x0D];      /* 30 */
    u8  disk0_fdpt[16];         /* 3D: fixed disk parameter table, INT 41h */
    u8  disk1_fdpt[16];         /* 4D: INT 46h */
    u8  reserved_5d[3];         /* 5D */
} PACKED;
SIZE_ASSERT(struct ebda, 0x60);
_Static_assert(offsetof(struct ebda, disk0_fdpt) == 0x3D, "ebda");

extern struct ebda ebda;        /* DS = EBDA: valid in rombios only */

/* The BDA, through FS: valid until FS is loaded with something else. */
#define BDA ((struct bda __seg_fs *)0)
#define SEG_BDA 0x0040

#endif
