/* SPDX-License-Identifier: BSD-2-Clause */
/* The ROM's init entry: vectors, BIOS data, and the first text screen. PCI Firmware Specification 3.0, 5.2.1.20. */
#include "card.h"
#include "services.h"
#include "hw/pci.h"

#define PCI_CLASS_DISPLAY 0x03

void entry_10(void);

/* Old BIOSes, and any for a card on ISA, come with anything in AX. */
static bool is_display(u16 bdf)
{
    return pci_read32(bdf, PCI_VENDOR_ID) != 0xFFFFFFFF && pci_read16(bdf, PCI_SUBCLASS) >> 8 == PCI_CLASS_DISPLAY;
}

void init(struct frame *r)
{
    fs_low();
    LOW_VECTOR[VECTOR_VIDEO_BOARD] = LOW_VECTOR[VECTOR_VIDEO];
    LOW_VECTOR[VECTOR_VIDEO] = far_make(SEG_ROM, (u16)(u32)entry_10);
    LOW_VECTOR[VECTOR_VIDEO_ALT] = far_make(SEG_ROM, (u16)(u32)entry_10);

    LOW_BDA->equipment = (u16)((LOW_BDA->equipment & ~EQUIPMENT_VIDEO) | EQUIPMENT_VIDEO_COLOR80);
    LOW_BDA->video_ctl = VIDEO_CTL_MEMORY_256K;
    LOW_BDA->video_switches = 0xF9;                       /* feature bits 1111b, EGA switches 1001b: colour */
    LOW_BDA->video_modeset_ctl = MODESET_400_LINES | MODESET_ACTIVE;
    LOW_BDA->dcc_index = DCC_INDEX_VGA_COLOR;
    LOW_BDA->video_save = far_make(SEG_ROM, (u16)(u32)&save_table);
    LOW_VGA->vbe_mode = 0;
    LOW_VGA->bdf = is_display(r->ax) ? r->ax : BDF_NONE;

    outb(VGA_MISC, VGA_MISC_COLOR | VGA_MISC_RAM);
    card_init();
    mode_set(mode_find(3), false);
}
