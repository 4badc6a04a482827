/* SPDX-License-Identifier: BSD-2-Clause */
/* VBE 05-0A: window, line length, display start, DAC, protected-mode interface. VBE Core Functions Standard 3.0. */
#include "memory.h"
#include "services.h"
#include "vbe.h"

/* 05: the window at A0000h. DX counts granules. */
u16 vbe_05_window(struct frame *r)
{
    if (r->bl >= card_windows() || r->bh > 1)
        return VBE_FAILED;
    fs_low();
    if (!LOW_VGA->vbe_mode || LOW_VGA->vbe_mode & VBE_MODE_LFB)
        return VBE_INVALID_NOW;
    if (r->bh == 1)
        r->dx = card_get_bank(r->bl);
    else if ((u32)r->dx * card_granularity_kb() >= card_memory_64k() * 64u)
        return VBE_FAILED;
    else
        card_set_bank(r->bl, r->dx);
    return VBE_OK;
}

/* The same by far call (mode information, window_function): fast, and AX is not returned. */
void vbe_window(struct frame *r)
{
    if (r->bl >= card_windows())
        return;
    if (r->bh == 0)
        card_set_bank(r->bl, r->dx);
    else if (r->bh == 1)
        r->dx = card_get_bank(r->bl);
}

/* Pixels in `bytes` of a line. */
static u16 pixels(u8 bits, u16 bytes)
{
    return bits == 4 ? (u16)(bytes * 8) : (u16)(bytes / ((bits + 7) / 8));
}

/* 06: logical line length: BL 0 set in pixels, 1 get, 2 set in bytes, 3 the longest. */
u16 vbe_06_pitch(struct frame *r)
{
    struct vbe_mode m;
    if (!vbe_current(&m))
        return VBE_INVALID_NOW;
    u8 bits = m.bits;
    u32 bytes = r->cx;
    switch (r->bl) {
    case 0:
        bytes = bits == 4 ? (bytes + 7) / 8 : bytes * ((bits + 7) / 8);
        /* fall through */
    case 2:
        if (bytes < vbe_pitch(&m) || bytes > card_max_pitch(bits) || bytes * m.height > (u32)card_memory_64k() * 0x10000)
            return VBE_NOT_SUPPORTED;
        bytes = card_set_pitch(bits, (u16)bytes);
        break;
    case 1:
        bytes = card_pitch(bits);
        break;
    case 3:
        bytes = card_max_pitch(bits);
        break;
    default:
        return VBE_FAILED;
    }
    r->bx = (u16)bytes;
    r->cx = pixels(bits, (u16)bytes);
    r->dx = (u16)MIN((u32)card_memory_64k() * (bits == 4 ? 0x4000 : 0x10000) / bytes, 0xFFFF);
    return VBE_OK;
}

static void wait_retrace(void)
{
    u32 n = 0x40000;                                       /* reads: well over two frames of port I/O */
    while (n && inb(VGA_STATUS1_COLOR) & VGA_STATUS1_VRETRACE)
        n--;
    while (n && !(inb(VGA_STATUS1_COLOR) & VGA_STATUS1_VRETRACE))
        n--;
}

/* 07: display start: BL 0 set, 1 get, 80h set in the retrace. */
u16 vbe_07_start(struct frame *r)
{
    struct vbe_mode m;
    if (!vbe_current(&m))
        return VBE_INVALID_NOW;
    if (r->bl == 1) {
        u16 x, y;
        card_get_start(m.bits, &x, &y);
        r->cx = x;
        r->dx = y;
        r->bh = 0;
        return VBE_OK;
    }
    if (r->bl != 0 && r->bl != 0x80)
        return VBE_FAILED;
    u16 pitch = card_pitch(m.bits);
    u32 end = ((u32)r->dx + m.height) * pitch * (m.bits == 4 ? 4 : 1);
    if (r->cx >= pixels(m.bits, pitch) || end > (u32)card_memory_64k() * 0x10000)
        return VBE_FAILED;
    if (r->bl == 0x80)
        wait_retrace();
    card_set_start(m.bits, r->cx, r->dx);
    return VBE_OK;
}

/* 08: bits a colour in the DAC: BL 0 set to BH, 1 get. */
u16 vbe_08_dac(struct frame *r)
{
    struct vbe_mode m;
    if (vbe_current(&m) && m.bits > 8)
        return VBE_INVALID_NOW;
    if (r->bl > 1)
        return VBE_FAILED;
    if (r->bl == 0)
        card_set_dac8(r->bh >= 8);
    r->bh = card_dac8() ? 8 : 6;
    return VBE_OK;
}

/* 09: palette: BL 0 set, 1 get, 80h set in the retrace; CX entries from DX, ES:DI blue green red 0. */
u16 vbe_09_palette(struct frame *r)
{
    u16 first = r->dx, count = r->cx;
    struct vbe_mode m;
    if (vbe_current(&m) && m.bits > 8)
        return VBE_INVALID_NOW;
    if ((r->bl & 0x7F) > 1)
        return r->bl == 2 || r->bl == 3 ? VBE_NOT_SUPPORTED : VBE_FAILED;   /* secondary palette */
    if (first > 255 || count > 256 - first)
        return VBE_FAILED;
    if (r->bl == 0x80)
        wait_retrace();
    fs_load(r->es);
    u8 __seg_fs *entry = (u8 __seg_fs *)(u32)r->di;
    outb(r->bl == 1 ? VGA_DAC_READ : VGA_DAC_WRITE, (u8)first);
    for (; count; count--, entry += 4)
        for (s8 i = 2; i >= 0; i--) {
            if (r->bl == 1)
                entry[i] = inb(VGA_DAC_DATA);
            else
                outb(VGA_DAC_DATA, entry[i]);
        }
    return VBE_OK;
}

extern const u8 pm_table[], pm_table_end[];                /* pm_std.S, pm_cirrus.S: offsets in the ROM */

/* 0A: 32-bit code for window, display start and palette. */
u16 vbe_0a_protected(struct frame *r)
{
    if (r->bl != 0)
        return VBE_FAILED;
    r->es = SEG_ROM;
    r->di = (u16)(u32)pm_table;
    r->cx = (u16)(pm_table_end - pm_table);
    return VBE_OK;
}
