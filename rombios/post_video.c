/* SPDX-License-Identifier: BSD-2-Clause */
/* POST: the VGA BIOS at C000:0003 takes INT 10h over. Without one the serial console serves it. */
#include "post.h"
#include "pci_scan.h"
#include "rom_header.h"
#include "serial_console.h"
#include "hw/pci.h"
#include "spec/bda.h"

#define MODE_TEXT80  0x0003

/* bus:device:function of the first display adapter, 0 if there is none. */
static u16 find_vga(void)
{
    for (u16 bdf = pci_first(); bdf != PCI_NO_FUNCTION; bdf = pci_next(bdf))
        if (pci_is_vga(bdf))
            return bdf;
    return 0;
}

bool pci_is_vga(u16 bdf)
{
    u16 class = pci_read16(bdf, PCI_SUBCLASS);

    return class == PCI_CLASS_VGA || class == PCI_CLASS_VGA_OLD;
}

void video_init(void)
{
    if (HANDOFF->flags & HANDOFF_NO_VGA || !rom_present(VGA_ROM_SEGMENT))
        return serial_console_only();
    rom_call_init(VGA_ROM_SEGMENT, find_vga());
    fs_load(SEG_BDA);
    if (BDA->video_columns)
        return;
    struct regs16 r = { .ax = MODE_TEXT80 };   /* not every VGA BIOS sets a mode when it starts */
    call_int(0x10, &r);
}
