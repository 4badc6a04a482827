/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What Xen's device model has beyond the board: PCI slots that can be filled and emptied (QEMU docs/specs/acpi_pci_hotplug,
 * registers of bus 0), and the VM generation ID (Microsoft, Virtual Machine Generation ID, 2012).
 */
DefinitionBlock ("", "SSDT", 1, "DFW   ", "XEN     ", 1)
{
    External (\_SB.PCI0, DeviceObj)
    External (\VGIA, IntObj)

    Scope (\_SB.PCI0)
    {
        Device (HP0)                                /* keeps the OS from placing BARs there */
        {
            Name (_HID, EisaId ("PNP0C02"))
            Name (_CRS, ResourceTemplate ()
            {
                IO (Decode16, 0xAE00, 0xAE00, 0, 0x10)
                IO (Decode16, 0xAFE0, 0xAFE0, 0, 0x04)
                IO (Decode16, 0xB000, 0xB000, 0, 0x10)
            })
        }
        OperationRegion (HPIO, SystemIO, 0xAE00, 0x10)
        Field (HPIO, DWordAcc, NoLock, WriteAsZeros)
        {
            HPUP, 32,                               /* slots that got a device */
            HPDN, 32,                               /* slots to be emptied */
            HPEJ, 32,                               /* write: empty */
            HPRM, 32                                /* slots that can be emptied */
        }
        Method (EJCT, 1) { HPEJ = 1 << Arg0 }
        Method (RMVB, 1)
        {
            If (HPRM & (1 << Arg0)) { Return (0x0F) }
            Return (0)
        }
        Device (S01) { Name (_ADR, 0x00010000) Name (_SUN, 1) Method (_EJ0, 1) { EJCT (1) } Method (_STA) { Return (RMVB (1)) } }
        Device (S02) { Name (_ADR, 0x00020000) Name (_SUN, 2) Method (_EJ0, 1) { EJCT (2) } Method (_STA) { Return (RMVB (2)) } }
        Device (S03) { Name (_ADR, 0x00030000) Name (_SUN, 3) Method (_EJ0, 1) { EJCT (3) } Method (_STA) { Return (RMVB (3)) } }
        Device (S04) { Name (_ADR, 0x00040000) Name (_SUN, 4) Method (_EJ0, 1) { EJCT (4) } Method (_STA) { Return (RMVB (4)) } }
        Device (S05) { Name (_ADR, 0x00050000) Name (_SUN, 5) Method (_EJ0, 1) { EJCT (5) } Method (_STA) { Return (RMVB (5)) } }
        Device (S06) { Name (_ADR, 0x00060000) Name (_SUN, 6) Method (_EJ0, 1) { EJCT (6) } Method (_STA) { Return (RMVB (6)) } }
        Device (S07) { Name (_ADR, 0x00070000) Name (_SUN, 7) Method (_EJ0, 1) { EJCT (7) } Method (_STA) { Return (RMVB (7)) } }
        Device (S08) { Name (_ADR, 0x00080000) Name (_SUN, 8) Method (_EJ0, 1) { EJCT (8) } Method (_STA) { Return (RMVB (8)) } }
        Device (S09) { Name (_ADR, 0x00090000) Name (_SUN, 9) Method (_EJ0, 1) { EJCT (9) } Method (_STA) { Return (RMVB (9)) } }
        Device (S0A) { Name (_ADR, 0x000A0000) Name (_SUN, 10) Method (_EJ0, 1) { EJCT (10) } Method (_STA) { Return (RMVB (10)) } }
        Device (S0B) { Name (_ADR, 0x000B0000) Name (_SUN, 11) Method (_EJ0, 1) { EJCT (11) } Method (_STA) { Return (RMVB (11)) } }
        Device (S0C) { Name (_ADR, 0x000C0000) Name (_SUN, 12) Method (_EJ0, 1) { EJCT (12) } Method (_STA) { Return (RMVB (12)) } }
        Device (S0D) { Name (_ADR, 0x000D0000) Name (_SUN, 13) Method (_EJ0, 1) { EJCT (13) } Method (_STA) { Return (RMVB (13)) } }
        Device (S0E) { Name (_ADR, 0x000E0000) Name (_SUN, 14) Method (_EJ0, 1) { EJCT (14) } Method (_STA) { Return (RMVB (14)) } }
        Device (S0F) { Name (_ADR, 0x000F0000) Name (_SUN, 15) Method (_EJ0, 1) { EJCT (15) } Method (_STA) { Return (RMVB (15)) } }
        Device (S10) { Name (_ADR, 0x00100000) Name (_SUN, 16) Method (_EJ0, 1) { EJCT (16) } Method (_STA) { Return (RMVB (16)) } }
        Device (S11) { Name (_ADR, 0x00110000) Name (_SUN, 17) Method (_EJ0, 1) { EJCT (17) } Method (_STA) { Return (RMVB (17)) } }
        Device (S12) { Name (_ADR, 0x00120000) Name (_SUN, 18) Method (_EJ0, 1) { EJCT (18) } Method (_STA) { Return (RMVB (18)) } }
        Device (S13) { Name (_ADR, 0x00130000) Name (_SUN, 19) Method (_EJ0, 1) { EJCT (19) } Method (_STA) { Return (RMVB (19)) } }
        Device (S14) { Name (_ADR, 0x00140000) Name (_SUN, 20) Method (_EJ0, 1) { EJCT (20) } Method (_STA) { Return (RMVB (20)) } }
        Device (S15) { Name (_ADR, 0x00150000) Name (_SUN, 21) Method (_EJ0, 1) { EJCT (21) } Method (_STA) { Return (RMVB (21)) } }
        Device (S16) { Name (_ADR, 0x00160000) Name (_SUN, 22) Method (_EJ0, 1) { EJCT (22) } Method (_STA) { Return (RMVB (22)) } }
        Device (S17) { Name (_ADR, 0x00170000) Name (_SUN, 23) Method (_EJ0, 1) { EJCT (23) } Method (_STA) { Return (RMVB (23)) } }
        Device (S18) { Name (_ADR, 0x00180000) Name (_SUN, 24) Method (_EJ0, 1) { EJCT (24) } Method (_STA) { Return (RMVB (24)) } }
        Device (S19) { Name (_ADR, 0x00190000) Name (_SUN, 25) Method (_EJ0, 1) { EJCT (25) } Method (_STA) { Return (RMVB (25)) } }
        Device (S1A) { Name (_ADR, 0x001A0000) Name (_SUN, 26) Method (_EJ0, 1) { EJCT (26) } Method (_STA) { Return (RMVB (26)) } }
        Device (S1B) { Name (_ADR, 0x001B0000) Name (_SUN, 27) Method (_EJ0, 1) { EJCT (27) } Method (_STA) { Return (RMVB (27)) } }
        Device (S1C) { Name (_ADR, 0x001C0000) Name (_SUN, 28) Method (_EJ0, 1) { EJCT (28) } Method (_STA) { Return (RMVB (28)) } }
        Device (S1D) { Name (_ADR, 0x001D0000) Name (_SUN, 29) Method (_EJ0, 1) { EJCT (29) } Method (_STA) { Return (RMVB (29)) } }
        Device (S1E) { Name (_ADR, 0x001E0000) Name (_SUN, 30) Method (_EJ0, 1) { EJCT (30) } Method (_STA) { Return (RMVB (30)) } }
        Device (S1F) { Name (_ADR, 0x001F0000) Name (_SUN, 31) Method (_EJ0, 1) { EJCT (31) } Method (_STA) { Return (RMVB (31)) } }
    }

    Scope (\_GPE)
    {
        Method (HPNT, 2)                            /* slots as a mask, what to tell their devices */
        {
            Local0 = Arg0
            Local1 = Arg1
            If (Local0 & 0x00000002) { Notify (\_SB.PCI0.S01, Local1) }
            If (Local0 & 0x00000004) { Notify (\_SB.PCI0.S02, Local1) }
            If (Local0 & 0x00000008) { Notify (\_SB.PCI0.S03, Local1) }
            If (Local0 & 0x00000010) { Notify (\_SB.PCI0.S04, Local1) }
            If (Local0 & 0x00000020) { Notify (\_SB.PCI0.S05, Local1) }
            If (Local0 & 0x00000040) { Notify (\_SB.PCI0.S06, Local1) }
            If (Local0 & 0x00000080) { Notify (\_SB.PCI0.S07, Local1) }
            If (Local0 & 0x00000100) { Notify (\_SB.PCI0.S08, Local1) }
            If (Local0 & 0x00000200) { Notify (\_SB.PCI0.S09, Local1) }
            If (Local0 & 0x00000400) { Notify (\_SB.PCI0.S0A, Local1) }
            If (Local0 & 0x00000800) { Notify (\_SB.PCI0.S0B, Local1) }
            If (Local0 & 0x00001000) { Notify (\_SB.PCI0.S0C, Local1) }
            If (Local0 & 0x00002000) { Notify (\_SB.PCI0.S0D, Local1) }
            If (Local0 & 0x00004000) { Notify (\_SB.PCI0.S0E, Local1) }
            If (Local0 & 0x00008000) { Notify (\_SB.PCI0.S0F, Local1) }
            If (Local0 & 0x00010000) { Notify (\_SB.PCI0.S10, Local1) }
            If (Local0 & 0x00020000) { Notify (\_SB.PCI0.S11, Local1) }
            If (Local0 & 0x00040000) { Notify (\_SB.PCI0.S12, Local1) }
            If (Local0 & 0x00080000) { Notify (\_SB.PCI0.S13, Local1) }
            If (Local0 & 0x00100000) { Notify (\_SB.PCI0.S14, Local1) }
            If (Local0 & 0x00200000) { Notify (\_SB.PCI0.S15, Local1) }
            If (Local0 & 0x00400000) { Notify (\_SB.PCI0.S16, Local1) }
            If (Local0 & 0x00800000) { Notify (\_SB.PCI0.S17, Local1) }
            If (Local0 & 0x01000000) { Notify (\_SB.PCI0.S18, Local1) }
            If (Local0 & 0x02000000) { Notify (\_SB.PCI0.S19, Local1) }
            If (Local0 & 0x04000000) { Notify (\_SB.PCI0.S1A, Local1) }
            If (Local0 & 0x08000000) { Notify (\_SB.PCI0.S1B, Local1) }
            If (Local0 & 0x10000000) { Notify (\_SB.PCI0.S1C, Local1) }
            If (Local0 & 0x20000000) { Notify (\_SB.PCI0.S1D, Local1) }
            If (Local0 & 0x40000000) { Notify (\_SB.PCI0.S1E, Local1) }
            If (Local0 & 0x80000000) { Notify (\_SB.PCI0.S1F, Local1) }
        }
        Method (_E01)
        {
            HPNT (\_SB.PCI0.HPUP, 1)                /* device check */
            HPNT (\_SB.PCI0.HPDN, 3)                /* eject request */
        }
    }

    Device (\_SB.VGEN)
    {
        Name (_HID, "DFW0001")
        Name (_CID, "VM_Gen_Counter")
        Name (_DDN, "VM_Gen_Counter")
        Method (_STA)
        {
            If (\VGIA) { Return (0x0F) }
            Return (0)
        }
        Name (ADRP, Package () { 0, 0 })
        Method (ADDR, 0, Serialized)
        {
            ADRP [0] = \VGIA
            Return (ADRP)
        }
    }
}
