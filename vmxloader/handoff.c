/* SPDX-License-Identifier: BSD-2-Clause */
/* What the BIOS is told: include/abi/handoff.h, written into its copy at F000:0000. */
#include "loader.h"
#include "abi/partition.h"
#include "hw/io.h"

#define HANDOFF_ADDRESS  0xF0000u
#define DMA_AREA         (DMA_AREA_SEGMENT * 16u)

/* An option ROM header without an entry of use: memory managers keep off what it covers. */
static void head_dma_area(void)
{
    u8 *header = (u8 *)DMA_AREA;

    header[0] = 0x55;
    header[1] = 0xAA;
    header[2] = DMA_AREA_SIZE / 512;
    header[3] = 0xCB;                 /* RETF */
}

static u32 flags(void)
{
    u32 f = HANDOFF_COLD;
    struct partition partition;

    if (options.serial || !vga_bios)
        f |= HANDOFF_SERIAL;
    if (options.menu)
        f |= HANDOFF_MENU;
    if (options.log)
        f |= HANDOFF_LOG;
    if (!vga_bios)
        f |= HANDOFF_NO_VGA;
    if (partition_probe(&partition))
        f |= HANDOFF_PARTITION;
    if (vmxassist_needed())
        f |= HANDOFF_VM86;
    return f;
}

static void hand_memory_map(struct handoff *h)
{
    h->e820_count = (u16)MIN(memory.count, HANDOFF_MAX_E820);
    memcpy(h->e820, memory.range, h->e820_count * sizeof(h->e820[0]));
    h->ramdisk_base = ramdisk_base;
    h->ramdisk_size = ramdisk_size;
    h->high_memory_base = high_memory_base;
    h->high_memory_size = high_memory_size;
}

/* In a guest a look into configuration space costs two switches to the device model; the BIOS' drivers would take hundreds. */
static void hand_pci_functions(struct handoff *h)
{
    if (pci_count > HANDOFF_MAX_PCI)
        print("vmxloader: the BIOS sees %u of %u PCI functions\n", HANDOFF_MAX_PCI, pci_count);
    for (u32 i = 0; i < MIN(pci_count, HANDOFF_MAX_PCI); i++) {
        u32 at = h->pci_count++;

        for (; at && h->pci[at - 1] > pci_functions[i].bdf; at--)
            h->pci[at] = h->pci[at - 1];
        h->pci[at] = pci_functions[i].bdf;
    }
}

void setup_handoff(void)
{
    struct handoff *h = (void *)HANDOFF_ADDRESS;
    struct partition partition;

    setup_boot_order();
    memset(h, 0, sizeof(*h));
    h->magic = HANDOFF_MAGIC;
    h->version = HANDOFF_VERSION;
    h->size = sizeof(*h);
    h->flags = flags();
    h->trace = options.trace;
    h->machine = (u8)platform.machine;
    h->cpus = (u8)MIN(platform.cpus, 255);
    h->debug_port = debug_port;
    h->pci_last_bus = pci_last_bus;
    h->pci_mechanism = platform.pci;
    if (platform.chipset) {   /* pam_bdf is 00:00.0 */
        h->pam_reg = platform.chipset->pam_reg;
        h->pm_timer_port = platform.chipset->pm_base + PM_TIMER;
        h->pm1a_cnt_port = platform.chipset->pm_base + PM1A_CNT;
        h->slp_typ_s5 = platform.chipset->slp_typ_s5;
    }
    if (partition_probe(&partition))
        h->resume_door = partition.resume_door;
    h->menu_wait = options.menu_wait;
    h->fail_wait = options.fail_wait;
    hand_memory_map(h);
    hand_pci_functions(h);
    h->boot_count = options.boot_count;
    memcpy(h->boot, options.boot, options.boot_count * sizeof(h->boot[0]));
    head_dma_area();
    print("vmxloader: handoff written\n");
}
