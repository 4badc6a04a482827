/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * INT 10h 11h: character generators. IBM PS/2 and PC BIOS Interface Technical Reference, INT 10h.
 * Text fonts lie in plane 2, 32 bytes a character, 8 blocks of 256.
 */
#include "cursor.h"
#include "memory.h"
#include "services.h"

#define GLYPH_STRIDE 32

extern const u8 font8x8[], font8x14[], font8x16[], font_alternate[];   /* fonts.S: offsets in the ROM */

static struct farptr rom_at(const u8 *offset)
{
    return far_make(SEG_ROM, (u16)(u32)offset);
}

struct farptr font_rom(u8 height)
{
    return rom_at(height == 8 ? font8x8 : height == 14 ? font8x14 : font8x16);
}

struct farptr font_rom_high(void)
{
    return rom_at(font8x8 + 128 * 8);
}

/* The blocks lie at 0, 4000h, 8000h, C000h, and 2000h above each. */
static u16 block_offset(u8 block)
{
    return (u16)((block & 3) << 14 | (block & 4) << 11);
}

void font_load(struct farptr from, u8 block, u16 first, u16 count, u8 height)
{
    u16 to = (u16)(block_offset(block) + first * GLYPH_STRIDE);
    u8 color = inb(VGA_MISC_READ) & VGA_MISC_COLOR;

    vga_write(VGA_SEQ, SEQ_MAP_MASK, 0x04);
    vga_write(VGA_SEQ, SEQ_MEMORY, 0x07);                  /* no odd/even */
    vga_write(VGA_GC, GC_MODE, 0x00);
    vga_write(VGA_GC, GC_MISC, 0x04);                      /* A0000h, 64 KiB */
    if (height == 16 && count) {
        load_glyphs16(far_make(SEG_VGA_GRAPHICS, to), from, count);
    } else {
        for (; count; count--, to += GLYPH_STRIDE, from.offset += height)
            far_copy(far_make(SEG_VGA_GRAPHICS, to), from, height);
    }
    vga_write(VGA_SEQ, SEQ_MAP_MASK, 0x03);
    vga_write(VGA_SEQ, SEQ_MEMORY, 0x02);
    vga_write(VGA_GC, GC_MODE, 0x10);
    vga_write(VGA_GC, GC_MISC, color ? 0x0E : 0x0A);
}

/* Scan lines shown, from the CRTC; counted once where lines are doubled. */
static u16 scan_lines(u16 crtc)
{
    u8 overflow = vga_read(crtc, CRTC_OVERFLOW);
    u16 lines = (u16)((vga_read(crtc, CRTC_VDISPLAY) | (overflow & 0x02) << 7 | (overflow & 0x40) << 3) + 1);
    return vga_read(crtc, CRTC_MAX_SCAN) & 0x80 ? lines / 2 : lines;
}

/* 111xh: as many rows as fit the scan lines. */
static void set_text_height(u8 height)
{
    fs_low();
    u16 crtc = LOW_BDA->crtc_port, lines = scan_lines(crtc);
    u8 max_scan = vga_read(crtc, CRTC_MAX_SCAN), rows = (u8)(lines / height);
    u16 last = (u16)(rows * height * (max_scan & 0x80 ? 2 : 1) - 1);
    u8 overflow = (u8)((vga_read(crtc, CRTC_OVERFLOW) & ~0x42) | (last >> 7 & 0x02) | (last >> 3 & 0x40));

    vga_write(crtc, CRTC_MAX_SCAN, (u8)((max_scan & 0xE0) | (height - 1)));
    vga_write(crtc, CRTC_VDISPLAY, (u8)last);
    vga_write(crtc, CRTC_OVERFLOW, overflow);
    LOW_BDA->video_rows = (u8)(rows - 1);
    LOW_BDA->char_height = height;
    LOW_BDA->video_page_size = (u16)(rows * LOW_BDA->video_columns * 2);
    cursor_set_type(LOW_BDA->cursor_type);
}

static void load_text(struct frame *r)
{
    u8 height = 16;
    switch (r->al & 0x0F) {
    case 0x00:
        height = r->bh;
        if (height == 0 || height > GLYPH_STRIDE)
            return;
        font_load(far_make(r->es, r->bp), r->bl, r->dx, MIN(r->cx, 256), height);
        break;
    case 0x01:
        height = 14;
        break;
    case 0x02:
        height = 8;
        break;
    case 0x03:
        vga_write(VGA_SEQ, SEQ_CHAR_MAP, r->bl);
        return;
    case 0x04:
        break;
    default:
        return;
    }
    if (r->al & 0x0F)
        font_load(font_rom(height), r->bl, 0, 256, height);
    if (r->al & 0x10)
        set_text_height(height);
}

/* 1120h-1124h: the font of the graphics modes. */
static void set_graphics(struct frame *r)
{
    ROM u8 rows[4] = { 0, 14, 25, 43 };
    u8 height = r->al == 0x22 ? 14 : r->al == 0x23 ? 8 : 16;
    struct farptr font = font_rom(height);
    fs_low();
    if (r->al == 0x20) {
        LOW_VECTOR[VECTOR_FONT_HIGH] = far_make(r->es, r->bp);
        return;
    }
    if (r->al == 0x21) {
        height = r->cl;
        font = far_make(r->es, r->bp);
    }
    LOW_VECTOR[VECTOR_FONT] = font;
    LOW_BDA->char_height = height;
    LOW_BDA->video_rows = (u8)((r->bl == 0 ? r->dl : rows[r->bl & 3]) - 1);
}

/* 1130h: where the fonts are. */
static void font_info(struct frame *r)
{
    struct farptr at;
    fs_low();
    switch (r->bh) {
    case 0: at = LOW_VECTOR[VECTOR_FONT_HIGH]; break;
    case 1: at = LOW_VECTOR[VECTOR_FONT]; break;
    case 2: at = font_rom(14); break;
    case 3: at = font_rom(8); break;
    case 4: at = font_rom_high(); break;
    case 6: at = font_rom(16); break;
    case 5:
    case 7: at = rom_at(font_alternate); break;
    default: return;
    }
    r->es = at.segment;
    r->bp = at.offset;
    r->cx = LOW_BDA->char_height;
    r->dl = LOW_BDA->video_rows;
}

void int10_11(struct frame *r)
{
    if (r->al < 0x20)
        load_text(r);
    else if (r->al <= 0x24)
        set_graphics(r);
    else if (r->al == 0x30)
        font_info(r);
}
