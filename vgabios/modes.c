/* SPDX-License-Identifier: BSD-2-Clause */
/* The standard modes, and how one is set: INT 10h AH=00h. */
#include "vgabios.h"
#include "card.h"
#include "memory.h"
#include "services.h"
#include "vbe.h"

ROM_EXT struct mode modes[] = {
    { 0x00, MODEL_TEXT,   4, 8, 0x17, DAC_EGA,  SEG_VGA_TEXT },
    { 0x01, MODEL_TEXT,   4, 8, 0x17, DAC_EGA,  SEG_VGA_TEXT },
    { 0x02, MODEL_TEXT,   4, 8, 0x18, DAC_EGA,  SEG_VGA_TEXT },
    { 0x03, MODEL_TEXT,   4, 8, 0x18, DAC_EGA,  SEG_VGA_TEXT },
    { 0x04, MODEL_CGA,    2, 1, 0x04, DAC_CGA,  SEG_VGA_TEXT },
    { 0x05, MODEL_CGA,    2, 1, 0x05, DAC_CGA,  SEG_VGA_TEXT },
    { 0x06, MODEL_CGA,    1, 1, 0x06, DAC_CGA,  SEG_VGA_TEXT },
    { 0x07, MODEL_TEXT,   1, 8, 0x19, DAC_MONO, SEG_VGA_MONO },
    { 0x0D, MODEL_PLANAR, 4, 8, 0x0D, DAC_CGA,  SEG_VGA_GRAPHICS },
    { 0x0E, MODEL_PLANAR, 4, 4, 0x0E, DAC_CGA,  SEG_VGA_GRAPHICS },
    { 0x0F, MODEL_PLANAR, 1, 2, 0x11, DAC_MONO, SEG_VGA_GRAPHICS },
    { 0x10, MODEL_PLANAR, 4, 2, 0x12, DAC_EGA,  SEG_VGA_GRAPHICS },
    { 0x11, MODEL_PLANAR, 1, 1, 0x1A, DAC_EGA,  SEG_VGA_GRAPHICS },
    { 0x12, MODEL_PLANAR, 4, 1, 0x1B, DAC_EGA,  SEG_VGA_GRAPHICS },
    { 0x13, MODEL_PACKED, 8, 1, 0x1C, DAC_256,  SEG_VGA_GRAPHICS },
    { 0x6A, MODEL_PLANAR, 4, 1, PARAMS_6A, DAC_EGA, SEG_VGA_GRAPHICS },
};

struct palette { u16 offset, bytes; };

const __seg_gs struct mode *mode_find(u8 number)
{
    if (number <= 7)
        return &modes[number];
    for (u32 i = 8; i < ARRAY_SIZE(modes); i++)
        if (modes[i].number == number)
            return &modes[i];
    return NULL;
}

/* Which row of the parameter table: text modes come with 200, 350 and 400 lines (BDA 89h). FS is low. */
static u8 params_index(const __seg_gs struct mode *m)
{
    u8 ctl = LOW_BDA->video_modeset_ctl;
    if (m->model != MODEL_TEXT || ctl & MODESET_400_LINES)
        return m->params;
    if (m->number == 7)
        return 7;
    return ctl & MODESET_200_LINES ? m->number : m->number + 0x13;
}

/* The row itself: programs may supply a table by the save pointer (BDA A8h). FS is low. */
static struct farptr params_find(const __seg_gs struct mode *m)
{
    if (m->params == PARAMS_6A)
        return far_make(SEG_ROM, (u16)(u32)&params_table[PARAMS_6A]);
    u16 row = (u16)(params_index(m) * sizeof(struct video_params));
    struct farptr save = LOW_BDA->video_save;
    fs_load(save.segment);
    struct farptr table = *(struct farptr __seg_fs *)(u32)save.offset;
    fs_low();
    table.offset += row;
    return table;
}

/* All VGA registers; leaves the screen blank. */
static void set_registers(struct farptr p, u16 crtc)
{
    inb(VGA_STATUS1_MONO);
    inb(VGA_STATUS1_COLOR);
    outb(VGA_ATTR, 0);                                     /* palette off: screen blank */
    vga_write(VGA_SEQ, SEQ_RESET, 1);
    fs_load(p.segment);
    const struct video_params __seg_fs *v = (const struct video_params __seg_fs *)(u32)p.offset;
    outb(VGA_MISC, v->misc);
    for (u8 i = 0; i < sizeof v->seq; i++)
        vga_write(VGA_SEQ, (u8)(i + 1), v->seq[i]);
    vga_write(VGA_SEQ, SEQ_RESET, SEQ_RESET_RUN);
    vga_write(crtc, CRTC_VSYNC_END, 0);                    /* unlock 0-7 */
    outs_indexed(crtc, FAR_FIELD(p, struct video_params, crtc), VGA_CRTC_COUNT);
    outs_indexed(VGA_GC, FAR_FIELD(p, struct video_params, gc), VGA_GC_COUNT);
    inb((u16)(crtc + 6));                                  /* expect an index */
    outs_attr(FAR_FIELD(p, struct video_params, attr), VGA_ATTR_COUNT - 1);
    outb(VGA_ATTR, ATTR_COLOR_SELECT);
    outb(VGA_ATTR, 0);
}

