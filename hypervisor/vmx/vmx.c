/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Intel VMX (SDM vol. 3C, chapters 24-28), with EPT and without, unrestricted guest not needed. Without it PE, PG and NE
 * are always 1 in hardware: a guest that has paging off runs on an identity page table, and real mode is vmxassist's.
 * Without EPT the guest's own page tables are used, so nothing keeps it from our memory.
 */
#include "vmx.h"
#include "registers.h"
#include "hw/cpuid.h"
#include "hw/msr.h"
#include "hw/paging.h"

/* Not for a guest without paging: it runs on the tables of identity.c, which want PSE and have the user bit. */
#define CR4_PAGING  (VMX_CR4_MASK & ~(u64)(CR4_VMXE | CR4_PSE))

static u64 cr0_fixed0, cr4_fixed0;     /* what must be 1 in the guest */

/* Each processor has its own; start/vendor.c did the first one's. */
static void unlock_vmx(void)
{
    u64 control = rdmsr(MSR_FEATURE_CONTROL);

    if (!(control & FEATURE_CONTROL_LOCKED))
        wrmsr(MSR_FEATURE_CONTROL, control | FEATURE_CONTROL_LOCKED | FEATURE_CONTROL_VMX);
}

static void vmxon(struct vcpu *v)
{
    u32 *region = v->vmx_pages, *vmcs = region + PAGE_SIZE / sizeof(u32);
    u32 revision = rdmsr(MSR_VMX_BASIC) & 0x7FFFFFFF;
    u64 at = physical(region);

    write_cr0(read_cr0() | rdmsr(MSR_VMX_CR0_FIXED0));
    write_cr4(read_cr4() | cr4_fixed0);
    *region = revision;
    *vmcs = revision;
    asm volatile("vmxon %0" :: "m"(at) : "cc", "memory");
    at = physical(vmcs);
    asm volatile("vmclear %0" :: "m"(at) : "cc", "memory");
    asm volatile("vmptrld %0" :: "m"(at) : "cc", "memory");
}

static void enable_xsave(void)
{
    if (cpuid(1, 0).c & CPUID_1_ECX_XSAVE)
        write_cr4(read_cr4() | CR4_OSXSAVE);    /* for the guest's XSETBV */
}

static void setup(void)
{
    struct vmx_capabilities capabilities;
    const char *missing;

    cr0_fixed0 = rdmsr(MSR_VMX_CR0_FIXED0);
    cr4_fixed0 = rdmsr(MSR_VMX_CR4_FIXED0);
    vmx_ops.cr4_allowed = rdmsr(MSR_VMX_CR4_FIXED1) & ~(u64)CR4_VMXE;
    vmx_read_capabilities(&capabilities, hv.early);
    missing = vmx_choose_controls(&capabilities, hv.strict, &vmx_controls);
    if (missing) {
        print("hypervisor: %s\n", missing);
        machine_reset();
    }
    gated = vmx_gated(&vmx_controls);
    vmx_build_shared();
    vmx_ops.nested_paging = vmx_controls.cpu2 & CPU2_EPT;
    vmx_ops.real_mode = vmx_controls.unrestricted;
    if (vmx_controls.unrestricted)
        cr0_fixed0 &= ~(u64)(CR0_PE | CR0_PG);
    else
        identity_build();
}

static void enable(struct vcpu *v)
{
    if (!v->vmx_pages)
        v->vmx_pages = pages_alloc(2);
    v->launched = false;
    unlock_vmx();
    enable_xsave();
    vmxon(v);
    if (v->index == 0) {
        vmx_setup_io();
        if (vmx_io_bitmap())
            vmx_controls.cpu |= CPU_IO_BITMAPS;
    }
    vmx_build_vmcs();
}

void vmx_read_control(struct vcpu *v)
{
    u64 mask = vmx_controls.cr0_mask;

    v->cr0 = (vmread(VMCS_GUEST_CR0) & ~mask) | (v->cr0 & mask);
    v->cr4 = (vmread(VMCS_GUEST_CR4) & ~VMX_CR4_MASK) | (v->cr4 & VMX_CR4_MASK);
    if (vmx_controls.unrestricted || (v->cr0 & CR0_PG))
        v->cr3 = vmread(VMCS_GUEST_CR3);
}

/* Entry loads PDPTEs from the VMCS when there is EPT; MOV to CR3 in the guest loads them from memory. */
static void load_pdptes(const struct vcpu *v)
{
    const u64 *entry = guest_memory(v->cr3 & 0xFFFFFFE0, 4 * sizeof(u64));

    for (unsigned i = 0; i < 4; i++)
        vmwrite(VMCS_GUEST_PDPTE0 + 2 * i, entry ? entry[i] : 0);
}

