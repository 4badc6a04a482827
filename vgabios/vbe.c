/* SPDX-License-Identifier: BSD-2-Clause */
/* INT 10h AX=4Fxxh: information, modes, state. VBE Core Functions Standard 3.0, section 4. */
#include "memory.h"
#include "services.h"
#include "state.h"
#include "vbe.h"

#define MEMORY_16M 256     /* in 64 KiB: what QEMU and Bochs give the standard card */

void entry_window(void);

extern const __seg_gs char rom_name[];                     /* entry.S */
ROM char revision_name[] = "1.0";

static struct farptr rom_string(const char __seg_gs *text)
{
    return far_make(SEG_ROM, (u16)(u32)text);
}

u32 vbe_pitch(const struct vbe_mode *m)
{
    return m->bits == 4 ? m->width / 8u : m->width * ((m->bits + 7u) / 8);
}

u32 vbe_bytes(const struct vbe_mode *m)
{
    u32 halves = m->bits == 4 ? 1 : (m->bits + 7u) / 8 * 2;      /* half bytes a pixel */
    return m->width * halves * m->height / 2;
}

bool vbe_find(u16 number, struct vbe_mode *m)
{
    for (u32 i = 0; card_numbers[i]; i++) {
        if (card_numbers[i] != number)
            continue;
        card_shape(i, m);
        return vbe_bytes(m) <= card_memory_64k() * 0x10000u;
    }
    return false;
}

bool vbe_current(struct vbe_mode *m)
{
    fs_low();
    u16 number = LOW_VGA->vbe_mode & VBE_MODE_NUMBER;
    bool found = number && vbe_find(number, m);
    fs_low();
    return found;
}

void vbe_screen(struct screen *s, u16 number)
{
    struct vbe_mode m = { 0 };
    vbe_find(number & VBE_MODE_NUMBER, &m);
    s->segment = SEG_VGA_GRAPHICS;
    s->bits = m.bits;
    s->model = m.bits == 4 ? MODEL_PLANAR : MODEL_LINEAR;
    s->unit = m.bits == 4 ? 1 : m.bits == 15 ? 16 : m.bits;
    s->pitch = card_pitch(m.bits);
    s->page_size = 0;
    s->banked = true;
}

/* 00: the controller; 512 bytes if the caller put "VBE2" there. */
static u16 vbe_00_info(struct frame *r)
{
    fs_load(r->es);
    struct vbe_info __seg_fs *v = (struct vbe_info __seg_fs *)(u32)r->di;
    bool vbe2 = v->signature == VBE_SIGNATURE_2;
    far_fill(far_make(r->es, r->di), 0, vbe2 ? sizeof(struct vbe_info) : 256);
    v->signature = VBE_SIGNATURE;
    v->version = 0x0300;
    v->oem = rom_string(rom_name);
    v->capabilities = card_capabilities;
    v->modes = far_make(r->es, (u16)(r->di + offsetof(struct vbe_info, mode_list)));
    v->memory_64k = card_memory_64k();
    if (vbe2) {
        v->oem_revision = 0x0100;
        v->vendor = rom_string(rom_name);
        v->product = rom_string(card_name);
        v->revision = rom_string(revision_name);
    }
    u32 i = v->memory_64k >= MEMORY_16M ? card_modes_16m : 0;
    u16 __seg_fs *list = v->mode_list + i;
    u32 memory = v->memory_64k * 0x10000u;
    struct vbe_mode m;
    far_copy(v->modes, far_make(SEG_ROM, (u16)(u32)card_numbers), (u16)(i * 2));
    if (v->memory_64k == MEMORY_16M)
        i += card_modes_beyond;
    for (; card_numbers[i]; i++) {
        card_shape(i, &m);
        if (vbe_bytes(&m) <= memory)
            *list++ = m.number;
    }
    *list = 0xFFFF;
    return VBE_OK;
}

static void colour_fields(struct vbe_mode_info __seg_fs *v, u8 bits)
{
    ROM u8 fields[3][8] = {                                /* red, green, blue, rest: size and place */
        { 5, 10, 5, 5, 5, 0, 1, 15 }, { 5, 11, 6, 5, 5, 0, 0, 0 }, { 8, 16, 8, 8, 8, 0, 8, 24 },
    };
    const __seg_gs u8 *f = fields[bits == 15 ? 0 : bits == 16 ? 1 : 2];
    u8 __seg_fs *to = &v->red_bits;
    for (u8 i = 0; i < 8; i++)
        to[i] = v->lfb_masks[i] = bits == 24 && i >= 6 ? 0 : f[i];
    v->direct_colour = bits == 15 || bits == 32 ? 2 : 0;
}

