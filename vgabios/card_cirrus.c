/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Cirrus Logic GD5446: extended modes by its own registers, 16 KiB banks, linear frame buffer.
 * CL-GD5446 Technical Reference Manual.
 */
#include "card.h"
#include "memory.h"
#include "timing.h"
#include "vbe.h"
#include "hw/cirrus.h"
#include "hw/pci.h"

#define LFB_NONE 0

ROM_EXT char card_name[] = "Cirrus Logic GD5446";
ROM_EXT u32 card_capabilities = 0;

/* Extension registers sit behind the CRTC of the mode that is set. */
static u16 crtc(void)
{
    return inb(VGA_MISC_READ) & VGA_MISC_COLOR ? VGA_CRTC_COLOR : VGA_CRTC_MONO;
}

static void set_hidden_dac(u8 value)
{
    outb(VGA_PEL_MASK, 0xFF);
    inb(VGA_DAC_WRITE);                                    /* forget reads counted so far */
    for (u8 i = 0; i < 4; i++)
        inb(VGA_PEL_MASK);
    outb(VGA_PEL_MASK, value);
    inb(VGA_DAC_WRITE);
}

void card_init(void)
{
    vga_write(VGA_SEQ, CIRRUS_SR6_UNLOCK, CIRRUS_SR6_KEY);
}

void card_leave(void)
{
    u16 port = crtc();
    vga_write(VGA_SEQ, CIRRUS_SR6_UNLOCK, CIRRUS_SR6_KEY);
    vga_write(VGA_SEQ, CIRRUS_SR7_MODE, 0);
    vga_write(VGA_GC, CIRRUS_GR9_BANK0, 0);
    vga_write(VGA_GC, CIRRUS_GRA_BANK1, 0);
    vga_write(VGA_GC, CIRRUS_GRB_MODE, 0);
    vga_write(port, CIRRUS_CR1A, 0);
    vga_write(port, CIRRUS_CR1B, 0);
    vga_write(port, CIRRUS_CR1D, 0);
    set_hidden_dac(CIRRUS_DAC_VGA);
}

u16 card_memory_64k(void)
{
    u8 dram = vga_read(VGA_SEQ, CIRRUS_SRF_DRAM);
    u16 units = (u16)(4 << ((dram & CIRRUS_SRF_SIZE) >> 3));
    return dram & CIRRUS_SRF_BANKS ? units * 2 : units;
}

u32 card_lfb(void)
{
    fs_low();
    u16 bdf = LOW_VGA->bdf;
    return bdf == BDF_NONE ? LFB_NONE : pci_read32(bdf, PCI_BAR0) & ~0xFu;
}

/* All video memory to 0 by the blitter: lines of 2 KiB. */
bool card_clear(void)
{
    u16 lines = (u16)(card_memory_64k() * 32 - 1);
    ROM u8 registers[][2] = {
        { CIRRUS_GR31_STATUS, CIRRUS_GR31_RESET }, { CIRRUS_GR31_STATUS, 0 },
        { CIRRUS_GR20_WIDTH, 0xFF }, { CIRRUS_GR20_WIDTH + 1, 0x07 },
        { CIRRUS_GR24_PITCH, 0x00 }, { CIRRUS_GR24_PITCH + 1, 0x08 },
        { CIRRUS_GR26_SOURCE_PITCH, 0x00 }, { CIRRUS_GR26_SOURCE_PITCH + 1, 0x08 },
        { CIRRUS_GR28_DEST, 0 }, { CIRRUS_GR28_DEST + 1, 0 }, { CIRRUS_GR28_DEST + 2, 0 },
        { CIRRUS_GR2C_SOURCE, 0 }, { CIRRUS_GR2C_SOURCE + 1, 0 }, { CIRRUS_GR2C_SOURCE + 2, 0 },
        { CIRRUS_GR30_MODE, 0 }, { CIRRUS_GR33_EXTENSION, 0 }, { CIRRUS_GR32_ROP, CIRRUS_GR32_BLACK },
    };
    for (u32 i = 0; i < ARRAY_SIZE(registers); i++)
        vga_write(VGA_GC, registers[i][0], registers[i][1]);
    vga_write(VGA_GC, CIRRUS_GR22_HEIGHT, (u8)lines);
    vga_write(VGA_GC, CIRRUS_GR22_HEIGHT + 1, (u8)(lines >> 8));
    vga_write(VGA_GC, CIRRUS_GR31_STATUS, CIRRUS_GR31_START);
    for (u32 n = 0x100000; n && inb(VGA_GC + 1) & CIRRUS_GR31_BUSY; n--)
        ;
    return true;
}

/* Pixel clock: 14.318 MHz * numerator / (denominator >> 1), by width. */
static void set_clock(u16 width)
{
    ROM struct { u16 width; u8 numerator, denominator; } clocks[] = {
        { 640, 0x4A, 0x2B }, { 800, 0x51, 0x3A }, { 1024, 0x76, 0x34 }, { 1152, 0x5F, 0x22 }, { 1280, 0x53, 0x16 }, { 0xFFFF, 0x42, 0x0E },
    };
    u32 i = 0;
    while (clocks[i].width < width)
        i++;
    vga_write(VGA_SEQ, CIRRUS_SRE_VCLK3_NUM, clocks[i].numerator);
    vga_write(VGA_SEQ, CIRRUS_SR1E_VCLK3_DEN, clocks[i].denominator);
    outb(VGA_MISC, 0xEF);                                  /* VCLK3, colour, memory on */
}

