/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The standard card of QEMU and Bochs (PCI 1234:1111, or ISA): a VGA with the DISPI interface.
 * QEMU docs/specs/standard-vga; Bochs VBE DISPI documentation.
 */
#include "card.h"
#include "timing.h"
#include "spec/vbe.h"
#include "hw/dispi.h"
#include "hw/pci.h"

ROM_EXT char card_name[] = "Standard VGA";
ROM_EXT u32 card_capabilities = VBE_CAP_DAC8;

static u16 dispi_read(u16 index)
{
    outw(DISPI_INDEX, index);
    return inw(DISPI_DATA);
}

static void dispi_write(u16 index, u16 value)
{
    outw(DISPI_INDEX, index);
    outw(DISPI_DATA, value);
}

/* Ask for the newest interface. */
void card_init(void)
{
    dispi_write(DISPI_ID, DISPI_ID5);
}

void card_leave(void)
{
    dispi_write(DISPI_ENABLE, 0);
}

/* Enabling a mode clears what it shows: 1024x160 in 32 bits are the 4 planes of 1280x1024. */
bool card_clear(void)
{
    if (dispi_read(DISPI_ID) < DISPI_ID2)
        return false;
    dispi_write(DISPI_XRES, 1024);
    dispi_write(DISPI_YRES, 160);
    dispi_write(DISPI_BPP, 32);
    dispi_write(DISPI_ENABLE, DISPI_ENABLE_ON);
    dispi_write(DISPI_ENABLE, 0);
    return true;
}

void card_extended(struct frame *r)
{
}

u16 card_memory_64k(void)
{
    if (dispi_read(DISPI_ID) < DISPI_ID5)
        return DISPI_MEMORY_OLD / 0x10000;
    return dispi_read(DISPI_MEMORY_64K);
}

u32 card_lfb(void)
{
    fs_low();
    u16 bdf = LOW_VGA->bdf;
    return bdf == BDF_NONE ? DISPI_LFB_ISA : pci_read32(bdf, PCI_BAR0) & ~0xFu;
}

/*
 * Planes are a plain VGA's affair: with the interface on, QEMU addresses them as the mode before did.
 * Only the bank register moves the window all the same.
 */
static void set_planar(const struct vbe_mode *m, bool no_clear)
{
    mode_set(mode_find(0x12), no_clear);
    timing_set(m);
    vga_write(VGA_CRTC_COLOR, CRTC_OFFSET, (u8)(m->width / 16));
}

void card_set_mode(const struct vbe_mode *m, bool lfb, bool no_clear)
{
    if (m->bits == 4) {
        set_planar(m, no_clear);
        return;
    }
    dispi_write(DISPI_ENABLE, 0);
    dispi_write(DISPI_XRES, m->width);
    dispi_write(DISPI_YRES, m->height);
    dispi_write(DISPI_BPP, m->bits);
    dispi_write(DISPI_ENABLE, DISPI_ENABLE_ON | (lfb ? DISPI_ENABLE_LFB : 0) | (no_clear ? DISPI_ENABLE_NOCLEAR : 0));
    if (m->bits == 8)
        dac_load(DAC_256);
}

u8 card_windows(void)
{
    return 1;
}

u16 card_granularity_kb(void)
{
    return 64;
}

void card_set_bank(u8 window, u16 bank)
{
    dispi_write(DISPI_BANK, bank);
}

u16 card_get_bank(u8 window)
{
    return dispi_read(DISPI_BANK);
}

static u8 pixel_bytes(u8 bits)
{
    return (u8)((bits + 7) / 8);
}

/* Planes: the CRTC's offset register, which counts 2 bytes of each. */
u16 card_pitch(u8 bits)
{
    if (bits == 4)
        return (u16)(vga_read(VGA_CRTC_COLOR, CRTC_OFFSET) * 2);
    return (u16)(dispi_read(DISPI_VIRT_WIDTH) * pixel_bytes(bits));
}

u16 card_set_pitch(u8 bits, u16 bytes)
{
    if (bits == 4)
        vga_write(VGA_CRTC_COLOR, CRTC_OFFSET, (u8)((bytes + 1) / 2));
    else
        dispi_write(DISPI_VIRT_WIDTH, (u16)((bytes / pixel_bytes(bits) + 7) & ~7));
    return card_pitch(bits);
}

/* The CRTC's offset register counts 8 bytes in the emulators: 2047 of them. */
u16 card_max_pitch(u8 bits)
{
    return bits == 4 ? 0xFF * 2 : (u16)((0x3FF8 / pixel_bytes(bits) & ~7) * pixel_bytes(bits));
}

void card_set_start(u8 bits, u16 x, u16 y)
{
    if (bits != 4) {
        dispi_write(DISPI_X_OFFSET, x);
        dispi_write(DISPI_Y_OFFSET, y);
        return;
    }
    u16 at = (u16)(y * card_pitch(bits) + x / 8);
    vga_write(VGA_CRTC_COLOR, CRTC_START_HIGH, (u8)(at >> 8));
    vga_write(VGA_CRTC_COLOR, CRTC_START_LOW, (u8)at);
}

void card_get_start(u8 bits, u16 *x, u16 *y)
{
    if (bits != 4) {
        *x = dispi_read(DISPI_X_OFFSET);
        *y = dispi_read(DISPI_Y_OFFSET);
        return;
    }
    u16 at = (u16)(vga_read(VGA_CRTC_COLOR, CRTC_START_HIGH) << 8 | vga_read(VGA_CRTC_COLOR, CRTC_START_LOW)), pitch = card_pitch(bits);
    *x = (u16)(at % pitch * 8);
    *y = at / pitch;
}

bool card_dac8(void)
{
    return dispi_read(DISPI_ENABLE) & DISPI_ENABLE_DAC8;
}

/* The bit is in the enable register: written back with the mode untouched and nothing cleared. */
bool card_set_dac8(bool on)
{
    u16 enable = (u16)(dispi_read(DISPI_ENABLE) & ~DISPI_ENABLE_DAC8);
    dispi_write(DISPI_ENABLE, (u16)(enable | DISPI_ENABLE_NOCLEAR | (on ? DISPI_ENABLE_DAC8 : 0)));
    return card_dac8() == on;
}

#define SAVED_FIRST DISPI_XRES
#define SAVED_LAST  DISPI_Y_OFFSET

void card_save(struct farptr to)
{
    for (u16 i = SAVED_FIRST; i <= SAVED_LAST; i++, to.offset += 2) {
        u16 value = dispi_read(i);
        fs_load(to.segment);
        *(u16 __seg_fs *)(u32)to.offset = value;
    }
}

void card_restore(struct farptr from)
{
    fs_load(from.segment);
    const u16 __seg_fs *v = (const u16 __seg_fs *)(u32)from.offset;
    u16 enable = v[DISPI_ENABLE - SAVED_FIRST];
    dispi_write(DISPI_ENABLE, 0);
    if (!(enable & DISPI_ENABLE_ON))
        return;
    for (u16 i = DISPI_XRES; i <= DISPI_BPP; i++)
        dispi_write(i, v[i - SAVED_FIRST]);
    dispi_write(DISPI_ENABLE, enable | DISPI_ENABLE_NOCLEAR);
    for (u16 i = DISPI_BANK; i <= SAVED_LAST; i++)
        dispi_write(i, v[i - SAVED_FIRST]);
}

u16 card_edid(void)
{
    return (u16)(u32)vga_patch.edid;
}