/*
 * EFER: LMA and LME follow the entry control on every processor; SCE and NXE stay what the MSR holds, so we, who need
 * neither, keep the guest's there. That saves the load-EFER controls, which early processors lack.
 */
static void write_efer(const struct vcpu *v)
{
    wrmsr(MSR_EFER, (v->efer & (EFER_SCE | EFER_NXE)) | EFER_LME | EFER_LMA);
    vmwrite(VMCS_ENTRY_CONTROLS, v->efer & EFER_LMA ? vmx_controls.entry | ENTRY_IA32E : vmx_controls.entry);
}

static void write_control(struct vcpu *v)
{
    bool on_identity = !(v->cr0 & CR0_PG) && !vmx_controls.unrestricted;
    bool ferr = vmx_controls.unrestricted && !(v->cr0 & CR0_NE);
    u32 cpu = vmx_controls.cpu | (vmread(VMCS_CPU_CONTROLS) & CPU_INTERRUPT_WINDOW);
    u64 cr4 = on_identity ? (v->cr4 & ~CR4_PAGING) | CR4_PSE : v->cr4;

    if (on_identity)
        cpu |= CPU_CR3_LOAD_EXITING | CPU_CR3_STORE_EXITING;
    vmwrite(VMCS_CPU_CONTROLS, cpu);
    vmwrite(VMCS_EXCEPTION_BITMAP, (on_identity ? 1u << VECTOR_PF : 0) | (ferr ? 1u << VECTOR_MF : 0));
    vmwrite(VMCS_GUEST_CR0, v->cr0 | cr0_fixed0);
    vmwrite(VMCS_CR0_SHADOW, v->cr0);
    vmwrite(VMCS_GUEST_CR3, on_identity ? identity_root(v->assist) : v->cr3);
    vmwrite(VMCS_GUEST_CR4, cr4 | cr4_fixed0);
    vmwrite(VMCS_CR4_SHADOW, v->cr4);
    write_efer(v);
    if (vmx_ops.nested_paging)
        vmwrite(VMCS_EPT_POINTER, nested_root(v->shielded) | EPT_POINTER_WB_4LEVEL);
    if (vmx_ops.nested_paging && (v->cr0 & CR0_PG) && (v->cr4 & CR4_PAE) && !(v->efer & EFER_LMA))
        load_pdptes(v);
}

/* Segment `index` in the order of the VMCS fields. */
static void read_segment(unsigned index, struct vmx_assist_segment *s)
{
    s->sel = vmread(VMCS_GUEST_ES_SELECTOR + 2 * index);
    s->limit = vmread(VMCS_GUEST_ES_LIMIT + 2 * index);
    s->base = vmread(VMCS_GUEST_ES_BASE + 2 * index);
    s->arbytes = vmread(VMCS_GUEST_ES_ACCESS + 2 * index);
}

static void write_segment(unsigned index, const struct vmx_assist_segment *s)
{
    vmwrite(VMCS_GUEST_ES_SELECTOR + 2 * index, s->sel);
    vmwrite(VMCS_GUEST_ES_LIMIT + 2 * index, s->limit);
    vmwrite(VMCS_GUEST_ES_BASE + 2 * index, s->base);
    vmwrite(VMCS_GUEST_ES_ACCESS + 2 * index, s->arbytes);
}

static void read_segments(struct vcpu *v, struct vmx_assist_context *c)
{
    (void)v;
    for (unsigned i = 0; i < VMX_ASSIST_SEGMENTS; i++)      /* in the order of the VMCS fields */
        read_segment(i, vmx_assist_segment(c, i));
    c->gdtr_base = vmread(VMCS_GUEST_GDTR_BASE);
    c->gdtr_limit = vmread(VMCS_GUEST_GDTR_LIMIT);
    c->idtr_base = vmread(VMCS_GUEST_IDTR_BASE);
    c->idtr_limit = vmread(VMCS_GUEST_IDTR_LIMIT);
}

