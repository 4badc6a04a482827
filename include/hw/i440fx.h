/* SPDX-License-Identifier: BSD-2-Clause */
/* Intel 82441FX (PMC), 3.2; 82371SB/AB (PIIX3, PIIX4), 2.2 and 7.1. */
#ifndef HW_I440FX_H
#define HW_I440FX_H

#define I440FX_HOST_ID       0x12378086   /* device, vendor of 00:00.0 */
#define I440FX_PAM0          0x59          /* bits 5:4 F0000-FFFFF; PAM1-6 follow */

#define PIIX3_BDF            PCI_BDF(0, 1, 0)
#define PIIX3_PIRQRCA        0x60          /* route of PIRQA#; B-D follow; bit 7: not routed */

#define PIIX4_PM_ID          0x71138086
#define PIIX4_PM_BDF         PCI_BDF(0, 1, 3)
#define PIIX4_PMBA           0x40          /* I/O base, bit 0 reads 1 */
#define PIIX4_PMREGMISC      0x80
#define PIIX4_PMREGMISC_PMIOSE 0x01        /* decode the PM block */
#define PIIX4_SMBBA          0x90
#define PIIX4_SMBHSTCFG      0xD2
#define PIIX4_SMBHSTCFG_EN   0x01

#endif