/* 01: one mode. */
static u16 vbe_01_mode_info(struct frame *r)
{
    struct vbe_mode mode, *m = &mode;
    if (!vbe_find(r->cx & VBE_MODE_NUMBER, m))
        return VBE_FAILED;
    u16 pitch = (u16)vbe_pitch(m);
    u32 lfb = m->bits > 4 ? card_lfb() : 0, pages = card_memory_64k() * 0x10000u / vbe_bytes(m);

    far_fill(far_make(r->es, r->di), 0, sizeof(struct vbe_mode_info));
    fs_load(r->es);
    struct vbe_mode_info __seg_fs *v = (struct vbe_mode_info __seg_fs *)(u32)r->di;
    v->attributes = VBE_ATTR_SUPPORTED | VBE_ATTR_OPTIONAL | VBE_ATTR_TTY | VBE_ATTR_COLOR | VBE_ATTR_GRAPHICS | (lfb ? VBE_ATTR_LFB : 0);
    v->window_a = VBE_WINDOW_EXISTS | VBE_WINDOW_READ | VBE_WINDOW_WRITE;
    v->granularity_kb = m->bits == 4 ? 64 : card_granularity_kb();
    v->window_kb = 64;
    v->segment_a = SEG_VGA_GRAPHICS;
    v->window_function = far_make(SEG_ROM, (u16)(u32)entry_window);
    v->pitch = v->lfb_pitch = pitch;
    v->width = m->width;
    v->height = m->height;
    v->char_width = 8;
    v->char_height = m->height < 350 ? 8 : 16;
    v->planes = m->bits == 4 ? 4 : 1;
    v->bits = m->bits;
    v->banks = 1;
    v->model = m->bits == 4 ? VBE_MODEL_PLANAR : m->bits == 8 ? VBE_MODEL_PACKED : VBE_MODEL_DIRECT;
    v->pages = v->banked_pages = v->lfb_pages = (u8)MIN(pages - 1, 255);
    v->reserved_1 = 1;
    if (m->bits > 8)
        colour_fields(v, m->bits);
    v->lfb = lfb;
    v->max_pixel_clock = VBE_MAX_CLOCK;
    return VBE_OK;
}

static void set_bda_vbe(const struct vbe_mode *m, u16 flags)
{
    u8 height = m->height < 350 ? 8 : 16;
    struct farptr font = font_rom(height);
    fs_low();
    LOW_VGA->vbe_mode = m->number | flags;
    LOW_BDA->video_mode = 0xFF;
    LOW_BDA->video_columns = m->width / 8;
    LOW_BDA->video_page_size = LOW_BDA->video_page_offset = 0;
    for (u8 i = 0; i < 8; i++)
        LOW_BDA->cursor_pos[i] = 0;
    LOW_BDA->video_page = 0;
    LOW_BDA->crtc_port = VGA_CRTC_COLOR;
    LOW_BDA->video_rows = (u8)(m->height / height - 1);
    LOW_BDA->char_height = height;
    LOW_BDA->video_ctl = (u8)((LOW_BDA->video_ctl & ~VIDEO_CTL_NO_CLEAR) | (flags & VBE_MODE_NO_CLEAR ? VIDEO_CTL_NO_CLEAR : 0));
    LOW_VECTOR[VECTOR_FONT] = font;
}

bool vbe_set_native(u8 number, bool no_clear)
{
    struct vbe_mode m;
    for (u32 i = 0; card_numbers[i]; i++) {
        card_shape(i, &m);
        if (m.native != number)
            continue;
        u16 flags = no_clear ? VBE_MODE_NO_CLEAR : 0;
        card_set_mode(&m, false, no_clear);
        set_bda_vbe(&m, flags);
        return true;
    }
    return false;
}

/* 02: set a mode; a standard or native one too. */
static u16 vbe_02_set(struct frame *r)
{
    u16 number = r->bx & VBE_MODE_NUMBER, flags = r->bx & (VBE_MODE_LFB | VBE_MODE_NO_CLEAR);
    if (number < 0x100) {
        const __seg_gs struct mode *standard = mode_find((u8)number & 0x7F);
        if (!standard)
            return vbe_set_native((u8)number & 0x7F, flags & VBE_MODE_NO_CLEAR) ? VBE_OK : VBE_FAILED;
        mode_set(standard, flags & VBE_MODE_NO_CLEAR || number & 0x80);
        return VBE_OK;
    }
    struct vbe_mode m;
    if (!vbe_find(number, &m) || (flags & VBE_MODE_LFB && (m.bits == 4 || !card_lfb())))
        return VBE_FAILED;
    card_set_mode(&m, flags & VBE_MODE_LFB, flags & VBE_MODE_NO_CLEAR);
    set_bda_vbe(&m, flags);
    return VBE_OK;
}

/* 03: the mode. */
static u16 vbe_03_get(struct frame *r)
{
    fs_low();
    r->bx = LOW_VGA->vbe_mode;
    if (!r->bx)
        r->bx = LOW_BDA->video_mode;
    return VBE_OK;
}

/* 04: save and restore the state. */
static u16 vbe_04_state(struct frame *r)
{
    u16 parts = r->cx & (STATE_REGISTERS | STATE_BDA | STATE_DAC | STATE_CARD);
    if (r->dl == 0)
        r->bx = state_blocks(parts);
    else if (r->dl == 1)
        state_save(far_make(r->es, r->bx), parts);
    else if (r->dl == 2)
        state_restore(far_make(r->es, r->bx), parts);
    else
        return VBE_FAILED;
    return VBE_OK;
}

/* AL=4Fh on return says that the function exists. */
void int10_4f(struct frame *r)
{
    switch (r->al) {
    case 0x00: r->ax = vbe_00_info(r); break;
    case 0x01: r->ax = vbe_01_mode_info(r); break;
    case 0x02: r->ax = vbe_02_set(r); break;
    case 0x03: r->ax = vbe_03_get(r); break;
    case 0x04: r->ax = vbe_04_state(r); break;
    case 0x05: r->ax = vbe_05_window(r); break;
    case 0x06: r->ax = vbe_06_pitch(r); break;
    case 0x07: r->ax = vbe_07_start(r); break;
    case 0x08: r->ax = vbe_08_dac(r); break;
    case 0x09: r->ax = vbe_09_palette(r); break;
    case 0x0A: r->ax = vbe_0a_protected(r); break;
    case 0x0B: r->ax = vbe_0b_clock(r); break;
    case 0x10: r->ax = vbe_10_power(r); break;
    case 0x15: r->ax = vbe_15_ddc(r); break;
    default: r->ax = 0x0100;
    }
}
