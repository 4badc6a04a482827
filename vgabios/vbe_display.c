/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * VBE 0B, 10 and 15: pixel clock (VBE 3.0, 4.14), display power (VBE/PM 1.0) and monitor identification (VBE/DDC 1.0).
 */
#include "memory.h"
#include "services.h"
#include "vbe.h"

#define POWER_STATES  0x07   /* 4F10h: standby, suspend, off */

/* Power: the sync pulses tell the monitor; here the picture goes off, as a monitor would do. */
u16 vbe_10_power(struct frame *r)
{
    u8 clocking = vga_read(VGA_SEQ, SEQ_CLOCKING);
    switch (r->bl) {
    case 0:
        r->bl = 0x10;                                      /* version 1.0 */
        r->bh = POWER_STATES;
        return VBE_OK;
    case 1:
        if (r->bh & ~POWER_STATES || (r->bh & (r->bh - 1)))
            return VBE_FAILED;
        clocking &= (u8)~SEQ_CLOCKING_OFF;
        vga_write(VGA_SEQ, SEQ_CLOCKING, r->bh ? clocking | SEQ_CLOCKING_OFF : clocking);
        return VBE_OK;
    case 2:
        r->bh = clocking & SEQ_CLOCKING_OFF ? 0x04 : 0;
        return VBE_OK;
    }
    return VBE_FAILED;
}

/* The pixel clock nearest to ECX Hz in mode DX: any, because these cards have no clock of their own that a picture waits for. */
u16 vbe_0b_clock(struct frame *r)
{
    struct vbe_mode m;
    if (r->bl != 0 || !vbe_find(r->dx & VBE_MODE_NUMBER, &m))
        return VBE_FAILED;
    r->ecx = MIN(r->ecx, VBE_MAX_CLOCK);
    return VBE_OK;
}

/* DDC: BL 0 what is there, 1 read EDID block DX for controller CX to ES:DI. */
u16 vbe_15_ddc(struct frame *r)
{
    u16 edid = card_edid();
    if (r->bl > 1 || r->cx != 0 || r->bl * r->dx != 0 || !edid)
        return VBE_FAILED;
    if (r->bl == 0)
        r->bx = 0x0102;                                    /* about a second a block, DDC2 */
    else
        far_copy(far_make(r->es, r->di), far_make(SEG_ROM, edid), EDID_SIZE);
    return VBE_OK;
}
