/* SPDX-License-Identifier: BSD-2-Clause */
/* What the steps of vmxloader tell each other. */
#ifndef LOADER_H
#define LOADER_H

#include "lib.h"
#include "abi/handoff.h"

#define KIB  1024u
#define MIB  (1024u * KIB)
#define GIB  (1024u * MIB)
#define FOUR_GIB  0x100000000ull

/* ---- how we were started (boot_info.c) ------------------------------------------------- */

#define MAX_COMMAND_LINE  512
#define MAX_BOOT_MAP      64

struct boot_info {
    const char *protocol;            /* for the log */
    char command_line[MAX_COMMAND_LINE];
    struct e820_entry map[MAX_BOOT_MAP];
    u32 map_count;
    u32 module_base, module_size;    /* RAM disk, as the boot loader left it */
    u32 payload_delta;               /* where payloads are, less where they were linked: dfw.rom leaves them in the ROM */
};
extern struct boot_info boot;

/* Copy all we need of the information structure; nothing of it is read later. */
void setup_boot_info(u32 magic, u32 information);

/* ---- the machine (machine/) ------------------------------------------------------------ */

struct chipset {
    const char *name;
    enum machine machine;
    u32 host_bridge;                 /* PCI_DEVICE_ID:PCI_VENDOR_ID of 00:00.0 */
    u8  pam_reg;                     /* PAM0; 0: C0000-FFFFF is RAM at all times */
    u16 isa_bdf;                     /* bridge that holds the interrupt router */
    u16 pm_bdf;                      /* function that holds the power management block */
    u16 pm_base;                     /* ACPI PM I/O block */
    u16 gpe0;                        /* general-purpose events, 0: none */
    u8  gpe0_bytes;
    u8  pci_gsi;                     /* first I/O APIC input that is PCI's alone, 0: links go to ISA IRQs only */
    u8  pirq_count;
    u8  sci_irq;
    u8  slp_typ_s5;
    u8  (*pirq)(u8 device, u8 pin);  /* INTx of a device on bus 0 -> link; pin 0 is INTA# */
    u8  (*pirq_reg)(u8 link);        /* configuration register of that link */
    void (*setup_power)(void);       /* I/O blocks of power management */
    void (*setup_decode)(void);      /* MMCONFIG and such, before BARs are assigned */
};
extern const struct chipset chipset_i440fx, chipset_q35, chipset_xen;

#define PM_BASE     0x600            /* ACPI PM I/O block, where we choose it */
#define PM_TIMER    8                /* in it: 3.579545 MHz */
#define PM1A_CNT    4
#define SMB_BASE    0x700            /* SMBus I/O block */

#define MAX_CPUS  255

struct platform {
    const struct chipset *chipset;   /* NULL: no known host bridge */
    enum machine machine;
    const char *name;
    bool pci;                        /* configuration mechanism 1 answers */
    bool fwcfg;
    bool local_apic;
    bool apic_off;                   /* no table shall name local and I/O APICs */
    bool acpi_off;                   /* no ACPI tables are wanted */
    bool cpus_known;                 /* the VMM said how many processors there are */
    u16 cpus;                        /* processors running */
    u8  apic_id[MAX_CPUS];           /* of each; the boot processor is the first */
    u32 mmconfig_base;               /* 0: none */
    u32 mmconfig_size;
    u32 device_window;               /* PCI memory and uncached from here, or from the top of RAM where that is higher */
    u32 device_top;                  /* PCI memory ends here */
};
extern struct platform platform;

/* Processor `i` exists, but is not the guest's until it is plugged in: under Xen those above vcpus=, up to maxvcpus=. xen.c */
bool cpu_is_spare(u16 i);

#define DEVICE_WINDOW  0xC0000000u   /* the usual one */
#define DEVICE_TOP     0xFEC00000u   /* I/O APIC */

void setup_machine(void);

/* Xen (xen.c): true if Xen's CPUID leaves are there; if this is a guest of its with Xen's device model. */
bool xen_probe(void);
bool setup_xen_machine(void);

