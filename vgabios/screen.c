/* SPDX-License-Identifier: BSD-2-Clause */
/* What the BIOS data area says about the screen, in one place for the services. */
#include "vbe.h"
#include "vgabios.h"

void screen_get(struct screen *s)
{
    fs_low();
    s->mode = LOW_BDA->video_mode;
    s->columns = (u8)LOW_BDA->video_columns;
    s->rows = (u8)(LOW_BDA->video_rows + 1);
    s->height = (u8)LOW_BDA->char_height;
    s->page = LOW_BDA->video_page;
    s->page_size = LOW_BDA->video_page_size;
    u16 vbe_mode = LOW_VGA->vbe_mode;
    const __seg_gs struct mode *m = mode_find(s->mode);
    if (vbe_mode && !m) {
        vbe_screen(s, vbe_mode);
        return;
    }
    if (!m)
        m = &modes[3];
    s->model = m->model;
    s->bits = m->bits;
    s->segment = m->segment;
    s->pitch = (u16)(m->model == MODEL_PACKED ? s->columns * 8 : m->model == MODEL_CGA ? 80 : s->columns);
}
