/* SPDX-License-Identifier: BSD-2-Clause */
/* INT 10h 0Ch, 0Dh: one pixel. IBM PS/2 and PC BIOS Interface Technical Reference, INT 10h. */
#include "raster.h"
#include "services.h"

/* Where pixel CX of line DX on page BH begins; *shift: how far its bits stand from bit 0 (CGA, planar). */
static u32 pixel_at(const struct screen *s, const struct frame *r, u32 *shift)
{
    u32 bit = s->unit * r->cx;                             /* a unit is 8 pixels */
    u32 width = s->model == MODEL_CGA ? s->bits : 1;
    *shift = 8 - width - (bit & 7);
    return raster_at(s, r->bh, 0, r->dx) + bit / 8;
}

void int10_0c(struct frame *r)
{
    struct screen s;
    u32 shift;
    screen_get(&s);
    if (s.model == MODEL_TEXT)
        return;
    u32 at = pixel_at(&s, r, &shift), value = raster_colour(&s, r->al);
    bool xor = r->al & ATTRIBUTE_XOR;
    if (s.model == MODEL_PLANAR) {
        planar_begin(&s, GC_MODE_WRITE3, xor ? GC_ROTATE_XOR : 0, r->al & 0x0F);
        volatile u8 __seg_fs *p = raster_window(&s, at);
        (void)*p;
        *p = (u8)(1 << shift);
        planar_end();
    } else if (s.model == MODEL_CGA) {
        u8 mask = (u8)((s.bits | 1) << shift), bits = (u8)(value << shift) & mask;
        u8 __seg_fs *p = raster_window(&s, at);
        *p = xor ? *p ^ bits : (u8)((*p & ~mask) | bits);
    } else {
        for (u32 n = s.unit; n; n -= 8, value >>= 8)
            *raster_window(&s, at++) = (u8)value;
    }
}

void int10_0d(struct frame *r)
{
    struct screen s;
    u32 shift;
    screen_get(&s);
    if (s.model == MODEL_TEXT)
        return;
    u32 at = pixel_at(&s, r, &shift);
    u8 colour = 0;
    if (s.model == MODEL_PLANAR) {
        for (u8 plane = 4; plane--; ) {
            vga_write(VGA_GC, GC_READ_MAP, plane);
            colour = (u8)(colour << 1 | (*(volatile u8 __seg_fs *)raster_window(&s, at) >> shift & 1));
        }
    } else {
        colour = *raster_window(&s, at);
        if (s.model == MODEL_CGA)
            colour = colour >> shift & (s.bits | 1);
    }
    r->al = colour;
}