/* RAM into the map, from Xen; false if it has no map for us. */
bool xen_find_ram(void);

/* The last word to Xen; after this no service of its is used. */
void leave_xen(void);

/* True if the device answers; reads its directory. */
bool fwcfg_probe(void);

/* Size of file `name`, 0 if there is none; *key for the reads. */
u32 fwcfg_find(const char *name, u16 *key);

/* Read `length` bytes of item `key` from its start. */
void fwcfg_read(u16 key, void *to, u32 length);

/* Write `length` bytes at `offset` of item `key` (DMA interface only). False if refused. */
bool fwcfg_write(u16 key, u32 offset, const void *from, u32 length);

/* ---- memory (memory.c) ------------------------------------------------------------------- */

#define MAX_RANGES  64

struct memory_map {
    u32 count;
    struct e820_entry range[MAX_RANGES];   /* sorted, no overlaps, neighbours of one type joined */
};
extern struct memory_map memory;

/* RAM that a step may use and forget: behind the loader (vmxloader.ld), nothing else lives there. */
#define SCRATCH_BASE  0x180000u
#define SCRATCH_SIZE  (512 * KIB)

void setup_memory(void);
/* Room for PMM (POST memory manager): taken last, below all tables. */
void setup_high_memory(void);

/* Make [base, base + length) `type`, whatever it was. */
void map_set(struct memory_map *map, u64 base, u64 length, u32 type);

/* First byte above the RAM below 4 GiB, and above that beyond 4 GiB (FOUR_GIB if there is none). */
u32 map_low_top(const struct memory_map *map);
u64 map_high_top(const struct memory_map *map);

/* The same of the machine itself, before anything was reserved. */
extern u32 ram_low_top;
extern u64 ram_high_top;

/*
 * Take `size` bytes from the top of the RAM below 4 GiB, aligned, as `type`.
 * Returns the address; 0 if there is no room.
 */
u32 memory_take(u32 size, u32 align, u32 type);

/* ---- PCI (pci_scan.c, pci_assign.c, pci_irq.c) -------------------------------------------- */

#define MAX_PCI_FUNCTIONS  256
#define PCI_BARS           7         /* six and the expansion ROM */

enum resource { RESOURCE_NONE, RESOURCE_IO, RESOURCE_MEM, RESOURCE_MEM64, RESOURCE_KINDS };

struct pci_resource {
    u8  kind;                        /* enum resource; MEM64 may lie above 4 GiB */
    u8  reg;                         /* configuration register */
    bool wide;                       /* 64-bit register */
    u64 size;                        /* bytes, power of two for a BAR */
    u64 align;
    u64 base;
};

struct pci_function {
    u16 bdf;
    u16 vendor, device, class;       /* class:8 subclass:8 */
    u8  prog_if, header, pin, irq;   /* pin 0: none, 1: INTA# */
    u8  secondary, subordinate;      /* buses behind a bridge, else 0 */
    s16 parent;                      /* index of the bridge above, -1 on bus 0 */
    bool memory_off;                 /* a BAR of it has no place */
    struct pci_resource bar[PCI_BARS];
    struct pci_resource window[RESOURCE_KINDS];   /* of a bridge */
};
extern struct pci_function pci_functions[MAX_PCI_FUNCTIONS];
extern u32 pci_count;
extern u8 pci_last_bus;

#define PCI_CLASS_IDE       0x0101
#define PCI_CLASS_SATA      0x0106
#define PCI_CLASS_VGA       0x0300
#define PCI_CLASS_HOST      0x0600
#define PCI_CLASS_ISA       0x0601
#define PCI_CLASS_BRIDGE    0x0604
#define PCI_CLASS_USB       0x0C03
#define PCI_BASE_NETWORK    0x02

void setup_pci(void);
void pci_scan(void);
void pci_assign(void);
void pci_route(void);
void pci_enable(void);

