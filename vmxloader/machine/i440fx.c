/* SPDX-License-Identifier: BSD-2-Clause */
/* Intel 440FX with PIIX3 and PIIX4: QEMU's `pc` and Bochs. */
#include "loader.h"
#include "hw/i440fx.h"
#include "hw/pci.h"

/* The board wires INTA# of successive slots to successive links; slot 1 starts at link A. */
static u8 i440fx_pirq(u8 device, u8 pin)
{
    return (device + pin - 1) & 3;
}

static u8 piix3_pirq_reg(u8 link)
{
    return PIIX3_PIRQRCA + link;
}

static void piix4_setup_power(void)
{
    if (pci_read32(PIIX4_PM_BDF, PCI_VENDOR_ID) != PIIX4_PM_ID)
        return;
    pci_write32(PIIX4_PM_BDF, PIIX4_PMBA, platform.chipset->pm_base);
    pci_write8(PIIX4_PM_BDF, PIIX4_PMREGMISC, PIIX4_PMREGMISC_PMIOSE);
    pci_write32(PIIX4_PM_BDF, PIIX4_SMBBA, SMB_BASE);
    pci_write8(PIIX4_PM_BDF, PIIX4_SMBHSTCFG, PIIX4_SMBHSTCFG_EN);
}

static void i440fx_setup_decode(void)
{
}

const struct chipset chipset_i440fx = {
    .name = "QEMU i440FX",
    .machine = MACHINE_I440FX,
    .host_bridge = I440FX_HOST_ID,
    .pam_reg = I440FX_PAM0,
    .isa_bdf = PIIX3_BDF,
    .pm_bdf = PIIX4_PM_BDF,
    .pm_base = PM_BASE,
    .pirq_count = 4,
    .sci_irq = 9,
    .slp_typ_s5 = 0,
    .pirq = i440fx_pirq,
    .pirq_reg = piix3_pirq_reg,
    .setup_power = piix4_setup_power,
    .setup_decode = i440fx_setup_decode,
};
