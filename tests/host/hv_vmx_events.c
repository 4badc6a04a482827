/* SPDX-License-Identifier: BSD-2-Clause */
/* hypervisor/vmx/vmx.c and run.c: events at an entry, and what blocks them; Bochs 2.7 forgets STI at a fault behind it. */
#include "hv_fake.h"
#include "hw/vmx.h"
#include "hypervisor/registers.h"

static u64 fields[0x8000];

#define vmread(field)          (fields[field])
#define vmwrite(field, value)  ((void)(fields[field] = (value)))
#include "hypervisor/vmx/vmx.c"
#include "hypervisor/vmx/run.c"

struct gated gated;
struct vmx_controls vmx_controls;
u32 nested_generation;

void vmx_read_capabilities(struct vmx_capabilities *c, bool early) { }
const char *vmx_choose_controls(const struct vmx_capabilities *capable, bool strict, struct vmx_controls *c) { return NULL; }
struct gated vmx_gated(const struct vmx_controls *c) { return gated; }
void vmx_build_shared(void) { }
void vmx_build_vmcs(void) { }
bool vmx_read_msr(u32 msr, u64 *value) { return false; }
bool vmx_write_msr(u32 msr, u64 value) { return false; }
void vmx_setup_io(void) { }
u64 vmx_io_bitmap(void) { return 0; }
void vmx_io(struct vcpu *v) { }
void vmx_task_switch(struct vcpu *v) { }
void *pages_alloc(unsigned n) { return NULL; }
u64 physical(const void *ours) { return 0; }
void *guest_memory(paddr at, usize bytes) { return NULL; }
void machine_reset(void) { abort(); }
void print(const char *format, ...) { }
void identity_build(void) { }
u64 identity_root(bool assist) { return 0; }
u64 nested_root(bool shielded) { return 0; }
bool apic_intercepted(paddr written) { return false; }
void decode_store(struct vcpu *v) { }
struct hv_start hv;

/* The guest has run, and left what is in `fields`. */
u64 vmx_enter(struct vcpu *v, bool launched)
{
    return 0;
}

static void interrupt_ends_shadow(void **state)
{
    struct vcpu v = { 0 };

    for (u32 shadow = 0; shadow <= BLOCKING_MOV_SS; shadow++) {
        fields[VMCS_GUEST_INTERRUPTIBILITY] = shadow | BLOCKING_NMI;
        interrupt(&v, 0x75);
        assert_int_equal(fields[VMCS_ENTRY_INTERRUPT_INFO], VMX_EVENT_VALID | 0x75);
        assert_int_equal(fields[VMCS_GUEST_INTERRUPTIBILITY], BLOCKING_NMI);
    }
}

static void violation(u64 blocking, u32 event)
{
    struct vcpu v = { 0 };

    fields[VMCS_EXIT_REASON] = VMX_EXIT_EPT_VIOLATION;
    fields[VMCS_EXIT_QUALIFICATION] = MEMORY_QUAL_NMI_UNBLOCKED;
    fields[VMCS_GUEST_INTERRUPTIBILITY] = blocking;
    fields[VMCS_IDT_VECTORING_INFO] = event;
    fields[VMCS_ENTRY_INTERRUPT_INFO] = 0;
    vmx_run(&v);
}

static void iret_stays_blocked(void **state)
{
    violation(0, 0);
    assert_int_equal(fields[VMCS_GUEST_INTERRUPTIBILITY], BLOCKING_NMI);
    assert_int_equal(fields[VMCS_ENTRY_INTERRUPT_INFO], 0);
}

/* Bit 12 of both is undefined then. */
static void event_comes_again(void **state)
{
    violation(0, VMX_EVENT_VALID | 1 << 12 | 0x30);
    assert_int_equal(fields[VMCS_GUEST_INTERRUPTIBILITY], 0);
    assert_int_equal(fields[VMCS_ENTRY_INTERRUPT_INFO], VMX_EVENT_VALID | 0x30);
    violation(BLOCKING_NMI, VMX_EVENT_NMI);
    assert_int_equal(fields[VMCS_GUEST_INTERRUPTIBILITY], 0);
    assert_int_equal(fields[VMCS_ENTRY_INTERRUPT_INFO], VMX_EVENT_NMI);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(interrupt_ends_shadow), cmocka_unit_test(iret_stays_blocked), cmocka_unit_test(event_comes_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
