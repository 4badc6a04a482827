/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What vmxloader tells rombios. The loader writes it at F000:0000 into its copy of the BIOS
 * before it enters F000:FFF0; rombios only reads it (POST clears HANDOFF_COLD).
 *
 *   F000:0000  struct handoff              (HANDOFF_SIZE bytes)
 *   F000:0600  tables an OS scans for      (RSDP, SMBIOS entry, MP, $PIR; TABLES_SIZE bytes)
 *   F000:1200  rombios code and constants
 *   F000:E000  fixed IBM entry points
 */
#ifndef ABI_HANDOFF_H
#define ABI_HANDOFF_H

#include "types.h"
#include "abi/boot_magic.h"
#include "spec/e820.h"

#define HANDOFF_VERSION    2
#define HANDOFF_OFFSET     0x0000        /* in segment F000 */
#define HANDOFF_SIZE       0x0600
#define TABLES_OFFSET      0x0600        /* in segment F000 */
#define TABLES_SIZE        0x0C00

/*
 * Physical RAM that drivers share with bus masters (virtio rings, bounce buffers). It lies
 * in segment E000 behind a 55AAh header, so that memory managers leave it alone; the loader
 * keeps it writable when it locks the shadow RAM.
 */
#define DMA_AREA_SEGMENT   0xE000
#define DMA_AREA_SIZE      0x8000

/*
 * Behind it: where a PCI device's registers are while 16-bit code uses them (NVMe). Uncached; on machines without such a
 * device it is free for option ROMs.
 */
#define WINDOW_SEGMENT     0xE800
#define WINDOW_SIZE        0x8000

#define HANDOFF_MAX_E820   48
#define HANDOFF_MAX_BOOT   24
#define HANDOFF_MAX_PCI    128

/* handoff.flags */
#define HANDOFF_COLD        0x0001  /* first entry since the loader ran; later ones are resets */
#define HANDOFF_SERIAL      0x0002  /* mirror INT 10h to COM1 and take keys from it */
#define HANDOFF_MENU        0x0004  /* offer the boot menu, waiting menu_wait ms for the key */
#define HANDOFF_PARTITION   0x0008  /* runs under our hypervisor */
#define HANDOFF_VM86        0x0010  /* real mode is vmxassist's VM86 */
#define HANDOFF_LOG         0x0020  /* log failing services on the debug port */
#define HANDOFF_NO_VGA      0x0040  /* no display adapter found */

enum machine {
    MACHINE_BARE   = 0,   /* nothing known: memory map only */
    MACHINE_I440FX = 1,   /* QEMU pc */
    MACHINE_Q35    = 2,   /* QEMU q35 */
    MACHINE_BOCHS  = 3,   /* Bochs i440fx */
    MACHINE_XEN    = 4,   /* Xen HVM */
};

enum boot_kind {
    BOOT_NONE    = 0,
    BOOT_FLOPPY  = 1,   /* unit: 0 or 1 */
    BOOT_DISK    = 2,
    BOOT_CD      = 3,
    BOOT_NETWORK = 4,   /* a BEV option ROM of the PCI device at bdf */
    BOOT_RAMDISK = 5,
    BOOT_DRIVE   = 6,   /* whatever drive, disk or CD, is at that place */
};

/*
 * One line of the boot order. BOOT_ANY in a field means "any": {BOOT_CD, BOOT_ANY_BDF,
 * BOOT_ANY, BOOT_ANY} is "the first CD drive", as a human writes `cd`.
 */
#define BOOT_ANY      0xFF
#define BOOT_ANY_BDF  0xFFFF

struct boot_entry {
    u8  kind;      /* enum boot_kind */
    u8  channel;   /* ATA: 0 primary, 1 secondary; AHCI: port; else BOOT_ANY */
    u8  unit;      /* ATA: 0 master, 1 slave; floppy: drive; SCSI: target */
    u8  lun;
    u16 bdf;       /* PCI bus:8 device:5 function:3 of the controller, or BOOT_ANY_BDF */
} PACKED;
SIZE_ASSERT(struct boot_entry, 6);

struct handoff {
    u32 magic;
    u16 version;
    u16 size;            /* of this structure */
    u32 flags;           /* HANDOFF_... */
    u8  machine;         /* enum machine */
    u8  cpus;            /* processors present */
    u16 debug_port;      /* E9h, 402h, or 0 for none */

    /* Shadow RAM control: PCI configuration space of the host bridge, 0 register = none.
     * pam_reg is PAM0 (59h on i440FX, 90h on q35); F0000-FFFFF is its bits 5:4. */
    u16 pam_bdf;
    u8  pam_reg;
    u8  pci_last_bus;    /* highest bus number, for INT 1Ah B101h */

    /* Power management, 0 where the machine has none. */
    u16 pm_timer_port;   /* 3.579545 MHz counter */
    u16 pm1a_cnt_port;   /* SLP_TYP and SLP_EN go here for power-off */
    u8  slp_typ_s5;
    u8  pci_mechanism;   /* 1 = configuration mechanism 1 present, 0 = no PCI */

    u16 menu_wait;       /* milliseconds */
    u16 fail_wait;       /* seconds until reset when nothing boots; FFFFh = stay */

    u32 ramdisk_base;    /* physical; 0 = none */
    u32 ramdisk_size;    /* bytes */
    u32 high_memory_base;  /* RAM for PMM above 1 MiB: reserved in e820[] until POST gives back what no ROM took */
    u32 high_memory_size;

    u32 resume_door;     /* physical: where a reset with a CMOS shutdown code re-enters the partition; 0 = there is none */

    u16 e820_count;
    u16 boot_count;
    struct e820_entry e820[HANDOFF_MAX_E820];
    struct boot_entry boot[HANDOFF_MAX_BOOT];

    u16 pci_count;       /* functions in pci[], rising */
    u16 pci[HANDOFF_MAX_PCI];
    u16 trace;           /* TRACE_INT10 ... of abi/trace.h: services whose calls go to the debug port */
};
_Static_assert(offsetof(struct handoff, resume_door) == HANDOFF_RESUME_DOOR, "abi/boot_magic.h");
_Static_assert(sizeof(struct handoff) <= HANDOFF_SIZE, "handoff is too large");

#endif
