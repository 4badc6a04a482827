/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where a start-up IPI does not exit (SVM, and VMX on Bochs 2.7: see processors.c) we see the guest send it: writes to the
 * local APIC exit, are done for the guest, and a SIPI goes out with the vector of our own page, in which ap_trampoline lies.
 * What the guest has in that page is kept elsewhere: the nested map shows it a page of ours there. (A bus master would see the
 * difference.)
 */
#include "apic.h"
#include "processors.h"
#include "hw/msr.h"

#define START_PAGE   0xDF000u       /* shadow RAM: nothing there does DMA */

static bool intercepted;

void apic_intercept(void)
{
    intercepted = processor_count > 1 && !hvm->sipi_exits;
    if (!intercepted)
        return;
    nested_replace(START_PAGE, page_alloc());
    nested_write_protect(LAPIC_BASE);
}

bool apic_intercepted(paddr written)
{
    return intercepted && (written & ~(PAGE_SIZE - 1)) == LAPIC_BASE;
}

/* Remember where the processors that this IPI reaches must begin. Logical destinations are told by nobody: all. */
static void remember(u32 icr, u32 destination)
{
    bool all = icr & (LAPIC_ICR_SHORTHAND | LAPIC_ICR_LOGICAL) || destination == LAPIC_BROADCAST;

    for (u32 i = 0; i < processor_count; i++)
        if (all || vcpus[i].apic_id == destination)
            vcpus[i].sipi_vector = icr;
}

/* The IPI as it goes out; false: not at all. */
static bool redirect(u32 *icr, u32 destination)
{
    if (!intercepted || (*icr & LAPIC_ICR_MODE) != LAPIC_ICR_STARTUP)
        return true;
    if (!ap_trampoline_place((u8 *)(u64)START_PAGE)) {
        print("hypervisor: no memory at %x: a processor that the guest starts does not start\n", START_PAGE);
        return false;
    }
    remember(*icr, destination);
    *icr = (*icr & ~LAPIC_ICR_VECTOR) | START_PAGE >> 12;
    return true;
}

bool apic_write_icr(u64 value)
{
    u32 icr = value;

    return !redirect(&icr, value >> 32) || wrmsr_try(MSR_X2APIC_ICR, (value & ~0xFFFFFFFFull) | icr);
}

void exit_apic(struct vcpu *v)
{
    u32 offset = v->exit.address - LAPIC_BASE, value = v->exit.value;

    if (!v->exit.length)
        guest_dies(v, "a write to the local APIC by an instruction other than MOV and XCHG");
    if (offset != LAPIC_ICR || redirect(&value, *lapic(LAPIC_ICR_HIGH) >> 24))
        *lapic(offset) = value;
    advance(v);
}
