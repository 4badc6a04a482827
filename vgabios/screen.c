/* SPDX-License-Identifier: BSD-2-Clause */
/* What the BIOS data area says about the screen, in one place for the services. */
#include "vbe.h"
#include "vgabios.h"

void screen_get(struct screen *s)
{
    fs_low();
    s->mode = LOW_BDA->video_mode;
    s->columns = LOW_BDA->video_columns;
    s->rows = LOW_BDA->video_rows + 1u;
    s->lines = LOW_BDA->char_height;
    s->page = LOW_BDA->video_page;
    s->page_size = LOW_BDA->video_page_size;
    s->banked = false;
    u16 vbe_mode = LOW_VGA->vbe_mode;
    const __seg_gs struct mode *m = mode_find((u8)s->mode);
    if (!m && vbe_mode) {
        vbe_screen(s, vbe_mode);
        return;
    }
    if (!m)
        m = &modes[3];
    s->model = m->model;
    s->bits = s->unit = m->bits;
    s->segment = m->segment;
    s->pitch = s->columns * s->bits;
    if (m->model == MODEL_TEXT) {
        s->unit = 2;
        s->lines = 1;
        s->pitch = s->columns * 2;
    } else if (m->model == MODEL_PLANAR) {
        s->unit = 1;
        s->pitch = s->columns;
    }
}
