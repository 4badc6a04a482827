/* SPDX-License-Identifier: BSD-2-Clause */
/* INT 10h 0Ch, 0Dh: one pixel. IBM PS/2 and PC BIOS Interface Technical Reference, INT 10h. */
#include "graphics.h"
#include "services.h"

void int10_0c(struct frame *r)
{
    struct screen s;
    screen_get(&s);
    if (s.model == MODEL_PLANAR)
        planar_pixel(&s, r->bh, r->cx, r->dx, r->al);
    else if (s.model == MODEL_CGA)
        cga_pixel(&s, r->cx, r->dx, r->al);
    else if (s.model != MODEL_TEXT)
        linear_pixel(&s, r->cx, r->dx, r->al);
}

void int10_0d(struct frame *r)
{
    struct screen s;
    screen_get(&s);
    if (s.model == MODEL_PLANAR)
        r->al = planar_pixel_at(&s, r->bh, r->cx, r->dx);
    else if (s.model == MODEL_CGA)
        r->al = cga_pixel_at(&s, r->cx, r->dx);
    else if (s.model != MODEL_TEXT)
        r->al = linear_pixel_at(&s, r->cx, r->dx);
}
