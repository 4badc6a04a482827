/* SPDX-License-Identifier: BSD-2-Clause */
/* Intel Q35 (3 Series MCH), 5.1; I/O Controller Hub 9 (ICH9), 13.1 and 19.1. */
#ifndef HW_Q35_H
#define HW_Q35_H

#define Q35_HOST_ID          0x29C08086   /* device, vendor of 00:00.0 */
#define Q35_PCIEXBAR         0x60          /* 64-bit; bit 0 enable, bits 2:1 length (0: 256 MiB) */
#define Q35_PCIEXBAR_EN      0x01
#define Q35_PAM0             0x90          /* as on the 440FX */

#define ICH9_LPC_BDF         PCI_BDF(0, 0x1F, 0)
#define ICH9_PMBASE          0x40
#define ICH9_ACPI_CNTL       0x44
#define ICH9_ACPI_CNTL_EN    0x80          /* decode PMBASE; SCI on IRQ9 */
#define ICH9_PIRQA_ROUT      0x60          /* A-D; E-H at 68h; bit 7: not routed */
#define ICH9_PIRQE_ROUT      0x68
#define ICH9_RCBA            0xF0          /* chipset configuration registers; bit 0 enable */
#define ICH9_RCBA_EN         0x01

#define ICH9_SMB_ID          0x29308086
#define ICH9_SMB_BDF         PCI_BDF(0, 0x1F, 3)
#define ICH9_SMB_HOSTC       0x40
#define ICH9_SMB_HOSTC_EN    0x01

#endif
