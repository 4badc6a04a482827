/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Shadow RAM opened, payloads checked and copied: the VGA BIOS to C0000 by the card found, the
 * system BIOS to F0000. Every copy is compared with its sum again, because on a machine
 * that we do not know those addresses may be no RAM.
 */
#include "loader.h"
#include "hw/pci.h"

#define VGA_BASE        0xC0000u
#define VGA_LIMIT       0x10000u
#define OPTION_BASE     0xC0000u
#define OPTION_END      0xF0000u
#define OPTION_STEP     0x800u       /* a scan of option ROMs looks here */
#define BIOS_BASE       0xF0000u
#define BIOS_SIZE       0x10000u
#define ROM_SIGNATURE   0xAA55

#define PAM_REGISTERS   7
#define PAM_OPEN        0x33         /* two 16 KiB blocks, reads and writes go to RAM */
#define PAM0_OPEN       0x30

#define ID_CIRRUS       0x00B81013u  /* GD5446: device, vendor */
#define SEQUENCER_INDEX       0x3C4
#define SEQUENCER_DATA        0x3C5
#define SEQUENCER_UNLOCK      6
#define SEQUENCER_UNLOCK_KEY  0x12
#define DISPI_INDEX     0x1CE
#define DISPI_DATA      0x1CF
#define DISPI_ID_MIN    0xB0C0
#define DISPI_ID_MAX    0xB0C5

extern const struct payload payload_table[], payload_table_end[];

const char *vga_bios;
u32 vga_bios_size;

static void open_shadow(u8 pam0)
{
    pci_write8(0, pam0, PAM0_OPEN);
    for (u8 i = 1; i < PAM_REGISTERS; i++)
        pci_write8(0, pam0 + i, PAM_OPEN);
    print("vmxloader: shadow RAM open\n");
}

void setup_shadow(void)
{
    if (!platform.chipset)
        return;
    if (platform.chipset->pam_reg)
        open_shadow(platform.chipset->pam_reg);
    /* RAM keeps its contents over a reset: a ROM that an earlier boot copied must not run again */
    for (u32 at = OPTION_BASE; at < OPTION_END; at += OPTION_STEP)
        *(volatile u16 *)at = 0;
}

static const struct payload *find(const char *name)
{
    for (const struct payload *p = payload_table; p < payload_table_end; p++)
        if (!strcmp(p->name, name))
            return p;
    return NULL;
}

void install(const char *name, u32 address, u32 limit)
{
    const struct payload *p = find(name);

    if (!p)
        fatal("payload %s is not in this image", name);
    if (p->size > limit || p->size % 4)
        fatal("payload %s: size %u is wrong", name, p->size);
    memcpy((void *)address, p->image + boot.payload_delta, p->size);
    if (sum32((void *)address, p->size) == p->sum)
        print("vmxloader: %s, %u bytes, at %05x\n", name, p->size, address);
    else if (sum32(p->image + boot.payload_delta, p->size) == p->sum)
        fatal("payload %s: no writable memory at %05x", name, address);
    else
        fatal("payload %s is damaged", name);
}

/* Copy the card's own expansion ROM, for a card that we do not serve. PCI 3.0, 6.3. */
static bool install_expansion_rom(const struct pci_function *f)
{
    const struct pci_resource *bar = &f->bar[6];
    const u8 *rom = (const u8 *)(usize)bar->base;
    u32 size = 0;

    if (!bar->kind)
        return false;
    pci_write32(f->bdf, bar->reg, (u32)bar->base | PCI_ROM_ENABLE);
    if (*(const u16 *)rom == ROM_SIGNATURE)
        size = rom[2] * 512u;
    if (size && size <= VGA_LIMIT)
        memcpy((void *)VGA_BASE, rom, size);
    else
        size = 0;
    pci_write32(f->bdf, bar->reg, (u32)bar->base);
    vga_bios_size = size;
    return size != 0;
}

static bool dispi_present(void)
{
    u16 id;

    outw(DISPI_INDEX, 0);
    id = inw(DISPI_DATA);
    return id >= DISPI_ID_MIN && id <= DISPI_ID_MAX;
}

/* A Cirrus card on the ISA bus: its unlock register reads back 12h (CL-GD5446 Technical Reference, SR6). */
static bool isa_cirrus_present(void)
{
    outb(SEQUENCER_INDEX, SEQUENCER_UNLOCK);
    outb(SEQUENCER_DATA, SEQUENCER_UNLOCK_KEY);
    return inb(SEQUENCER_DATA) == SEQUENCER_UNLOCK_KEY;
}

/* Our VGA BIOS for the card, NULL if none serves it. */
static const char *own_vga_bios(const struct pci_function *vga)
{
    if (vga ? (vga->vendor | (u32)vga->device << 16) == ID_CIRRUS : isa_cirrus_present())
        return "vgabios-cirrus";
    return dispi_present() ? "vgabios-std" : NULL;
}

static void install_vga_bios(void)
{
    const struct pci_function *vga = pci_find_class(PCI_CLASS_VGA);

    if (install_vga_substitute())
        return;
    vga_bios = own_vga_bios(vga);
    if (vga_bios) {
        install(vga_bios, VGA_BASE, VGA_LIMIT);
        vga_bios_size = find(vga_bios)->size;
        patch_vga_bios(vga, (u8 *)VGA_BASE, vga_bios_size);
    } else if (vga && install_expansion_rom(vga)) {
        vga_bios = "expansion ROM of the card";
        print("vmxloader: %s %04x:%04x, %u bytes, at %05x\n", vga_bios, vga->vendor, vga->device, vga_bios_size, VGA_BASE);
    } else {
        print("vmxloader: no display adapter that can be used, console is COM1\n");
    }
}

void setup_payloads(void)
{
    install_vga_bios();
    install("rombios", BIOS_BASE, BIOS_SIZE);
}