static void set_dac(u8 dac)
{
    fs_low();
    u8 ctl = LOW_BDA->video_modeset_ctl;
    if (ctl & MODESET_NO_PALETTE)
        return;
    u16 count = dac_load(dac);
    if (ctl & MODESET_GRAY)
        dac_sum_gray(0, count);
}

/* Text cells are blanks; graphics was cleared by the card, or is here. */
static void clear_memory(const __seg_gs struct mode *m, bool cleared)
{
    if (m->model == MODEL_TEXT)
        far_fill(far_make(m->segment, 0), 0x07200720, 0x8000);
    else if (!cleared)
        for (u32 half = 0; half < 0x10000; half += 0x8000)
            far_fill(far_make(m->segment, (u16)half), 0, m->model == MODEL_CGA ? 0x4000 : 0x8000);
}

static void set_font(const __seg_gs struct mode *m, u8 height)
{
    if (m->model == MODEL_TEXT)
        font_load(font_rom(height), 0, 0, 256, height);
    fs_low();
    LOW_VECTOR[VECTOR_FONT_HIGH] = font_rom_high();
    LOW_VECTOR[VECTOR_FONT] = font_rom(height);
}

/* BIOS data of the new mode. */
static void set_bda(const __seg_gs struct mode *m, struct farptr p, u16 crtc, bool no_clear)
{
    ROM u8 mode_ctl[8] = { 0x2C, 0x28, 0x2D, 0x29, 0x2A, 0x2E, 0x1E, 0x29 };   /* the CGA's mode register */

    fs_load(p.segment);
    const struct video_params __seg_fs *v = (const struct video_params __seg_fs *)(u32)p.offset;
    u8 columns = v->columns, rows = v->rows, height = v->char_height;
    u16 page_size = v->page_size;

    fs_low();
    LOW_BDA->video_mode = m->number;
    LOW_BDA->video_columns = columns;
    LOW_BDA->video_page_size = page_size;
    LOW_BDA->video_page_offset = 0;
    for (u8 i = 0; i < 8; i++)
        LOW_BDA->cursor_pos[i] = 0;
    LOW_BDA->cursor_type = m->model == MODEL_TEXT ? 0x0607 : 0;
    LOW_BDA->video_page = 0;
    LOW_BDA->crtc_port = crtc;
    if (m->number < ARRAY_SIZE(mode_ctl)) {
        LOW_BDA->video_mode_ctl = mode_ctl[m->number];
        LOW_BDA->video_palette = m->number == 6 ? 0x3F : 0x30;
    }
    LOW_BDA->video_rows = rows;
    LOW_BDA->char_height = height;
    LOW_BDA->video_ctl = (u8)((LOW_BDA->video_ctl & ~VIDEO_CTL_NO_CLEAR) | (no_clear ? VIDEO_CTL_NO_CLEAR : 0));
    LOW_VGA->vbe_mode = 0;
}

void mode_set(const __seg_gs struct mode *m, bool no_clear)
{
    card_leave();
    bool cleared = !no_clear && m->model != MODEL_TEXT && card_clear();
    fs_low();
    struct farptr p = params_find(m);
    fs_load(p.segment);
    const struct video_params __seg_fs *v = (const struct video_params __seg_fs *)(u32)p.offset;
    u8 height = v->char_height;
    u16 crtc = v->misc & VGA_MISC_COLOR ? VGA_CRTC_COLOR : VGA_CRTC_MONO;

    set_registers(p, crtc);
    set_dac(m->dac);
    set_font(m, height);
    if (!no_clear)
        clear_memory(m, cleared);
    set_bda(m, p, crtc, no_clear);
    outb(VGA_ATTR, ATTR_PALETTE_ON);
}

void int10_00(struct frame *r)
{
    const __seg_gs struct mode *m = mode_find(r->al & 0x7F);
    if (!m) {
        vbe_set_native(r->al & 0x7F, r->al & 0x80);
        return;
    }
    mode_set(m, r->al & 0x80);
    r->al = m->number > 7 ? 0x20 : m->number == 6 ? 0x3F : 0x30;   /* as AMI, Phoenix and the peers return */
}