/* Bus 0's 32-bit memory window, first byte and first byte above; and the one above 4 GiB, if a BAR lies there. */
u32 pci_window_base(void);
u32 pci_window_top(void);
struct pci_window {
    u64 base, size;
};
extern struct pci_window pci_high;

/* Take a device that earlier firmware left running out of service (quiesce.c). */
void pci_quiesce(u16 bdf);

struct pci_function *pci_find_class(u16 class);
struct pci_function *pci_find_bdf(u16 bdf);

/* Offset of the capability after `from` (0: the first) with this ID, 0 if none. */
u8 pci_capability(u16 bdf, u8 id, u8 from);

#define PCI_INTERRUPTS  { 10, 11, 10, 11, 10, 11, 10, 11 }   /* links A-H; 5 is left to ISA sound cards */

/* ---- the rest ------------------------------------------------------------------------------- */

/* An image in RAM, where the VMM left it. */
struct substitute {
    u32 address, size, sum;          /* sum32() of it; size 0: none */
};

struct options {
    bool serial, menu, log, debug;
    bool partition, strict, early, a20;   /* start the hypervisor (abi/partition.h) */
    bool interpret;                  /* nor virtual-8086 mode */
    struct substitute bios, vgabios; /* in place of ours */
    u16 trace;                       /* TRACE_INT10 ... of abi/trace.h */
    u32 trace_assist;                /* VMX_ASSIST_OPTION_TRACE_... */
    u8  partition_vendor;            /* enum partition_vendor */
    u16 menu_wait;                   /* ms */
    u16 fail_wait;                   /* s */
    u16 vga_width, vga_height;       /* of one more VBE mode; 0: not given */
    u8  boot_count;
    struct boot_entry boot[HANDOFF_MAX_BOOT];
};
extern struct options options;

void setup_debug_port(void);
extern u16 debug_port;
void setup_options(void);
void setup_partition(u32 magic, u32 information);  /* may start all over as a guest */
void setup_boot_order(void);         /* after PCI: paths name functions behind bridges */
void setup_processor(void);
void setup_other_processors(void);
void setup_chips(void);
void setup_shadow(void);
void setup_payloads(void);

/* "ADDRESS,SIZE,SUM", hexadecimal. */
struct substitute parse_substitute(const char *text);
/* The VGA BIOS that the options name; false: none. */
bool install_vga_substitute(void);
/* The same for the system BIOS, after all that was meant for ours. */
void setup_substitute(void);

/* Copy a payload to its address and check it there; fatal() where it does not fit. */
void install(const char *name, u32 address, u32 limit);

/* Put the monitor's EDID and one more mode into our VGA BIOS at `rom`; `vga` NULL: a card on ISA. */
void patch_vga_bios(const struct pci_function *vga, u8 *rom, u32 size);
void setup_tables(void);
void setup_handoff(void);
void print_map(void);

/* Print, write PHASE_FATAL, halt. */
void fatal(const char *format, ...) NORETURN __attribute__((format(printf, 1, 2)));

/* Boot order lines from QEMU's `bootorder` text, CMOS and the options (boot_order.c). */
u32 boot_order(struct boot_entry *list, u32 max);
u32 parse_boot_list(const char *text, struct boot_entry *list, u32 max);

/* One payload of the ELF (payload.inc). */
struct payload {
    const char *name;
    const u8 *image;
    u32 size, sum;
};

/* The VGA BIOS chosen, for the map; NULL if no card was found. */
extern const char *vga_bios;
extern u32 vga_bios_size;

/* The RAM disk, high memory for PMM: addresses and sizes (high_memory.c). */
extern u32 ramdisk_base, ramdisk_size, high_memory_base, high_memory_size;

void enter_real_mode(void) NORETURN;

/* ---- real mode (real_mode.c) --------------------------------------------------------------- */

/* In a partition without real mode: vmxassist runs the BIOS. */
bool vmxassist_needed(void);
void setup_real_mode(void);
void enter_bios(void) NORETURN;

#endif
