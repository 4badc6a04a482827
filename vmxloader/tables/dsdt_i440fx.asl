/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The devices of a 440FX/PIIX board that an OS cannot find by itself. ACPI 6.4, chapters 5 and 6.
 * What the loader found is in the SSDT that it builds (acpi.c): \PCIB, \PCIL: 32-bit PCI window, first and last byte;
 * \PHB., \PHL., \PHS.: window above 4 GiB, low and high half of first byte, last byte and size; \PCIX: link of pin A in slot 0;
 * \PCIG: first I/O APIC input that is PCI's alone, 0: none; \H...: 1: device there.
 */
DefinitionBlock ("", "DSDT", 1, "DFW   ", "I440FX  ", 1)
{
    External (\PCIB, IntObj)
    External (\PCIL, IntObj)
    External (\PHBL, IntObj)
    External (\PHBH, IntObj)
    External (\PHLL, IntObj)
    External (\PHLH, IntObj)
    External (\PHSL, IntObj)
    External (\PHSH, IntObj)
    External (\PCIX, IntObj)
    External (\PCIG, IntObj)
    External (\HCO1, IntObj)
    External (\HCO2, IntObj)
    External (\HLPT, IntObj)
    External (\HFDC, IntObj)
    External (\HHPT, IntObj)

    Name (\_S5, Package () { 0, 0, 0, 0 })      /* soft off: SLP_TYP 0 */

    Name (\PICM, 0)                             /* 1: the OS uses the I/O APIC */
    Method (\_PIC, 1) { PICM = Arg0 }

    Scope (\_SB)
    {
        Device (PCI0)
        {
            Name (_HID, EisaId ("PNP0A03"))
            Name (_UID, 0)

            Name (CRES, ResourceTemplate ()
            {
                WordBusNumber (ResourceProducer, MinFixed, MaxFixed, PosDecode, 0, 0, 0xFF, 0, 0x100)
                IO (Decode16, 0x0CF8, 0x0CF8, 1, 8)
                WordIO (ResourceProducer, MinFixed, MaxFixed, PosDecode, EntireRange, 0, 0x0000, 0x0CF7, 0, 0x0CF8)
                WordIO (ResourceProducer, MinFixed, MaxFixed, PosDecode, EntireRange, 0, 0x0D00, 0xFFFF, 0, 0xF300)
                DWordMemory (ResourceProducer, PosDecode, MinFixed, MaxFixed, Cacheable, ReadWrite,
                             0, 0x000A0000, 0x000BFFFF, 0, 0x00020000)
                DWordMemory (ResourceProducer, PosDecode, MinFixed, MaxFixed, NonCacheable, ReadWrite,
                             0, 0xC0000000, 0xFEBFFFFF, 0, 0x3EC00000)
            })
            /* The last descriptor starts at 82 of CRES: _MIN is 10 into it, _MAX 14, _LEN 22 (6.4.3.5.2). */
            Method (_CRS, 0, Serialized)
            {
                CreateDWordField (CRES, 92, PMIN)
                CreateDWordField (CRES, 96, PMAX)
                CreateDWordField (CRES, 104, PLEN)
                PMIN = \PCIB
                PMAX = \PCIL
                PLEN = \PCIL - \PCIB + 1
                If (\PHBH == 0) { Return (CRES) }
                CreateDWordField (HRES, 14, HMIN)
                CreateDWordField (HRES, 18, HMIH)
                CreateDWordField (HRES, 22, HMAX)
                CreateDWordField (HRES, 26, HMXH)
                CreateDWordField (HRES, 38, HLEN)
                CreateDWordField (HRES, 42, HLNH)
                HMIN = \PHBL
                HMIH = \PHBH
                HLEN = \PHSL
                HLNH = \PHSH
                HMAX = \PHLL
                HMXH = \PHLH
                Return (ConcatenateResTemplate (CRES, HRES))
            }
            /* _MIN is 14 into the descriptor, _MAX 22, _LEN 38 (6.4.3.5.1); halves, for an OS that computes in 32 bits. */
            Name (HRES, ResourceTemplate ()
            {
                QWordMemory (ResourceProducer, PosDecode, MinFixed, MaxFixed, NonCacheable, ReadWrite, 0, 0, 0, 0, 1)
            })

            /* Slot s, pin p is wired to link (s + p + PCIX) modulo 4, and on Xen also to an I/O APIC input of its own. */
            Method (_PRT, 0, Serialized)
            {
                Local0 = Package (128) {}
                Local1 = 0
                While (Local1 < 128)
                {
                    Local4 = Local1 >> 2
                    Local5 = Local1 & 3
                    Local3 = (Local4 + Local5 + \PCIX) & 3
                    If (Local3 == 0) { Local2 = Package (4) { 0, 0, LNKA, 0 } }
                    If (Local3 == 1) { Local2 = Package (4) { 0, 0, LNKB, 0 } }
                    If (Local3 == 2) { Local2 = Package (4) { 0, 0, LNKC, 0 } }
                    If (Local3 == 3) { Local2 = Package (4) { 0, 0, LNKD, 0 } }
                    If (PICM && \PCIG)
                    {
                        Local2 [2] = 0
                        Local2 [3] = (((Local4 << 2) + (Local4 >> 3) + Local5) & 31) + \PCIG
                    }
                    Local2 [0] = ((Local1 >> 2) << 16) | 0xFFFF
                    Local2 [1] = Local1 & 3
                    Local0 [Local1] = Local2
                    Local1++
                }
                Return (Local0)
            }

            Device (ISA)
            {
                Name (_ADR, 0x00010000)
                OperationRegion (PIRQ, PCI_Config, 0x60, 4)
                Field (PIRQ, ByteAcc, NoLock, Preserve)
                {
                    RTA, 8,
                    RTB, 8,
                    RTC, 8,
                    RTD, 8
                }

                Device (RTC0)
                {
                    Name (_HID, EisaId ("PNP0B00"))
                    Name (_CRS, ResourceTemplate ()
                    {
                        IO (Decode16, 0x0070, 0x0070, 1, 8)
                        IRQNoFlags () { 8 }
                    })
                }
                Device (KBD)
                {
                    Name (_HID, EisaId ("PNP0303"))
                    Name (_CRS, ResourceTemplate ()
                    {
                        IO (Decode16, 0x0060, 0x0060, 1, 1)
                        IO (Decode16, 0x0064, 0x0064, 1, 1)
                        IRQNoFlags () { 1 }
                    })
                }
                Device (MOU)
                {
                    Name (_HID, EisaId ("PNP0F13"))
                    Name (_CRS, ResourceTemplate () { IRQNoFlags () { 12 } })
                }
                Device (SPKR)
                {
                    Name (_HID, EisaId ("PNP0800"))
                    Name (_CRS, ResourceTemplate () { IO (Decode16, 0x0061, 0x0061, 1, 1) })
                }
                Device (FDC0)
                {
                    Name (_HID, EisaId ("PNP0700"))
                    Method (_STA) { If (\HFDC) { Return (0x0F) } Return (0) }
                    Name (_CRS, ResourceTemplate ()
                    {
                        IO (Decode16, 0x03F2, 0x03F2, 0, 4)
                        IO (Decode16, 0x03F7, 0x03F7, 0, 1)
                        IRQNoFlags () { 6 }
                        DMA (Compatibility, NotBusMaster, Transfer8) { 2 }
                    })
                }
                Device (COM1)
                {
                    Name (_HID, EisaId ("PNP0501"))
                    Name (_UID, 1)
                    Method (_STA) { If (\HCO1) { Return (0x0F) } Return (0) }
                    Name (_CRS, ResourceTemplate ()
                    {
                        IO (Decode16, 0x03F8, 0x03F8, 0, 8)
                        IRQNoFlags () { 4 }
                    })
                }
                Device (COM2)
                {
                    Name (_HID, EisaId ("PNP0501"))
                    Name (_UID, 2)
                    Method (_STA) { If (\HCO2) { Return (0x0F) } Return (0) }
                    Name (_CRS, ResourceTemplate ()
                    {
                        IO (Decode16, 0x02F8, 0x02F8, 0, 8)
                        IRQNoFlags () { 3 }
                    })
                }
                Device (LPT1)
                {
                    Name (_HID, EisaId ("PNP0400"))
                    Method (_STA) { If (\HLPT) { Return (0x0F) } Return (0) }
                    Name (_CRS, ResourceTemplate ()
                    {
                        IO (Decode16, 0x0378, 0x0378, 8, 8)
                        IRQNoFlags () { 7 }
                    })
                }
            }
        }

        Device (HPET)
        {
            Name (_HID, EisaId ("PNP0103"))
            Name (_UID, 0)
            Method (_STA) { If (\HHPT) { Return (0x0F) } Return (0) }
            Name (_CRS, ResourceTemplate () { Memory32Fixed (ReadOnly, 0xFED00000, 0x400) })
        }

        /* IRQ of a route register: bit 7 set means that nothing is routed. */
        Method (IQCR, 1, Serialized)
        {
            Name (CURR, ResourceTemplate () { Interrupt (, Level, ActiveHigh, Shared) { 0 } })
            CreateDWordField (CURR, 5, IRQ)
            IRQ = 0
            If (Arg0 < 0x80) { IRQ = Arg0 }
            Return (CURR)
        }
        Method (IQST, 1)
        {
            If (Arg0 & 0x80) { Return (0x09) }
            Return (0x0B)
        }

        Device (LNKA)
        {
            Name (_HID, EisaId ("PNP0C0F"))
            Name (_UID, 0)
            Name (_PRS, ResourceTemplate () { Interrupt (, Level, ActiveHigh, Shared) { 5, 10, 11 } })
            Method (_STA) { Return (IQST (\_SB.PCI0.ISA.RTA)) }
            Method (_DIS) { \_SB.PCI0.ISA.RTA |= 0x80 }
            Method (_CRS) { Return (IQCR (\_SB.PCI0.ISA.RTA)) }
            Method (_SRS, 1) { CreateDWordField (Arg0, 5, IRQ) \_SB.PCI0.ISA.RTA = IRQ }
        }
        Device (LNKB)
        {
            Name (_HID, EisaId ("PNP0C0F"))
            Name (_UID, 1)
            Name (_PRS, ResourceTemplate () { Interrupt (, Level, ActiveHigh, Shared) { 5, 10, 11 } })
            Method (_STA) { Return (IQST (\_SB.PCI0.ISA.RTB)) }
            Method (_DIS) { \_SB.PCI0.ISA.RTB |= 0x80 }
            Method (_CRS) { Return (IQCR (\_SB.PCI0.ISA.RTB)) }
            Method (_SRS, 1) { CreateDWordField (Arg0, 5, IRQ) \_SB.PCI0.ISA.RTB = IRQ }
        }
        Device (LNKC)
        {
            Name (_HID, EisaId ("PNP0C0F"))
            Name (_UID, 2)
            Name (_PRS, ResourceTemplate () { Interrupt (, Level, ActiveHigh, Shared) { 5, 10, 11 } })
            Method (_STA) { Return (IQST (\_SB.PCI0.ISA.RTC)) }
            Method (_DIS) { \_SB.PCI0.ISA.RTC |= 0x80 }
            Method (_CRS) { Return (IQCR (\_SB.PCI0.ISA.RTC)) }
            Method (_SRS, 1) { CreateDWordField (Arg0, 5, IRQ) \_SB.PCI0.ISA.RTC = IRQ }
        }
        Device (LNKD)
        {
            Name (_HID, EisaId ("PNP0C0F"))
            Name (_UID, 3)
            Name (_PRS, ResourceTemplate () { Interrupt (, Level, ActiveHigh, Shared) { 5, 10, 11 } })
            Method (_STA) { Return (IQST (\_SB.PCI0.ISA.RTD)) }
            Method (_DIS) { \_SB.PCI0.ISA.RTD |= 0x80 }
            Method (_CRS) { Return (IQCR (\_SB.PCI0.ISA.RTD)) }
            Method (_SRS, 1) { CreateDWordField (Arg0, 5, IRQ) \_SB.PCI0.ISA.RTD = IRQ }
        }
    }
}