static void write_segments(struct vcpu *v, const struct vmx_assist_context *c)
{
    (void)v;
    for (unsigned i = 0; i < VMX_ASSIST_SEGMENTS; i++)
        write_segment(i, vmx_assist_segment((struct vmx_assist_context *)c, i));
    vmwrite(VMCS_GUEST_GDTR_BASE, c->gdtr_base);
    vmwrite(VMCS_GUEST_GDTR_LIMIT, c->gdtr_limit & 0xFFFF);
    vmwrite(VMCS_GUEST_IDTR_BASE, c->idtr_base);
    vmwrite(VMCS_GUEST_IDTR_LIMIT, c->idtr_limit & 0xFFFF);
    vmwrite(VMCS_GUEST_INTERRUPTIBILITY, 0);
    vmwrite(VMCS_GUEST_ACTIVITY, ACTIVITY_ACTIVE);
    vmwrite(VMCS_GUEST_PENDING_DEBUG, 0);
}

static void sleep(struct vcpu *v, enum wake_up until)
{
    (void)v;
    vmwrite(VMCS_GUEST_ACTIVITY, until == UNTIL_INIT ? ACTIVITY_HLT : ACTIVITY_WAIT_FOR_SIPI);
}

/* INIT is blocked until here (SDM vol. 3C, 24.8). */
static void leave(struct vcpu *v)
{
    (void)v;
    asm volatile("vmxoff" ::: "cc", "memory");
    for (;;)
        asm volatile("hlt");
}

static void inject(struct vcpu *v, u8 vector, s32 error)
{
    (void)v;
    vmwrite(VMCS_ENTRY_ERROR_CODE, (u32)error);
    vmwrite(VMCS_ENTRY_INTERRUPT_INFO, vector | VMX_EVENT_EXCEPTION | VMX_EVENT_VALID |
                                       (error == NO_ERROR_CODE ? 0 : VMX_EVENT_HAS_ERROR));
}

static void interrupt(struct vcpu *v, u8 vector)
{
    (void)v;
    vmx_unblock(BLOCKING_STI | BLOCKING_MOV_SS);    /* SDM vol. 3C, 27.3.1.5: neither, with an external interrupt */
    vmwrite(VMCS_ENTRY_INTERRUPT_INFO, vector | VMX_EVENT_VALID);
}

static void step_over(struct vcpu *v, bool trap)
{
    u64 dr6;

    vmx_unblock(BLOCKING_STI | BLOCKING_MOV_SS);
    if (!trap)
        return;
    asm volatile("mov %%dr6, %0" : "=r"(dr6));
    asm volatile("mov %0, %%dr6" :: "r"(dr6 | DR6_BS));
    inject(v, VECTOR_DB, NO_ERROR_CODE);
}

static u64 segment_base(const struct vcpu *v, unsigned segment)
{
    (void)v;
    return vmread(VMCS_GUEST_ES_BASE + 2 * segment);
}

static bool long_code(const struct vcpu *v)
{
    (void)v;
    return (vmread(VMCS_ENTRY_CONTROLS) & ENTRY_IA32E) && (vmread(VMCS_GUEST_ES_ACCESS + 2) & SEG_L);
}

static bool code_32(const struct vcpu *v)
{
    (void)v;
    return vmread(VMCS_GUEST_ES_ACCESS + 2) & SEG_DB;
}

static void dump(const struct vcpu *v)
{
    static const char name[8][5] = { "es", "cs", "ss", "ds", "fs", "gs", "ldtr", "tr" };

    (void)v;
    for (unsigned i = 0; i < 8; i++) {
        struct vmx_assist_segment s;
        read_segment(i, &s);
        print("%s=%x:%x+%x/%x%c", name[i], s.sel, s.base, s.limit, s.arbytes, i % 4 == 3 ? '\n' : ' ');
    }
    print("gdtr=%llx+%llx idtr=%llx+%llx\n", vmread(VMCS_GUEST_GDTR_BASE), vmread(VMCS_GUEST_GDTR_LIMIT),
          vmread(VMCS_GUEST_IDTR_BASE), vmread(VMCS_GUEST_IDTR_LIMIT));
}

struct hvm_ops vmx_ops = {
    .name = "VMX",
    .sipi_exits = true,
    .efer_allowed = EFER_COMMON,
    .setup = setup,
    .enable = enable,
    .run = vmx_run,
    .read_control = vmx_read_control,
    .write_control = write_control,
    .read_segments = read_segments,
    .write_segments = write_segments,
    .sleep = sleep,
    .leave = leave,
    .inject = inject,
    .interrupt = interrupt,
    .segment_base = segment_base,
    .long_code = long_code,
    .code_32 = code_32,
    .step_over = step_over,
    .read_msr = vmx_read_msr,
    .write_msr = vmx_write_msr,
    .task_switch = vmx_task_switch,
    .io = vmx_io,
    .dump = dump,
};
