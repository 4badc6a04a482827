/* SPDX-License-Identifier: BSD-2-Clause */
/* hypervisor/vmx/task.c: what a task switch leaves of NMI blocking. Bochs 2.7 keeps NMIs blocked whatever the VMCS says then. */
#include "hv_fake.h"
#include "hw/vmx.h"
#include "hypervisor/registers.h"

static u64 vmcs[0x8000];

#define vmread(field)          (vmcs[field])
#define vmwrite(field, value)  ((void)(vmcs[field] = (value)))
#define read_cr2()             0
#define write_cr2(value)       ((void)(value))
#include "hypervisor/vmx/task.c"

void *guest_memory(paddr at, usize bytes)
{
    return NULL;
}

bool x86_load_pdptes(struct x86_cpu *cpu, const struct x86_ops *o)
{
    return true;
}

/* The other task is there. */
enum x86_result x86_task_switch(struct x86_cpu *cpu, const struct x86_ops *o, u16 selector, enum x86_switch source,
                                bool has_error, u32 error)
{
    cpu->seg[X86_TR].selector = selector;
    return X86_DONE;
}

static void read_segments(struct vcpu *v, struct vmx_assist_context *c)
{
    *c = (struct vmx_assist_context){ 0 };
}

/* As vmx.c. */
static void write_segments(struct vcpu *v, const struct vmx_assist_context *c)
{
    vmcs[VMCS_GUEST_INTERRUPTIBILITY] = 0;
}

static void control(struct vcpu *v)
{
}

static struct hvm_ops hvm_of_test = {
    .read_control = control, .write_control = control, .read_segments = read_segments, .write_segments = write_segments,
};
struct hvm_ops *hvm = &hvm_of_test;

static u64 blocking_after(u64 before, enum x86_switch source, u32 event)
{
    struct vcpu v = { .exit.value = 0x40 | (u64)source << 30 };

    vmcs[VMCS_GUEST_INTERRUPTIBILITY] = before;
    vmcs[VMCS_IDT_VECTORING_INFO] = event;
    vmx_task_switch(&v);
    return vmcs[VMCS_GUEST_INTERRUPTIBILITY];
}

static void nmi_blocking_follows(void **state)
{
    assert_int_equal(blocking_after(0, X86_SWITCH_GATE, VMX_EVENT_NMI), BLOCKING_NMI);
    assert_int_equal(blocking_after(BLOCKING_NMI, X86_SWITCH_CALL, 0), BLOCKING_NMI);
    assert_int_equal(blocking_after(BLOCKING_NMI, X86_SWITCH_IRET, 0), 0);
    assert_int_equal(blocking_after(BLOCKING_MOV_SS | BLOCKING_STI, X86_SWITCH_JUMP, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(nmi_blocking_follows) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
