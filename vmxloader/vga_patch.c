/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What our VGA BIOS should know of the monitor: EDID as the card tells it in its registers (QEMU docs/specs/standard-vga, BAR 2),
 * and the monitor's preferred size, or that of vga-mode=, as one more mode. VESA Enhanced EDID Standard, section 3.
 */
#include "loader.h"
#include "abi/vga_patch.h"

#define REGISTERS_BAR   2            /* its first 1 KiB is the EDID */
#define EDID_MAGIC_LOW  0xFFFFFF00u
#define EDID_MAGIC_HIGH 0x00FFFFFFu
#define EDID_PREFERRED  54           /* first detailed timing */

static bool edid_valid(const u8 *edid)
{
    return ((const u32 *)edid)[0] == EDID_MAGIC_LOW && ((const u32 *)edid)[1] == EDID_MAGIC_HIGH && sum8(edid, EDID_SIZE) == 0;
}

/* Registers are read as they lie, a doubleword at a time. */
static bool read_edid(const struct pci_function *vga, u8 *to)
{
    const struct pci_resource *bar = &vga->bar[REGISTERS_BAR];
    const volatile u32 *from = (const volatile u32 *)(usize)bar->base;
    u32 edid[EDID_SIZE / 4];

    if (bar->kind != RESOURCE_MEM || bar->base >= FOUR_GIB)
        return false;
    for (u32 i = 0; i < ARRAY_SIZE(edid); i++)
        edid[i] = from[i];
    if (!edid_valid((const u8 *)edid))
        return false;
    memcpy(to, edid, EDID_SIZE);
    return true;
}

static void take_preferred(struct vga_patch *patch)
{
    const u8 *timing = patch->edid + EDID_PREFERRED;

    if (!timing[0] && !timing[1])        /* a descriptor of another kind */
        return;
    patch->width = timing[2] | (timing[4] & 0xF0) << 4;
    patch->height = timing[5] | (timing[7] & 0xF0) << 4;
}

void patch_vga_bios(const struct pci_function *vga, u8 *rom, u32 size)
{
    u16 at = *(const u16 *)(rom + VGA_PATCH_POINTER);
    struct vga_patch *patch = (struct vga_patch *)(rom + at);
    u8 before;

    if (!at)
        return;
    before = sum8(patch, sizeof(*patch));
    if (vga && read_edid(vga, patch->edid))
        take_preferred(patch);
    if (options.vga_width) {
        patch->width = options.vga_width;
        patch->height = options.vga_height;
    }
    patch->width &= ~7u;
    rom[size - 1] -= sum8(patch, sizeof(*patch)) - before;
    if (patch->width != VGA_PATCH_NO_MODE)
        print("vmxloader: VBE modes %xh-%xh are %ux%u\n", VGA_PATCH_MODE_8, VGA_PATCH_MODE_32, patch->width, patch->height);
}
