/* SPDX-License-Identifier: BSD-2-Clause */
/* The local APIC. Intel SDM vol. 3A, 11.4-11.6 and 11.12 (x2APIC). */
#ifndef HW_LAPIC_H
#define HW_LAPIC_H

#define LAPIC_BASE             0xFEE00000u   /* after a reset; MSR_APIC_BASE says */
#define APIC_BASE_ENABLE       0x800u
#define APIC_BASE_X2APIC       0x400u
#define MSR_X2APIC_ICR         0x830u        /* destination in the high half */

#define LAPIC_ID               0x20          /* xAPIC: bits 31:24 */
#define LAPIC_EOI              0xB0
#define LAPIC_SVR              0xF0
#define LAPIC_SVR_ENABLE       0x100u
#define LAPIC_ICR              0x300
#define LAPIC_ICR_VECTOR       0xFFu
#define LAPIC_ICR_MODE         0x700u
#define LAPIC_ICR_INIT         0x500u
#define LAPIC_ICR_STARTUP      0x600u        /* vector: page below 1 MiB where the processor begins */
#define LAPIC_ICR_LOGICAL      0x800u
#define LAPIC_ICR_ASSERT       0x4000u
#define LAPIC_ICR_SHORTHAND    0xC0000u
#define LAPIC_ICR_OTHERS       0xC0000u      /* all excluding self */
#define LAPIC_ICR_HIGH         0x310         /* xAPIC: destination in bits 31:24 */
#define LAPIC_BROADCAST        0xFFu
#define LAPIC_LINT0            0x350
#define LAPIC_LINT1            0x360
#define LAPIC_LVT_NMI          0x400u
#define LAPIC_LVT_EXTINT       0x700u

#endif
