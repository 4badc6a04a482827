/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Intel VMX (SDM vol. 3C, chapters 24-28), with EPT and without, unrestricted guest not needed. Without it PE, PG and NE
 * are always 1 in hardware: a guest that has paging off runs on an identity page table, and real mode is vmxassist's.
 * Without EPT the guest's own page tables are used, so nothing keeps it from our memory.
 */
#include "vmx.h"
#include "apic.h"
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
    u64 at = physical(region), cr0, cr4;

    asm volatile("mov %%cr0, %0" : "=r"(cr0));
    asm volatile("mov %%cr4, %0" : "=r"(cr4));
    asm volatile("mov %0, %%cr0" :: "r"(cr0 | rdmsr(MSR_VMX_CR0_FIXED0)));
    asm volatile("mov %0, %%cr4" :: "r"(cr4 | cr4_fixed0));
    *region = revision;
    *vmcs = revision;
    asm volatile("vmxon %0" :: "m"(at) : "cc", "memory");
    at = physical(vmcs);
    asm volatile("vmclear %0" :: "m"(at) : "cc", "memory");
    asm volatile("vmptrld %0" :: "m"(at) : "cc", "memory");
}

static void enable_xsave(void)
{
    u32 a = 1, b, c = 0, d;
    u64 cr4;

    asm volatile("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
    if (!(c & CPUID_1_ECX_XSAVE))
        return;
    asm volatile("mov %%cr4, %0" : "=r"(cr4));
    asm volatile("mov %0, %%cr4" :: "r"(cr4 | CR4_OSXSAVE));   /* for the guest's XSETBV */
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

static void read_control(struct vcpu *v)
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
    u32 cpu = vmx_controls.cpu;
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
    vmwrite(VMCS_ENTRY_INTERRUPT_INFO, vector | VMX_EVENT_VALID);
}

static void block(u32 bits)
{
    vmwrite(VMCS_GUEST_INTERRUPTIBILITY, vmread(VMCS_GUEST_INTERRUPTIBILITY) | bits);
}

static void unblock(u32 bits)
{
    vmwrite(VMCS_GUEST_INTERRUPTIBILITY, vmread(VMCS_GUEST_INTERRUPTIBILITY) & ~bits);
}

static void step_over(struct vcpu *v, bool trap)
{
    u64 dr6;

    unblock(BLOCKING_STI | BLOCKING_MOV_SS);
    if (!trap)
        return;
    asm volatile("mov %%dr6, %0" : "=r"(dr6));
    asm volatile("mov %0, %%dr6" :: "r"(dr6 | DR6_BS));
    inject(v, VECTOR_DB, NO_ERROR_CODE);
}

/* An exit while the processor delivered an event: deliver it again at the next entry. */
static void redeliver(void)
{
    u32 info = vmread(VMCS_IDT_VECTORING_INFO);

    if (!(info & VMX_EVENT_VALID))
        return;
    if ((info & ~VMX_EVENT_HAS_ERROR) == VMX_EVENT_NMI)
        unblock(BLOCKING_NMI);
    vmwrite(VMCS_ENTRY_INTERRUPT_INFO, info & ~(1u << 12));
    vmwrite(VMCS_ENTRY_ERROR_CODE, vmread(VMCS_IDT_VECTORING_ERROR));
    vmwrite(VMCS_ENTRY_LENGTH, vmread(VMCS_EXIT_LENGTH));
}

static void decode_cr(struct vcpu *v)
{
    u64 q = vmread(VMCS_EXIT_QUALIFICATION);
    u64 mask = vmx_ops.long_code(v) ? ~0ull : 0xFFFFFFFF;

    v->exit.cr = CR_QUAL_NUMBER(q);
    v->exit.gpr = CR_QUAL_REGISTER(q);
    v->exit.operand_size = mask == ~0ull ? 8 : 4;
    v->exit.access = CR_QUAL_ACCESS(q) == CR_QUAL_FROM_CR ? CR_READ : CR_WRITE;
    v->exit.value = v->gpr[v->exit.gpr] & mask;
    if (CR_QUAL_ACCESS(q) == CR_QUAL_LMSW) {
        read_control(v);
        v->exit.value = (v->cr0 & ~0xEull) | (CR_QUAL_LMSW_VALUE(q) & 0xF);
    }
}

static enum exit_kind exit_kind(u32 reason)
{
    switch (reason) {
    case VMX_EXIT_EXCEPTION:     return (u8)vmread(VMCS_EXIT_INTERRUPT_INFO) == VECTOR_MF ? EXIT_FPU_ERROR : EXIT_PAGE_FAULT;
    case VMX_EXIT_TRIPLE_FAULT:  return EXIT_TRIPLE_FAULT;
    case VMX_EXIT_INIT:          return EXIT_INIT;
    case VMX_EXIT_SIPI:          return EXIT_SIPI;
    case VMX_EXIT_TASK_SWITCH:   return EXIT_TASK_SWITCH;
    case VMX_EXIT_CPUID:         return EXIT_CPUID;
    case VMX_EXIT_INVD:          return EXIT_INVD;
    case VMX_EXIT_CR:            return EXIT_CR;
    case VMX_EXIT_IO:            return EXIT_IO;
    case VMX_EXIT_RDMSR:         return EXIT_RDMSR;
    case VMX_EXIT_WRMSR:         return EXIT_WRMSR;
    case VMX_EXIT_EPT_VIOLATION: return EXIT_MEMORY;
    case VMX_EXIT_XSETBV:        return EXIT_XSETBV;
    case VMX_EXIT_GETSEC:
    case VMX_EXIT_INVEPT:
    case VMX_EXIT_INVVPID:
    case VMX_EXIT_VMCALL ... VMX_EXIT_VMXON: return EXIT_VM_INSTRUCTION;
    }
    return reason & VMX_EXIT_ENTRY_FAILED ? EXIT_ENTRY_FAILED : EXIT_OTHER;
}

/* Entries keep what the processor cached of EPT. */
static void follow_nested(struct vcpu *v)
{
    static const u64 all[2];
    u64 kind = INVEPT_ALL;
    u32 now = __atomic_load_n(&nested_generation, __ATOMIC_ACQUIRE);

    if (v->nested_seen != now && vmx_controls.invept)
        asm volatile("invept %0, %1" :: "m"(all), "r"(kind) : "cc", "memory");
    v->nested_seen = now;
}

static void run(struct vcpu *v)
{
    follow_nested(v);
    vmwrite(VMCS_GUEST_RSP, v->gpr[RSP]);
    vmwrite(VMCS_GUEST_RIP, v->rip);
    vmwrite(VMCS_GUEST_RFLAGS, v->rflags);
    v->exit = (struct vm_exit){ 0 };
    if (vmx_enter(v, v->launched)) {
        v->exit.kind = EXIT_ENTRY_FAILED;
        v->exit.value = vmread(VMCS_INSTRUCTION_ERROR);
        return;
    }
    v->launched = true;
    v->gpr[RSP] = vmread(VMCS_GUEST_RSP);
    v->rip = vmread(VMCS_GUEST_RIP);
    v->rflags = vmread(VMCS_GUEST_RFLAGS);
    v->exit.reason = vmread(VMCS_EXIT_REASON);
    v->exit.kind = exit_kind(v->exit.reason);
    v->exit.length = vmread(VMCS_EXIT_LENGTH);
    v->exit.address = vmread(VMCS_GUEST_PHYSICAL_ADDRESS);
    v->exit.value = vmread(VMCS_EXIT_QUALIFICATION);
    v->exit.mapped = v->exit.value & EPT_QUAL_MAPPED;
    if (v->exit.kind != EXIT_TASK_SWITCH)
        redeliver();
    if (v->exit.kind == EXIT_MEMORY && v->exit.value & MEMORY_QUAL_NMI_UNBLOCKED)
        block(BLOCKING_NMI);
    if (v->exit.kind == EXIT_CR)
        decode_cr(v);
    if (v->exit.kind == EXIT_PAGE_FAULT) {
        v->exit.linear = v->exit.value;
        v->exit.error = vmread(VMCS_EXIT_INTERRUPT_ERROR);
    }
    if (v->exit.kind == EXIT_MEMORY && (v->exit.value & EPT_QUAL_WRITE) && apic_intercepted(v->exit.address)) {
        v->exit.kind = EXIT_APIC;
        v->exit.length = 0;
        decode_store(v);
    }
}

/* These are loaded from the VMCS at each entry: the MSRs themselves are ours now. 0: not of them. */
static u32 field_of_msr(u32 msr)
{
    switch (msr) {
    case MSR_SYSENTER_CS:  return VMCS_GUEST_SYSENTER_CS;
    case MSR_SYSENTER_ESP: return VMCS_GUEST_SYSENTER_ESP;
    case MSR_SYSENTER_EIP: return VMCS_GUEST_SYSENTER_EIP;
    case MSR_FS_BASE:      return VMCS_GUEST_FS_BASE;
    case MSR_GS_BASE:      return VMCS_GUEST_GS_BASE;
    case MSR_DEBUGCTL:     return VMCS_GUEST_DEBUGCTL;
    }
    return 0;
}

/* Without MSR bitmaps every access exits; with them only those outside their ranges, which are no MSRs, and the MTRRs. */
static bool hidden_msr(u32 msr)
{
    return msr == MSR_FEATURE_CONTROL || (msr >= MSR_VMX_BASIC && msr <= MSR_VMX_LAST) ||
           (msr >= MSR_BITMAP_RANGE && (msr < MSR_BITMAP_HIGH || msr >= MSR_BITMAP_HIGH + MSR_BITMAP_RANGE));
}

static bool read_msr(u32 msr, u64 *value)
{
    u32 field = field_of_msr(msr);

    if (field)
        *value = vmread(field);
    return field || (!hidden_msr(msr) && rdmsr_try(msr, value));
}

static bool write_msr(u32 msr, u64 value)
{
    u32 field = field_of_msr(msr);

    if (field)
        vmwrite(field, value);
    return field || (!hidden_msr(msr) && wrmsr_try(msr, value));
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
    .setup = setup,
    .enable = enable,
    .run = run,
    .read_control = read_control,
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
    .read_msr = read_msr,
    .write_msr = write_msr,
    .task_switch = vmx_task_switch,
    .io = vmx_io,
    .dump = dump,
};
