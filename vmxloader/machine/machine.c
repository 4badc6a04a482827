/* SPDX-License-Identifier: BSD-2-Clause */
/* Which machine this is: by its PCI host bridge and by fw_cfg. */
#include "loader.h"
#include "hw/pci.h"
#include "spec/fwcfg.h"

struct platform platform;

static const struct chipset *const chipsets[] = { &chipset_i440fx, &chipset_q35 };

/* Configuration mechanism 1 keeps what is written to its address register (PCI 3.0, 3.2.2.3.2). */
static bool pci_probe(void)
{
    outl(PCI_CONFIG_ADDRESS, PCI_CONFIG_ENABLE);
    return inl(PCI_CONFIG_ADDRESS) == PCI_CONFIG_ENABLE;
}

static const struct chipset *find_chipset(void)
{
    u32 bridge = pci_read32(0, PCI_VENDOR_ID);

    for (u32 i = 0; i < ARRAY_SIZE(chipsets); i++)
        if (chipsets[i]->host_bridge == bridge)
            return chipsets[i];
    return NULL;
}

void setup_machine(void)
{
    platform.pci = pci_probe();
    platform.fwcfg = fwcfg_probe();
    platform.cpus = 1;
    platform.machine = MACHINE_BARE;
    platform.device_window = DEVICE_WINDOW;
    platform.device_top = DEVICE_TOP;
    platform.name = "no known chipset";
    if (platform.pci)
        platform.chipset = find_chipset();
    if (platform.chipset == &chipset_i440fx && setup_xen_machine())
        platform.chipset = &chipset_xen;
    if (platform.chipset) {
        platform.machine = platform.chipset->machine;
        platform.name = platform.chipset->name;
    }
    if (platform.machine == MACHINE_I440FX && !platform.fwcfg) {
        platform.machine = MACHINE_BOCHS;
        platform.name = "Bochs i440FX";
    }
    if (platform.fwcfg) {
        fwcfg_read(FWCFG_KEY_NB_CPUS, &platform.cpus, sizeof(platform.cpus));
        platform.cpus_known = true;
    }
    print("vmxloader: machine %s%s\n", platform.name, platform.fwcfg ? ", fw_cfg" : "");
}
