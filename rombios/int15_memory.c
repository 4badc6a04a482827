/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * INT 15h AH=88h, AX=E801h and E881h: sizes of the memory above 1 MiB. AX=E820h is in
 * entry_fast.S. Ralf Brown's list; ACPI 6.4, section 15.
 */
#include "int15.h"
#include "handoff_offsets.h"

#define MIB           0x100000u
#define E801_LOW_MAX  0x3C00u      /* KiB from 1 MiB to 16 MiB */
#define INT15_88_MAX  0xFC00u      /* KiB: programs take it for a signed or rounded number above 63 MiB */

_Static_assert(offsetof(struct handoff, e820_count) == HANDOFF_E820_COUNT, "handoff_offsets.h");
_Static_assert(offsetof(struct handoff, debug_port) == HANDOFF_DEBUG_PORT, "handoff_offsets.h");
_Static_assert(offsetof(struct handoff, pam_reg) == HANDOFF_PAM_REG, "handoff_offsets.h");
_Static_assert(offsetof(struct handoff, e820) == HANDOFF_E820, "handoff_offsets.h");
_Static_assert(offsetof(struct handoff, pci_last_bus) == HANDOFF_PCI_LAST_BUS, "handoff_offsets.h");
_Static_assert(offsetof(struct handoff, pm1a_cnt_port) == HANDOFF_PM1A_CNT_PORT, "handoff_offsets.h");
_Static_assert(offsetof(struct handoff, slp_typ_s5) == HANDOFF_SLP_TYP_S5, "handoff_offsets.h");
_Static_assert(offsetof(struct handoff, pci_mechanism) == HANDOFF_PCI_MECHANISM, "handoff_offsets.h");
_Static_assert(HANDOFF_MAX_E820 == HANDOFF_E820_MAX, "handoff_offsets.h");
_Static_assert(sizeof(struct e820_entry) == E820_ENTRY_SIZE, "handoff_offsets.h");

/* KiB of RAM in one piece from 1 MiB up, below 4 GiB. */
static u32 memory_above_1m(void)
{
    for (u16 i = 0; i < HANDOFF->e820_count; i++) {
        const struct e820_entry __seg_gs *e = &HANDOFF->e820[i];
        if (e->type != E820_RAM || e->base > MIB || e->base + e->length <= MIB)
            continue;
        u64 end = e->base + e->length;
        if (end > 0xFFFFFC00u)
            end = 0xFFFFFC00u;
        return ((u32)end - MIB) >> 10;
    }
    return 0;
}

void int15_88(struct regs16 *r)
{
    u32 kb = memory_above_1m();

    r->ax = MIN(kb, INT15_88_MAX);
    r->flags &= (u16)~FLAG_CF;
}

void int15_e8(struct regs16 *r)
{
    u32 kb = memory_above_1m(), low = MIN(kb, E801_LOW_MAX), high = (kb - low) >> 6;

    if (r->al == 0x01) {
        r->ax = r->cx = low;
        r->bx = r->dx = high;
    } else if (r->al == 0x81) {
        r->eax = r->ecx = low;
        r->ebx = r->edx = high;
    } else {
        return fail(r, SYS_EUNSUPPORTED);
    }
    r->flags &= (u16)~FLAG_CF;
}
