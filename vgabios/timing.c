/* SPDX-License-Identifier: BSD-2-Clause */
/* Horizontal and vertical timing of modes that IBM's table has not. IBM PS/2 Hardware Interface Technical Reference, "CRT controller". */
#include "timing.h"

/* About a quarter and a twentieth of the picture for the retraces. */
void timing_set(const struct vbe_mode *m)
{
    u32 columns = m->width / 8u, total = columns + columns / 4, sync = columns + columns / 32;
    u32 lines = (u32)m->height >> (m->height > 1024), all = MIN(lines + lines / 20, 1024), retrace = MIN(lines + lines / 50, 1020);

    vga_write(VGA_CRTC_COLOR, CRTC_VSYNC_END, 0);
    vga_write(VGA_CRTC_COLOR, CRTC_HTOTAL, (u8)(total - 5));
    vga_write(VGA_CRTC_COLOR, CRTC_HDISPLAY, (u8)(columns - 1));
    vga_write(VGA_CRTC_COLOR, CRTC_HBLANK_START, (u8)columns);
    vga_write(VGA_CRTC_COLOR, CRTC_HBLANK_END, (u8)(0x80 | ((total - 1) & 0x1F)));
    vga_write(VGA_CRTC_COLOR, CRTC_HSYNC_START, (u8)sync);
    vga_write(VGA_CRTC_COLOR, CRTC_HSYNC_END, (u8)(((total - 1) & 0x20) << 2 | ((sync + columns / 10) & 0x1F)));
    vga_write(VGA_CRTC_COLOR, CRTC_VTOTAL, (u8)(all - 2));
    vga_write(VGA_CRTC_COLOR, CRTC_OVERFLOW, (u8)(0x10 | ((all - 2) >> 8 & 1) | ((lines - 1) >> 7 & 2) | (retrace >> 6 & 4) | (lines >> 5 & 8)
        | ((all - 2) >> 4 & 0x20) | ((lines - 1) >> 3 & 0x40) | (retrace >> 2 & 0x80)));
    vga_write(VGA_CRTC_COLOR, CRTC_MAX_SCAN, (u8)(0x40 | (lines >> 4 & 0x20)));
    vga_write(VGA_CRTC_COLOR, CRTC_VSYNC_START, (u8)retrace);
    vga_write(VGA_CRTC_COLOR, CRTC_VDISPLAY, (u8)(lines - 1));
    vga_write(VGA_CRTC_COLOR, CRTC_VBLANK_START, (u8)lines);
    vga_write(VGA_CRTC_COLOR, CRTC_VBLANK_END, (u8)(all - 2));
    vga_write(VGA_CRTC_COLOR, CRTC_VSYNC_END, (u8)(CRTC_VSYNC_END_LOCK | ((retrace + 3) & 0x0F)));
    vga_write(VGA_CRTC_COLOR, CRTC_UNDERLINE, 0);
    vga_write(VGA_CRTC_COLOR, CRTC_MODE, CRTC_MODE_BYTES);
}