void card_set_mode(const struct vbe_mode *m, bool lfb, bool no_clear)
{
    u8 bits = m->bits;
    mode_set(mode_find(bits == 4 ? 0x12 : 0x13), true);
    u16 port = VGA_CRTC_COLOR;
    u8 mode = bits == 8 ? CIRRUS_SR7_8 : bits <= 16 ? CIRRUS_SR7_16 : bits == 24 ? CIRRUS_SR7_24 : CIRRUS_SR7_32;
    set_clock(m->width);
    timing_set(m);
    vga_write(port, CIRRUS_CR1A, m->height > 1024 ? CIRRUS_CR1A_INTERLACE : 0);
    if (bits > 4) {
        vga_write(VGA_SEQ, CIRRUS_SR7_MODE, CIRRUS_SR7_PACKED | mode);
        vga_write(VGA_GC, CIRRUS_GRB_MODE, CIRRUS_GRB_16K);
    }
    if (bits > 8)
        set_hidden_dac(bits == 15 ? CIRRUS_DAC_555 : bits == 16 ? CIRRUS_DAC_565 : CIRRUS_DAC_888);
    vga_write(port, CIRRUS_CR1B, CIRRUS_CR1B_WRAP);
    card_set_pitch(bits, (u16)vbe_pitch(m));
    if (!no_clear)
        card_clear();
}

u8 card_windows(void)
{
    return 1;
}

u16 card_granularity_kb(void)
{
    return 16;
}

void card_set_bank(u8 window, u16 bank)
{
    vga_write(VGA_GC, CIRRUS_GR9_BANK0, (u8)bank);
}

u16 card_get_bank(u8 window)
{
    return vga_read(VGA_GC, CIRRUS_GR9_BANK0);
}

/* The offset register counts 8 bytes; bit 8 is in CR1B. In planes it counts 2 of each. */
static u8 pitch_shift(u8 bits)
{
    return bits == 4 ? 1 : 3;
}

u16 card_pitch(u8 bits)
{
    u16 units = vga_read(VGA_CRTC_COLOR, CRTC_OFFSET) | (vga_read(VGA_CRTC_COLOR, CIRRUS_CR1B) & CIRRUS_CR1B_OFFSET8) << 4;
    return (u16)(units << pitch_shift(bits));
}

u16 card_set_pitch(u8 bits, u16 bytes)
{
    u8 shift = pitch_shift(bits), high = vga_read(VGA_CRTC_COLOR, CIRRUS_CR1B) & (u8)~CIRRUS_CR1B_OFFSET8;
    u16 units = (u16)((bytes + (1 << shift) - 1) >> shift);
    vga_write(VGA_CRTC_COLOR, CRTC_OFFSET, (u8)units);
    vga_write(VGA_CRTC_COLOR, CIRRUS_CR1B, high | (units >> 4 & CIRRUS_CR1B_OFFSET8));
    return (u16)(units << shift);
}

u16 card_max_pitch(u8 bits)
{
    return (u16)(0x1FF << pitch_shift(bits));
}

/* The start address counts 4 bytes, in planes one of each. */
void card_set_start(u8 bits, u16 x, u16 y)
{
    u32 at = (u32)y * card_pitch(bits);
    at = bits == 4 ? at + x / 8 : (at + x * ((bits + 7u) / 8)) / 4;
    u8 b = vga_read(VGA_CRTC_COLOR, CIRRUS_CR1B) & (u8)~CIRRUS_CR1B_START, d = vga_read(VGA_CRTC_COLOR, CIRRUS_CR1D);
    vga_write(VGA_CRTC_COLOR, CRTC_START_HIGH, (u8)(at >> 8));
    vga_write(VGA_CRTC_COLOR, CRTC_START_LOW, (u8)at);
    vga_write(VGA_CRTC_COLOR, CIRRUS_CR1B, (u8)(b | (at >> 16 & 1) | (at >> 15 & 0x0C)));
    vga_write(VGA_CRTC_COLOR, CIRRUS_CR1D, (u8)((d & ~CIRRUS_CR1D_START19) | (at >> 12 & CIRRUS_CR1D_START19)));
}

void card_get_start(u8 bits, u16 *x, u16 *y)
{
    u32 pitch = card_pitch(bits), b = vga_read(VGA_CRTC_COLOR, CIRRUS_CR1B);
    u32 at = vga_read(VGA_CRTC_COLOR, CRTC_START_LOW) | vga_read(VGA_CRTC_COLOR, CRTC_START_HIGH) << 8;
    at |= (b & 1) << 16 | (b & 0x0C) << 15 | (u32)(vga_read(VGA_CRTC_COLOR, CIRRUS_CR1D) & CIRRUS_CR1D_START19) << 12;
    if (bits != 4)
        at *= 4;
    *y = (u16)(at / pitch);
    *x = (u16)(bits == 4 ? at % pitch * 8 : at % pitch / ((bits + 7u) / 8));
}

bool card_set_dac8(bool on)
{
    return !on;
}

bool card_dac8(void)
{
    return false;
}

u16 card_edid(void)
{
    return 0;
}
