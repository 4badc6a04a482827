/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * POST: ROM areas become read-only. Programmable attribute map, two bits (read, write enable) for
 * 16 KiB: Intel 82441FX data sheet 3.2.18; 82G33 (q35's host bridge) data sheet 5.1.11.
 */
#include "post.h"
#include "hw/pci.h"

#define PAM0_F_READ    0x10     /* F0000-FFFFF: reads from RAM, writes lost */
#define PAM_C0000      1        /* PAM1 to PAM4: C0000-DFFFF */
#define PAM_D0000      3
#define PAM_E0000      5
#define PAM_READ       0x11     /* both halves */

/*
 * Memory managers take for their own (page frame, upper memory blocks) only what is no RAM to write to; drivers write to the
 * DMA area above, and vmxassist to its data.
 */
void shadow_lock(void)
{
    u8 end = HANDOFF->flags & HANDOFF_VM86 ? PAM_D0000 : PAM_E0000;

    if (!HANDOFF->pam_reg)
        return;
    for (u8 i = PAM_C0000; i < end; i++)
        pci_write8(HANDOFF->pam_bdf, HANDOFF->pam_reg + i, PAM_READ);
    pci_write8(HANDOFF->pam_bdf, HANDOFF->pam_reg, PAM0_F_READ);
}
