/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * POST: option ROMs, those that lie in the adapter area and those of PCI cards, in big real mode
 * with PMM open. BIOS Boot Specification 1.01, 3.3; PCI Firmware Specification 3.0, chapter 5.
 */
#include "post.h"
#include "boot.h"
#include "pci_scan.h"
#include "pmm.h"
#include "rom_header.h"
#include "hw/pci.h"
#include "spec/pnp.h"

#define ROM_AREA_START   0xC800
#define ROM_AREA_END     0xE000
#define VMXASSIST_START  0xD000   /* vmxassist lives there when it runs us */
#define ROM_STEP         0x80     /* 2 KiB in paragraphs */
#define LOAD_SEGMENT     0x0A00   /* where a ROM begins that is too large for the area and leaves less there: up to */
#define LOAD_END         0x2000   /* the conventional memory of PMM */
#define BLOCK_PARAGRAPHS (ROM_BLOCK / 16)
#define BDF_ISA          0
#define INIT_VECTOR      3
#define NAME(segment, offset) ((offset) ? far_make(segment, offset) : far_make(0, 0))

void big_real_enter(void);
void big_real_leave(void);
void big_copy(u32 to, u32 from, u32 bytes);

extern ROM_EXT char pnp_header[];

static POSTVAR u16 next_free;      /* segment behind the last ROM */
static POSTVAR bool big_real;      /* 4 GiB limits are on: only once a ROM needs them, vmxassist interprets that */

/* A ROM may be larger than a segment: block by block. */
static u8 checksum(u16 segment, u8 blocks)
{
    u32 sum = 0;

    for (; blocks; blocks--, segment += BLOCK_PARAGRAPHS) {
        fs_load(segment);
        for (u32 i = 0; i < ROM_BLOCK; i += 4) {
            u32 v = *(u32 __seg_fs *)i;
            sum = (sum + (v & 0x00FF00FF) + (v >> 8 & 0x00FF00FF)) & 0x00FF00FF;
        }
    }
    return sum + (sum >> 16);
}

/* The loader checked the VGA BIOS when it copied it. */
bool rom_present(u16 segment)
{
    u8 blocks;

    fs_load(segment);
    if (ROM_HEADER->signature != ROM_SIGNATURE)
        return false;
    blocks = ROM_HEADER->blocks;
    return segment == VGA_ROM_SEGMENT || (blocks && !checksum(segment, blocks));
}

static u16 rom_end(u16 segment)
{
    fs_load(segment);
    return ALIGN_UP(segment + ROM_HEADER->blocks * BLOCK_PARAGRAPHS, ROM_STEP);
}

/* BX: a PCI ROM's segment at run time, no card select number for others. */
static void call_vector(u16 segment, u16 offset, u16 bdf, u16 run_time)
{
    struct regs16 r = { .ax = bdf, .bx = bdf ? run_time : 0xFFFF, .dx = 0xFFFF, .es = 0xF000, .cs = segment, .ip = offset };

    r.di = (u16)(u32)pnp_header;
    call_far(&r);
}

void rom_call_init(u16 segment, u16 bdf)
{
    call_vector(segment, INIT_VECTOR, bdf, segment);
}

/* Boot entries go to the boot list, boot connections are made at once: they add drives. */
static void use_expansion_headers(u16 segment, u16 bdf)
{
    u16 offset;

    fs_load(segment);
    offset = ROM_HEADER->pnp;
    for (u8 n = 0; offset && n < 8; n++) {
        const struct pnp_expansion __seg_fs *e = (void __seg_fs *)(u32)offset;
        u16 bcv, bev, product;

        fs_load(segment);
        if (e->signature != PNP_SIGNATURE)
            return;
        offset = e->next;
        bcv = e->bcv;
        bev = e->bev;
        product = e->product;
        if (bev)
            boot_option_add(bdf ? bdf : BOOT_ANY_BDF, far_make(segment, bev), NAME(segment, product));
        else if (bcv)
            call_vector(segment, bcv, bdf, segment);
    }
}

static void need_big_real(void)
{
    if (big_real)
        return;
    big_real = true;
    big_real_enter();
}

