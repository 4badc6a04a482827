/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * POST: ROM areas become read-only. Programmable attribute map, two bits (read, write enable) for
 * 16 KiB: Intel 82441FX data sheet 3.2.18; 82G33 (q35's host bridge) data sheet 5.1.11.
 */
#include "post.h"
#include "rom_header.h"
#include "hw/pci.h"

#define PAM0_F_READ    0x10     /* F0000-FFFFF: reads from RAM, writes lost */
#define PAM_READ       0x01
#define PAM_READ_WRITE 0x03
#define PAM_C0000      1        /* PAM1 low half */
#define GRANULE        0x400    /* 16 KiB in paragraphs */

void shadow_lock(void)
{
    u16 segment = VGA_ROM_SEGMENT, end = option_roms_end();

    if (!HANDOFF->pam_reg)
        return;
    for (u8 i = 0; i < 4; i++) {       /* C0000-DFFFF; above lies the DMA area, which drivers write */
        u8 low = segment < end ? PAM_READ : PAM_READ_WRITE;
        u8 high = segment + GRANULE < end ? PAM_READ : PAM_READ_WRITE;
        pci_write8(HANDOFF->pam_bdf, HANDOFF->pam_reg + PAM_C0000 + i, high << 4 | low);
        segment += 2 * GRANULE;
    }
    pci_write8(HANDOFF->pam_bdf, HANDOFF->pam_reg, PAM0_F_READ);
}
