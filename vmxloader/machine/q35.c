/* SPDX-License-Identifier: BSD-2-Clause */
/* Intel Q35 with ICH9: QEMU's `q35`. */
#include "loader.h"
#include "hw/pci.h"
#include "hw/q35.h"

#define MMCONFIG_BASE  0xB0000000u
#define MMCONFIG_SIZE  0x10000000u
#define RCBA_BASE      0xFED1C000u
#define RCBA_SIZE      0x4000u

/* Slots 0-24 take the links E-H in turn; the chipset's own devices above are wired to A-D, pin by pin. */
static u8 ich9_pirq(u8 device, u8 pin)
{
    return device < 25 ? ((device + pin) & 3) + 4 : pin;
}

static u8 ich9_pirq_reg(u8 link)
{
    return link < 4 ? ICH9_PIRQA_ROUT + link : ICH9_PIRQE_ROUT + link - 4;
}

static void ich9_setup_power(void)
{
    pci_write32(ICH9_LPC_BDF, ICH9_PMBASE, PM_BASE);
    pci_write8(ICH9_LPC_BDF, ICH9_ACPI_CNTL, ICH9_ACPI_CNTL_EN);
    pci_write32(ICH9_LPC_BDF, ICH9_RCBA, RCBA_BASE | ICH9_RCBA_EN);
    if (pci_read32(ICH9_SMB_BDF, PCI_VENDOR_ID) == ICH9_SMB_ID)
        pci_write8(ICH9_SMB_BDF, ICH9_SMB_HOSTC, ICH9_SMB_HOSTC_EN);
}

static void q35_setup_decode(void)
{
    pci_write32(0, Q35_PCIEXBAR, 0);
    pci_write32(0, Q35_PCIEXBAR + 4, 0);
    pci_write32(0, Q35_PCIEXBAR, MMCONFIG_BASE | Q35_PCIEXBAR_EN);
    platform.mmconfig_base = MMCONFIG_BASE;
    platform.mmconfig_size = MMCONFIG_SIZE;
    map_set(&memory, MMCONFIG_BASE, MMCONFIG_SIZE, E820_RESERVED);
    map_set(&memory, RCBA_BASE, RCBA_SIZE, E820_RESERVED);
}

const struct chipset chipset_q35 = {
    .name = "QEMU Q35",
    .machine = MACHINE_Q35,
    .host_bridge = Q35_HOST_ID,
    .pam_reg = Q35_PAM0,
    .isa_bdf = ICH9_LPC_BDF,
    .pm_bdf = ICH9_LPC_BDF,
    .pm_base = PM_BASE,
    .pirq_count = 8,
    .sci_irq = 9,
    .slp_typ_s5 = 0,
    .pirq = ich9_pirq,
    .pirq_reg = ich9_pirq_reg,
    .setup_power = ich9_setup_power,
    .setup_decode = q35_setup_decode,
};
