/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A fully virtualised guest of Xen, in hvmloader's place: hypercalls, the memory map, what the toolstack asks for in
 * xenstore, and what Xen wants from the guest's firmware. The board is a 440FX whose PCI interrupts and power
 * management block are Xen's. Xen 4.17: public headers (include/spec/xen.h), docs/misc/xenstore-paths.pandoc.
 */
#include "xen.h"
#include "hw/cpu.h"
#include "hw/cpuid.h"
#include "hw/i440fx.h"
#include "hw/msr.h"
#include "hw/pci.h"
#include "tables/tables.h"

#define XEN_PM_BASE    0xB000
#define XEN_GPE0       0xAFE0
#define XEN_IOAPIC_ID  1
#define XEN_TSS_SIZE   384u            /* TSS, redirection bitmap, permission bitmap of ports 0-3FFh and its end */
#define MAX_VALUE      32

static u8 hypercall_page[XEN_PAGE] ALIGNED(4096) SECTION(".noinit");
static u32 leaf;

bool xen_probe(void)
{
    for (leaf = XEN_CPUID_FIRST; leaf < XEN_CPUID_LAST; leaf += XEN_CPUID_STEP) {
        struct cpuid r = cpuid(leaf, 0);
        if (r.b == XEN_CPUID_EBX && r.c == XEN_CPUID_ECX && r.d == XEN_CPUID_EDX)
            return true;
    }
    leaf = 0;
    return false;
}

s32 xen_hypercall(u32 number, u32 operation, void *argument)
{
    s32 result;

    asm volatile("call *%%eax" : "=a"(result), "+b"(operation), "+c"(argument)
                 : "0"(hypercall_page + number * XEN_HYPERCALL_SIZE) : "edx", "memory");
    return result;
}

u64 xen_get_param(u32 index)
{
    struct xen_hvm_param p = { XEN_DOMID_SELF, 0, index, 0 };

    return xen_hypercall(XEN_HVM_OP, XEN_HVMOP_GET_PARAM, &p) ? 0 : p.value;
}

bool xen_set_param(u32 index, u64 value)
{
    struct xen_hvm_param p = { XEN_DOMID_SELF, 0, index, value };

    return xen_hypercall(XEN_HVM_OP, XEN_HVMOP_SET_PARAM, &p) == 0;
}

static void setup_hypercalls(void)
{
    u32 version;
    char extra[XEN_EXTRAVERSION_SIZE] = "";

    wrmsr(cpuid(leaf + 2, 0).b, (u32)hypercall_page);
    version = (u32)xen_hypercall(XEN_VERSION, XENVER_VERSION, NULL);
    xen_hypercall(XEN_VERSION, XENVER_EXTRAVERSION, extra);
    print("vmxloader: Xen %u.%u%s\n", version >> 16, version & 0xFFFF, extra);
}

/* What the toolstack asks for and we cannot give is said, and the boot goes on. */
static void heed_bios_choice(void)
{
    char name[MAX_VALUE];

    if (!xenstore_read("hvmloader/bios", name, sizeof(name)) || !strcmp(name, "rombios") || !strcmp(name, "seabios"))
        return;
    print("vmxloader: hvmloader/bios asks for \"%s\": only this BIOS is here\n", name);
}

/* The part of the memory space below 4 GiB that the toolstack left free of RAM for devices. */
static void heed_hole_size(void)
{
    u32 size = xenstore_number("platform/mmio_hole_size", 0);

    if (size > FOUR_GIB - DEVICE_WINDOW)
        platform.device_window = 0x80000000u;
}

bool setup_xen_machine(void)
{
    if (!leaf || platform.fwcfg)
        return false;
    setup_hypercalls();
    if (!xenstore_connect())
        print("vmxloader: xenstore cannot be reached: going on without its settings\n");
    heed_bios_choice();
    heed_hole_size();
    platform.device_top = XEN_RESERVED_BASE;
    platform.acpi_off = !xenstore_number("platform/acpi", 1);
    platform.cpus = (u16)MAX(1u, xen_hvm_info()->vcpus);
    platform.cpus_known = true;
    platform.apic_off = !xen_hvm_info()->apic_mode && platform.cpus == 1;
    return true;
}