/* It lies at `load`, and at `segment` from its init call on. */
static void run(u16 load, u16 segment, u16 bdf)
{
    need_big_real();
    log_print(ROMSTR("option ROM at %04x for %04x\n"), segment, bdf);
    call_vector(load, INIT_VECTOR, bdf, segment);
    if (load != segment && !rom_present(segment))
        return;
    use_expansion_headers(segment, bdf);
    next_free = MAX(next_free, rom_end(segment));
}

/*
 * Where the x86 image of a PCI ROM fits for its init call, if it stays at `segment`, below `end`; 0: nowhere. What is larger than
 * that room may begin elsewhere since PCI Firmware 3.0 (5.2.1.22), and moves.
 */
static u16 load_segment(const struct pcir __seg_fs *p, u16 segment, u16 end)
{
    u8 blocks = ROM_HEADER->blocks;

    if (segment + blocks * BLOCK_PARAGRAPHS <= end)
        return segment;
    if (p->revision >= PCIR_REVISION_3 && segment + p->run_time_blocks * BLOCK_PARAGRAPHS <= end &&
        LOAD_SEGMENT + blocks * BLOCK_PARAGRAPHS <= LOAD_END)
        return LOAD_SEGMENT;
    log_print(ROMSTR("option ROM: %d KiB do not fit at %04x\n"), blocks / 2, segment);
    return 0;
}

/* Copy the x86 image of a PCI ROM at physical address `from`; where it is, or 0: it has none, or it does not fit. */
static u16 copy_image(u32 from, u16 segment, u16 end)
{
    for (u8 images = 0; images < 8; images++) {
        const struct pcir __seg_fs *p;
        u16 blocks;

        big_copy(segment * 16u, from, ROM_BLOCK);
        fs_load(segment);
        if (ROM_HEADER->signature != ROM_SIGNATURE || ROM_HEADER->pcir > ROM_BLOCK - sizeof(struct pcir))
            return 0;
        p = (void __seg_fs *)(u32)ROM_HEADER->pcir;
        if (p->signature != PCIR_SIGNATURE)
            return 0;
        blocks = p->blocks;
        if (p->code_type == PCIR_CODE_X86) {
            u16 load = load_segment(p, segment, end);
            if (load)
                big_copy(load * 16u, from, ROM_HEADER->blocks * ROM_BLOCK);
            return load && rom_present(load) ? load : 0;
        }
        if (p->indicator & PCIR_LAST_IMAGE || !blocks)
            return 0;
        from += blocks * ROM_BLOCK;
    }
    return 0;
}

/* Most functions have no ROM: that costs one access. */
static void run_pci_rom(u16 bdf, u16 end)
{
    u32 bar = pci_read32(bdf, PCI_ROM_BAR);
    u16 command;
    u16 load;

    if (!(bar & PCI_ROM_ADDRESS) || pci_read8(bdf, PCI_HEADER_TYPE) & (u8)~PCI_HEADER_MULTI || pci_is_vga(bdf))
        return;
    command = pci_read16(bdf, PCI_COMMAND);
    need_big_real();
    pci_write32(bdf, PCI_ROM_BAR, bar | PCI_ROM_ENABLE);
    pci_write16(bdf, PCI_COMMAND, command | PCI_COMMAND_MEMORY);
    load = copy_image(bar & PCI_ROM_ADDRESS, next_free, end);
    pci_write32(bdf, PCI_ROM_BAR, bar & ~(u32)PCI_ROM_ENABLE);
    pci_write16(bdf, PCI_COMMAND, command);
    if (load)
        run(load, next_free, bdf);
}

void option_roms_init(void)
{
    u16 end = HANDOFF->flags & HANDOFF_VM86 ? VMXASSIST_START : ROM_AREA_END;

    next_free = rom_present(VGA_ROM_SEGMENT) ? rom_end(VGA_ROM_SEGMENT) : ROM_AREA_START;
    pmm_open();
    for (u16 segment = next_free; segment < end;) {
        bool found = rom_present(segment);
        if (found)
            run(segment, segment, BDF_ISA);
        segment = found ? next_free : segment + ROM_STEP;
    }
    for (u16 bdf = pci_first(); bdf != PCI_NO_FUNCTION; bdf = pci_next(bdf))
        run_pci_rom(bdf, end);
    if (big_real)
        big_real_leave();
    pmm_close();
}
