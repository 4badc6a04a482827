/* SPDX-License-Identifier: BSD-2-Clause */
/* POST: the VGA BIOS at C000:0003 takes INT 10h over. Without one the serial console serves it. */
#include "post.h"
#include "rom_header.h"
#include "serial_console.h"
#include "hw/pci.h"

#define CLASS_VGA      0x0300
#define CLASS_VGA_OLD  0x0001

/* bus:device:function of the display adapter that decodes the VGA addresses, 0 if there is none. */
static u16 find_vga(void)
{
    if (HANDOFF->pci_mechanism == 0)
        return 0;
    for (u16 bus = 0; bus <= HANDOFF->pci_last_bus; bus++)
        for (u16 devfn = 0; devfn < 256; devfn++) {
            u16 bdf = bus << 8 | devfn;
            if (pci_read16(bdf, PCI_VENDOR_ID) == 0xFFFF) {
                if (!(devfn & 7))
                    devfn |= 7;
                continue;
            }
            u16 class = pci_read16(bdf, PCI_SUBCLASS);
            if (class == CLASS_VGA || class == CLASS_VGA_OLD)
                return bdf;
            if (!(devfn & 7) && !(pci_read8(bdf, PCI_HEADER_TYPE) & PCI_HEADER_MULTI))
                devfn |= 7;
        }
    return 0;
}

void video_init(void)
{
    if (HANDOFF->flags & HANDOFF_NO_VGA || !rom_present(VGA_ROM_SEGMENT))
        return serial_console_only();
    rom_call_init(VGA_ROM_SEGMENT, find_vga());
}
