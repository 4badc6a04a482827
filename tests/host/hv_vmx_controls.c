/* SPDX-License-Identifier: BSD-2-Clause */
/* hypervisor/vmx/controls.c: which controls are set on processors of several generations, by their capability MSRs. */
#include "hv_fake.h"
#include "hypervisor/vmx/controls.c"

/* Values as a Merom has them: no bit 55 in VMX_BASIC, CR3 exits not to be switched off, no secondary controls, no EFER controls. */
static void merom(void)
{
    fake_msr_count = 0;
    fake_msr(MSR_VMX_BASIC, 0x001A040000000007);
    fake_msr(MSR_VMX_PINBASED, 0x0000001F00000016);
    fake_msr(MSR_VMX_PROCBASED, 0x77B9FFFE0401E172);
    fake_msr(MSR_VMX_EXIT, 0x0003EFFF00036DFF);
    fake_msr(MSR_VMX_ENTRY, 0x00001FFF000011FF);
}

static void bochs(u64 cpu2, u64 ept_vpid)          /* lynnfield and arrandale differ in these */
{
    fake_msr_count = 0;
    fake_msr(MSR_VMX_BASIC, 0x00D810000000002B);
    fake_msr(MSR_VMX_PINBASED + MSR_VMX_TRUE_OFFSET, 0x0000007F00000016);
    fake_msr(MSR_VMX_PROCBASED + MSR_VMX_TRUE_OFFSET, 0xF7F9FFFE04006172);
    fake_msr(MSR_VMX_EXIT + MSR_VMX_TRUE_OFFSET, 0x007FFFFF00036DFB);
    fake_msr(MSR_VMX_ENTRY + MSR_VMX_TRUE_OFFSET, 0x0000FFFF000011FB);
    fake_msr(MSR_VMX_PROCBASED2, cpu2);
    fake_msr(MSR_VMX_EPT_VPID, ept_vpid);
}

static struct vmx_controls chosen(bool strict, bool early)
{
    struct vmx_capabilities capable;
    struct vmx_controls c = { 0 };

    vmx_read_capabilities(&capable, early);
    assert_null(vmx_choose_controls(&capable, strict, &c));
    return c;
}

static void first_generation(void **state)
{
    struct vmx_controls c;

    merom();
    c = chosen(false, false);
    assert_int_equal(c.cpu & (CPU_CR3_LOAD_EXITING | CPU_CR3_STORE_EXITING), CPU_CR3_LOAD_EXITING | CPU_CR3_STORE_EXITING);
    assert_int_equal(c.cpu & CPU_SECONDARY, 0);
    assert_int_equal(c.cpu2, 0);
    assert_false(c.unrestricted || c.ept_1g || c.invept);
    assert_int_equal(c.cr0_mask, CR0_PE | CR0_PG | CR0_NE);
    assert_true(c.exit & EXIT_HOST_64 && c.exit & EXIT_SAVE_DEBUG && c.entry & ENTRY_LOAD_DEBUG);
    assert_false(vmx_gated(&c).rdtscp || vmx_gated(&c).invpcid);
}

static void no_msr_bitmaps(void **state)
{
    merom();
    fake_msr(MSR_VMX_PROCBASED, 0x67B9FFFE0401E172);
    assert_int_equal(chosen(false, false).cpu & CPU_MSR_BITMAPS, 0);
}

static void no_64_bit_host(void **state)             /* Yonah: 32-bit */
{
    struct vmx_capabilities capable;
    struct vmx_controls c;

    merom();
    fake_msr(MSR_VMX_EXIT, 0x0003EDFF00036DFF);
    vmx_read_capabilities(&capable, false);
    assert_non_null(vmx_choose_controls(&capable, false, &c));
}

static void lynnfield(void **state)
{
    struct vmx_controls c;

    bochs(0x0000007F00000000, 0x00000F0106114141);
    c = chosen(false, false);
    assert_int_equal(c.cpu & (CPU_CR3_LOAD_EXITING | CPU_CR3_STORE_EXITING), 0);
    assert_int_equal(c.cpu2, CPU2_EPT | CPU2_RDTSCP);
    assert_false(c.unrestricted || c.ept_1g);
    assert_true(c.invept && vmx_gated(&c).rdtscp);
}

static void arrandale(void **state)
{
    struct vmx_controls c;

    bochs(0x000000FF00000000, 0x00000F0106114141);
    c = chosen(false, false);
    assert_true(c.unrestricted);
    assert_int_equal(c.cr0_mask, CR0_PG | CR0_NE);
    c = chosen(true, false);
    assert_false(c.unrestricted);
    assert_int_equal(c.cr0_mask, CR0_PE | CR0_PG | CR0_NE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_generation), cmocka_unit_test(no_msr_bitmaps), cmocka_unit_test(no_64_bit_host),
        cmocka_unit_test(lynnfield), cmocka_unit_test(arrandale),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
