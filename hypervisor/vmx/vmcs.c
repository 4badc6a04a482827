/* SPDX-License-Identifier: BSD-2-Clause */
/* The VMCS: what is written once. Intel SDM vol. 3C, 25.4-25.8. */
#include "vmx.h"
#include "registers.h"
#include "hw/msr.h"

#define HOST_CS       0x18   /* as start.S left them */
#define HOST_DS       0x10
#define HOST_TR       0x08   /* SDM 27.2.3: not 0; a TSS that is never used */

#define BITMAP_READ_LOW    0x000
#define BITMAP_READ_HIGH   0x400
#define BITMAP_WRITE_LOW   0x800
#define BITMAP_WRITE_HIGH  0xC00

extern u8 core_gdt[], core_idt[];      /* core_entry.S */

/* What we do not use; a region of zeros is no promise of zeros in its fields (SDM 25.11.3). The guest's are as after a reset. */
static const u16 zero_fields[] = {
    VMCS_PAGE_FAULT_MASK, VMCS_PAGE_FAULT_MATCH, VMCS_CR3_TARGET_COUNT, VMCS_EXIT_MSR_STORE_COUNT, VMCS_EXIT_MSR_LOAD_COUNT,
    VMCS_ENTRY_MSR_LOAD_COUNT, VMCS_ENTRY_INTERRUPT_INFO,
    VMCS_HOST_SYSENTER_CS, VMCS_HOST_SYSENTER_ESP, VMCS_HOST_SYSENTER_EIP, VMCS_HOST_FS_BASE, VMCS_HOST_GS_BASE, VMCS_HOST_TR_BASE,
    VMCS_GUEST_SYSENTER_CS, VMCS_GUEST_SYSENTER_ESP, VMCS_GUEST_SYSENTER_EIP, VMCS_GUEST_DEBUGCTL,
};

static u64 msr_bitmap;

static void intercept(u8 *map, u32 offset, u32 msr)
{
    map[offset + (msr & 0x1FFF) / 8] |= 1 << (msr & 7);
}

static u64 build_msr_bitmap(void)
{
    u8 *map = page_alloc();

    intercept(map, BITMAP_READ_HIGH, MSR_EFER);
    intercept(map, BITMAP_WRITE_HIGH, MSR_EFER);
    intercept(map, BITMAP_READ_LOW, MSR_FEATURE_CONTROL);
    intercept(map, BITMAP_WRITE_LOW, MSR_FEATURE_CONTROL);
    for (u32 msr = MSR_VMX_BASIC; msr <= MSR_VMX_LAST; msr++) {
        intercept(map, BITMAP_READ_LOW, msr);
        intercept(map, BITMAP_WRITE_LOW, msr);
    }
    for (u32 msr = MSR_MTRR_PHYSBASE0; vmx_controls.cpu2 & CPU2_EPT && msr <= MSR_MTRR_DEF_TYPE; msr++)
        if (mtrr_is(msr))
            intercept(map, BITMAP_WRITE_LOW, msr);
    return physical(map);
}

static void write_host(void)
{
    for (u32 field = VMCS_HOST_ES_SELECTOR; field < VMCS_HOST_TR_SELECTOR; field += 2)
        vmwrite(field, HOST_DS);
    vmwrite(VMCS_HOST_CS_SELECTOR, HOST_CS);
    vmwrite(VMCS_HOST_TR_SELECTOR, HOST_TR);
    vmwrite(VMCS_HOST_CR0, read_cr0());
    vmwrite(VMCS_HOST_CR3, read_cr3());
    vmwrite(VMCS_HOST_CR4, read_cr4());
    vmwrite(VMCS_HOST_GDTR_BASE, (u64)core_gdt);
    vmwrite(VMCS_HOST_IDTR_BASE, (u64)core_idt);
    vmwrite(VMCS_HOST_RIP, (u64)vmx_exit);
}

static void write_controls(void)
{
    vmwrite(VMCS_PIN_CONTROLS, vmx_controls.pin);
    vmwrite(VMCS_CPU_CONTROLS, vmx_controls.cpu);
    vmwrite(VMCS_EXIT_CONTROLS, vmx_controls.exit);
    vmwrite(VMCS_ENTRY_CONTROLS, vmx_controls.entry);
    if (vmx_controls.cpu & CPU_SECONDARY)
        vmwrite(VMCS_CPU_CONTROLS2, vmx_controls.cpu2);
    vmwrite(VMCS_IO_BITMAP_A, vmx_io_bitmap());
    vmwrite(VMCS_IO_BITMAP_B, vmx_io_bitmap() + PAGE_SIZE);
    vmwrite(VMCS_MSR_BITMAP, msr_bitmap);
    vmwrite(VMCS_CR0_MASK, vmx_controls.cr0_mask);
    vmwrite(VMCS_CR4_MASK, VMX_CR4_MASK);
}

void vmx_build_shared(void)
{
    msr_bitmap = build_msr_bitmap();
    if (vmx_controls.cpu2 & CPU2_EPT)
        nested_build(true, vmx_controls.ept_1g);
}

void vmx_build_vmcs(void)
{
    for (u32 i = 0; i < ARRAY_SIZE(zero_fields); i++)
        vmwrite(zero_fields[i], 0);
    write_controls();
    write_host();
    vmwrite(VMCS_LINK_POINTER, ~0ull);
    vmwrite(VMCS_GUEST_DR7, 0x400);     /* as after a reset */
}
