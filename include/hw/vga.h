/* SPDX-License-Identifier: BSD-2-Clause */
/* VGA registers. IBM PS/2 Hardware Interface Technical Reference, "Video Subsystem". */
#ifndef HW_VGA_H
#define HW_VGA_H

#define VGA_ATTR             0x3C0   /* index and data by turns; reading VGA_STATUS1 selects index */
#define VGA_ATTR_READ        0x3C1
#define VGA_MISC             0x3C2   /* write; also input status 0 when read */
#define VGA_SEQ              0x3C4
#define VGA_PEL_MASK         0x3C6
#define VGA_DAC_READ         0x3C7   /* write: index to read from; read: DAC state */
#define VGA_DAC_WRITE        0x3C8
#define VGA_DAC_DATA         0x3C9
#define VGA_FEATURE_READ     0x3CA
#define VGA_MISC_READ        0x3CC
#define VGA_GC               0x3CE
#define VGA_CRTC_MONO        0x3B4
#define VGA_CRTC_COLOR       0x3D4
#define VGA_STATUS1_MONO     0x3BA   /* CRTC port + 6; write: feature control */
#define VGA_STATUS1_COLOR    0x3DA

#define VGA_MISC_COLOR       0x01    /* CRTC at 3D4h */
#define VGA_MISC_RAM         0x02    /* video memory answers */

#define VGA_STATUS1_DISPLAY  0x01    /* 1 = in a retrace, horizontal or vertical */
#define VGA_STATUS1_VRETRACE 0x08

#define SEQ_RESET            0x00
#define SEQ_RESET_RUN        0x03
#define SEQ_CLOCKING         0x01
#define SEQ_CLOCKING_OFF     0x20    /* screen off */
#define SEQ_MAP_MASK         0x02
#define SEQ_CHAR_MAP         0x03
#define SEQ_MEMORY           0x04

#define GC_SET_RESET         0x00
#define GC_ENABLE_SET_RESET  0x01
#define GC_COLOR_COMPARE     0x02
#define GC_ROTATE            0x03
#define GC_ROTATE_XOR        0x18
#define GC_READ_MAP          0x04
#define GC_MODE              0x05
#define GC_MODE_WRITE1       0x01    /* write the latches */
#define GC_MODE_WRITE3       0x03    /* CPU data is the bit mask, set/reset the colour */
#define GC_MODE_READ1        0x08    /* read returns the colour compare */
#define GC_MISC              0x06
#define GC_BIT_MASK          0x08

#define CRTC_HTOTAL          0x00
#define CRTC_HDISPLAY        0x01
#define CRTC_HBLANK_START    0x02
#define CRTC_HBLANK_END      0x03
#define CRTC_HSYNC_START     0x04
#define CRTC_HSYNC_END       0x05
#define CRTC_VTOTAL          0x06
#define CRTC_OVERFLOW        0x07
#define CRTC_PRESET_ROW      0x08
#define CRTC_MAX_SCAN        0x09
#define CRTC_CURSOR_START    0x0A
#define CRTC_CURSOR_END      0x0B
#define CRTC_START_HIGH      0x0C
#define CRTC_START_LOW       0x0D
#define CRTC_CURSOR_HIGH     0x0E
#define CRTC_CURSOR_LOW      0x0F
#define CRTC_VSYNC_START     0x10
#define CRTC_VSYNC_END       0x11
#define CRTC_VSYNC_END_LOCK  0x80    /* registers 0-7 are write-protected */
#define CRTC_VDISPLAY        0x12
#define CRTC_OFFSET          0x13
#define CRTC_UNDERLINE       0x14
#define CRTC_VBLANK_START    0x15
#define CRTC_VBLANK_END      0x16
#define CRTC_MODE            0x17
#define CRTC_MODE_BYTES      0xC3    /* byte addresses, no CGA or Hercules lines */
#define CRTC_LINE_COMPARE    0x18

#define ATTR_PALETTE_ON      0x20    /* in the index: the screen shows, palette locked */
#define ATTR_MODE            0x10
#define ATTR_MODE_BLINK      0x08
#define ATTR_MODE_P54        0x80    /* palette bits 5-4 come from ATTR_COLOR_SELECT */
#define ATTR_OVERSCAN        0x11
#define ATTR_PLANE_ENABLE    0x12
#define ATTR_COLOR_SELECT    0x14

#define VGA_SEQ_COUNT        5
#define VGA_CRTC_COUNT       25
#define VGA_ATTR_COUNT       21
#define VGA_GC_COUNT         9

#endif