/* Xen's own map; else what the toolstack wrote below 640 KiB, which every Xen has. */
bool xen_find_ram(void)
{
    struct e820_entry list[MAX_BOOT_MAP];
    struct xen_memory_map map = { MAX_BOOT_MAP, (u32)list };
    const struct xen_hvm_info *info = xen_hvm_info();

    if (xen_hypercall(XEN_MEMORY_OP, XENMEM_MEMORY_MAP, &map) == 0 && map.count) {
        for (u32 i = 0; i < map.count; i++)
            map_set(&memory, list[i].base, list[i].length, list[i].type);
    } else if (info->low_end) {
        map_set(&memory, 0, (u64)info->low_end * XEN_PAGE, E820_RAM);
        if (info->high_end)
            map_set(&memory, FOUR_GIB, (u64)info->high_end * XEN_PAGE - FOUR_GIB, E820_RAM);
    } else {
        return false;
    }
    map_set(&memory, XEN_RESERVED_BASE, FOUR_GIB - XEN_RESERVED_BASE, E820_RESERVED);
    return true;
}

/* A copy, because the original lies where the EBDA will be. */
const struct xen_hvm_info *xen_hvm_info(void)
{
    static struct xen_hvm_info info;

    if (!info.length) {
        memcpy(&info, (void *)XEN_HVM_INFO, sizeof(info));
        if (memcmp(info.signature, "HVM INFO", sizeof(info.signature)) || sum8((void *)XEN_HVM_INFO, info.length)) {
            print("vmxloader: no HVM INFO at %05x\n", XEN_HVM_INFO);
            memset(&info, 0, sizeof(info));
            info.length = sizeof(info);
            info.vcpus = info.apic_mode = info.vcpu_online[0] = 1;
        }
    }
    return &info;
}

/* Xen numbers its local APICs by two. */
bool cpu_is_spare(u16 i)
{
    u32 n = platform.apic_id[i] / 2;

    return platform.machine == MACHINE_XEN && !(xen_hvm_info()->vcpu_online[n / 8] >> n % 8 & 1);
}

/* For processors without unrestricted guest: Xen runs real mode in VM86 and puts its TSS there. */
static void give_tss(void)
{
    u32 tss = memory_take(XEN_PAGE, XEN_PAGE, E820_RESERVED);

    if (!tss)
        return;
    memset((void *)tss, 0, XEN_TSS_SIZE);
    if (!xen_set_param(HVM_PARAM_VM86_TSS_SIZED, (u64)XEN_TSS_SIZE << 32 | tss))
        print("vmxloader: Xen takes no TSS at %08x\n", tss);
}

void leave_xen(void)
{
    if (platform.machine != MACHINE_XEN)
        return;
    give_tss();
    xenstore_disconnect();
}

/* Xen turns the links by slot and pin without the 440FX board's offset (hvm_pci_intx_link). */
static u8 xen_pirq(u8 device, u8 pin)
{
    return (device + pin) & 3;
}

static void xen_setup_power(void)
{
    chipset_i440fx.setup_power();
    if (!xen_set_param(HVM_PARAM_ACPI_IOPORTS_LOCATION, 1))
        print("vmxloader: Xen keeps its power management block elsewhere\n");
}

static u8 xen_pirq_reg(u8 link)
{
    return chipset_i440fx.pirq_reg(link);
}

/* Xen numbers local APICs 0, 2, 4 ... and the I/O APIC 0 as well. */
static void xen_setup_decode(void)
{
    ioapic_set_id(XEN_IOAPIC_ID);
}

/* No shadow RAM registers: C0000-FFFFF is plain RAM. */
const struct chipset chipset_xen = {
    .name = "Xen HVM",
    .machine = MACHINE_XEN,
    .host_bridge = I440FX_HOST_ID,
    .isa_bdf = PIIX3_BDF,
    .pm_bdf = PIIX4_PM_BDF,
    .pm_base = XEN_PM_BASE,
    .gpe0 = XEN_GPE0,
    .gpe0_bytes = 4,
    .pci_gsi = 16,
    .pirq_count = 4,
    .sci_irq = 9,
    .slp_typ_s5 = 0,
    .pirq = xen_pirq,
    .pirq_reg = xen_pirq_reg,
    .setup_power = xen_setup_power,
    .setup_decode = xen_setup_decode,
};
