/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * AMD SVM (APM vol. 2, chapter 15). The processor runs real mode in a guest by itself; `strict` refuses it and uses
 * vmxassist all the same. SVM has no CR0 read shadow: while vmxassist runs, reads of CR0 are intercepted too (SMSW is
 * one), and show PE=0 and PG=0: it has the page tables of identity.c.
 */
#include "svm.h"
#include "apic.h"
#include "hw/cpuid.h"
#include "hw/msr.h"
#include "hw/paging.h"

#define INTERCEPT_CR0_READ   (1u << 0)
#define INTERCEPT_CR0_WRITE  (1u << 16)

#define ASSIST_CR0  (CR0_PE | CR0_PG)   /* what the processor has while vmxassist runs, and nobody sees */

#define MSR_READS   1          /* bits of the permission map */
#define MSR_WRITES  2

static u64 msr_map;

static void intercept_msr(u8 *map, u32 msr, u8 accesses)
{
    u32 base = msr >= 0xC0010000 ? SVM_MSRPM_C0010000 : msr >= 0xC0000000 ? SVM_MSRPM_C0000000 : 0;

    map[base + (msr & 0x1FFF) / 4] |= accesses << (msr & 3) * 2;
}

static u64 build_msr_map(void)
{
    u8 *map = pages_alloc(SVM_MSRPM_BYTES / PAGE_SIZE);

    intercept_msr(map, MSR_X2APIC_ICR, MSR_WRITES);
    intercept_msr(map, MSR_EFER, MSR_READS | MSR_WRITES);
    intercept_msr(map, MSR_VM_CR, MSR_READS | MSR_WRITES);
    intercept_msr(map, MSR_VM_HSAVE_PA, MSR_READS | MSR_WRITES);
    return physical(map);
}

static void setup(void)
{
    msr_map = build_msr_map();
    if (cpuid(0x8000000A, 0).d & CPUID_8A_EDX_NPT) {
        nested_build(false, cpuid(0x80000001, 0).d & CPUID_81_EDX_1G_PAGES);
        svm_ops.nested_paging = true;
    }
    svm_ops.real_mode = !hv.strict;
    if (hv.strict)
        identity_build();
    svm_ops.cr4_allowed = ~0ull;        /* the processor raises its own #GP */
    svm_ops.efer_allowed = svm_efer_allowed();
}

static void enable(struct vcpu *v)
{
    struct vmcb *vmcb = v->vmcb;

    if (!vmcb)
        vmcb = v->vmcb = pages_alloc(2);    /* the second is the processor's own */
    memset(vmcb, 0, sizeof(*vmcb));         /* INIT and SIPI bring it here again */
    wrmsr(MSR_EFER, rdmsr(MSR_EFER) | EFER_SVME);
    wrmsr(MSR_VM_HSAVE_PA, physical(vmcb + 1));
    asm volatile("clgi");
    vmcb->asid = 1;
    vmcb->msrpm_base = msr_map;
    vmcb->intercept_misc1 = SVM_INTERCEPT_CPUID | SVM_INTERCEPT_INVD | SVM_INTERCEPT_INVLPGA | SVM_INTERCEPT_MSR |
                            SVM_INTERCEPT_SHUTDOWN | (hv.strict ? SVM_INTERCEPT_CR0_SEL_WRITE : 0);
    vmcb->intercept_misc2 = SVM_INTERCEPT2_VM;
    vmcb->pat = 0x0007040600070406;     /* as after a reset */
    vmcb->dr6 = 0xFFFF0FF0;
    vmcb->dr7 = 0x400;
    if (svm_ops.nested_paging)
        vmcb->nested = SVM_NESTED_PAGING;
}

/*
 * LME is kept from the processor until paging is on, where we see that happen: QEMU's #VMEXIT does not get the host back
 * into long mode from a guest with LME but neither PG nor PAE.
 */
static u64 shadowed_efer(u64 cr0)
{
    return hv.strict && !(cr0 & CR0_PG) ? EFER_LME : 0;
}

static void read_control(struct vcpu *v)
{
    const struct vmcb *vmcb = v->vmcb;
    u64 shadow = v->assist ? ASSIST_CR0 : 0, lme;

    v->cr0 = (vmcb->cr0 & ~shadow) | (v->cr0 & shadow);
    lme = shadowed_efer(v->cr0);
    if (!v->assist)
        v->cr3 = vmcb->cr3;
    v->cr4 = vmcb->cr4;
    v->efer = (vmcb->efer & ~(EFER_SVME | lme)) | (v->efer & lme);
}

static void write_control(struct vcpu *v)
{
    struct vmcb *vmcb = v->vmcb;

    vmcb->cr0 = v->cr0 | (v->assist ? ASSIST_CR0 : 0);
    vmcb->cr3 = v->assist ? identity_root(true) : v->cr3;
    vmcb->cr4 = v->cr4 | (v->assist ? CR4_PSE : 0);
    vmcb->nested_cr3 = svm_ops.nested_paging ? nested_root(v->shielded) : 0;
    vmcb->efer = (v->efer & ~shadowed_efer(v->cr0)) | EFER_SVME;
    vmcb->intercept_cr = v->assist ? INTERCEPT_CR0_READ | INTERCEPT_CR0_WRITE : 0;
    vmcb->intercept_exception = v->assist ? 1u << VECTOR_PF : 0;
    vmcb->tlb_control = SVM_TLB_FLUSH_ALL;
}

static void read_segment(struct vmx_assist_segment *to, const struct svm_segment *from)
{
    to->sel = from->sel;
    to->limit = from->limit;
    to->base = from->base;
    to->arbytes = (from->attrib & 0xFF) | (from->attrib & 0xF00) << 4;
    if (!(to->arbytes & SEG_P))
        to->arbytes |= SEG_UNUSABLE;
}

static void write_segment(struct svm_segment *to, const struct vmx_assist_segment *from)
{
    to->sel = from->sel;
    to->limit = from->limit;
    to->base = from->base;
    to->attrib = from->arbytes & SEG_UNUSABLE ? 0 : (from->arbytes & 0xFF) | (from->arbytes >> 4 & 0xF00);
}

static void read_segments(struct vcpu *v, struct vmx_assist_context *c)
{
    const struct vmcb *vmcb = v->vmcb;

    read_segment(&c->cs, &vmcb->cs);
    read_segment(&c->ds, &vmcb->ds);
    read_segment(&c->es, &vmcb->es);
    read_segment(&c->ss, &vmcb->ss);
    read_segment(&c->fs, &vmcb->fs);
    read_segment(&c->gs, &vmcb->gs);
    read_segment(&c->tr, &vmcb->tr);
    read_segment(&c->ldtr, &vmcb->ldtr);
    c->tr.arbytes |= 2;                 /* busy, as a loaded TSS is */
    c->cs.arbytes |= SEG_ACCESSED;      /* as a loaded segment is, but QEMU's far jump does not see to it */
    c->gdtr_base = vmcb->gdtr.base;
    c->gdtr_limit = vmcb->gdtr.limit;
    c->idtr_base = vmcb->idtr.base;
    c->idtr_limit = vmcb->idtr.limit;
}

static void write_segments(struct vcpu *v, const struct vmx_assist_context *c)
{
    struct vmcb *vmcb = v->vmcb;

    write_segment(&vmcb->cs, &c->cs);
    write_segment(&vmcb->ds, &c->ds);
    write_segment(&vmcb->es, &c->es);
    write_segment(&vmcb->ss, &c->ss);
    write_segment(&vmcb->fs, &c->fs);
    write_segment(&vmcb->gs, &c->gs);
    write_segment(&vmcb->tr, &c->tr);
    write_segment(&vmcb->ldtr, &c->ldtr);
    vmcb->tr.attrib &= ~2;              /* QEMU keeps TR as available inside, and aborts on a busy one */
    vmcb->gdtr.base = c->gdtr_base;
    vmcb->gdtr.limit = c->gdtr_limit;
    vmcb->idtr.base = c->idtr_base;
    vmcb->idtr.limit = c->idtr_limit;
    vmcb->cpl = v->rflags & EFLAGS_VM ? 3 : (c->ss.arbytes & SEG_DPL) >> SEG_DPL_SHIFT;
    vmcb->interrupt_shadow = 0;
}

static void sleep(struct vcpu *v, enum wake_up until)
{
    (void)v;
    (void)until;
    asm volatile("stgi");               /* with GIF clear an INIT would wait */
    for (;;)
        asm volatile("hlt");
}

static void inject(struct vcpu *v, u8 vector, s32 error)
{
    v->vmcb->eventinj = vector | SVM_EVENT_EXCEPTION | SVM_EVENT_VALID;
    if (error != NO_ERROR_CODE)
        v->vmcb->eventinj |= SVM_EVENT_HAS_ERROR | (u64)(u32)error << 32;
}

static void step_over(struct vcpu *v, bool trap)
{
    v->vmcb->interrupt_shadow &= ~SVM_INTERRUPT_SHADOW;
    if (!trap)
        return;
    v->vmcb->dr6 |= DR6_BS;
    inject(v, VECTOR_DB, NO_ERROR_CODE);
}

static u64 segment_base(const struct vcpu *v, unsigned segment)
{
    return (&v->vmcb->es)[segment].base;   /* the VMCB has them in instruction order */
}

static bool long_code(const struct vcpu *v)
{
    return (v->vmcb->efer & EFER_LMA) && (v->vmcb->cs.attrib & SEG_L >> 4);
}

static bool is_apic_write(const struct vmcb *vmcb)
{
    return (vmcb->exitinfo1 & PTE_RW) && apic_intercepted(vmcb->exitinfo2);
}

static bool code_32(const struct vcpu *v)
{
    return v->vmcb->cs.attrib & SEG_DB >> 4;
}

static enum exit_kind exit_kind(const struct vmcb *vmcb)
{
    switch ((u32)vmcb->exitcode) {
    case SVM_EXIT_CR0_READ:
    case SVM_EXIT_CR0_WRITE:
    case SVM_EXIT_CR0_SEL_WRITE: return EXIT_CR;
    case SVM_EXIT_CPUID:         return EXIT_CPUID;
    case SVM_EXIT_INVD:          return EXIT_INVD;
    case SVM_EXIT_MSR:           return vmcb->exitinfo1 ? EXIT_WRMSR : EXIT_RDMSR;
    case SVM_EXIT_SHUTDOWN:      return EXIT_TRIPLE_FAULT;
    case SVM_EXIT_PAGE_FAULT:    return EXIT_PAGE_FAULT;
    case SVM_EXIT_NPF:           return is_apic_write(vmcb) ? EXIT_APIC : EXIT_MEMORY;
    case SVM_EXIT_INVALID:       return EXIT_ENTRY_FAILED;
    case SVM_EXIT_INVLPGA:
    case SVM_EXIT_VMRUN ... SVM_EXIT_SKINIT: return EXIT_VM_INSTRUCTION;
    }
    return EXIT_OTHER;
}

static bool has_instruction(enum exit_kind kind)
{
    return kind == EXIT_CR || kind == EXIT_CPUID || kind == EXIT_INVD || kind == EXIT_WRMSR || kind == EXIT_RDMSR;
}

static void run(struct vcpu *v)
{
    struct vmcb *vmcb = v->vmcb;
    u32 now = __atomic_load_n(&nested_generation, __ATOMIC_ACQUIRE);

    if (v->nested_seen != now)
        vmcb->tlb_control = SVM_TLB_FLUSH_ALL;
    v->nested_seen = now;
    vmcb->rax = v->gpr[RAX];
    vmcb->rsp = v->gpr[RSP];
    vmcb->rip = v->rip;
    vmcb->rflags = v->rflags;
    svm_enter(v, physical(vmcb));
    v->gpr[RAX] = vmcb->rax;
    v->gpr[RSP] = vmcb->rsp;
    v->rip = vmcb->rip;
    v->rflags = vmcb->rflags;
    vmcb->tlb_control = 0;
    /* An exit while the processor delivered an event: deliver it again. */
    vmcb->eventinj = vmcb->exitintinfo & SVM_EVENT_VALID ? vmcb->exitintinfo : 0;
    v->exit = (struct vm_exit){ .kind = exit_kind(vmcb), .reason = vmcb->exitcode, .address = vmcb->exitinfo2,
                               .linear = vmcb->exitinfo2, .error = vmcb->exitinfo1 };
    v->exit.mapped = vmcb->exitinfo1 & PTE_P;
    if (v->exit.kind == EXIT_APIC)
        decode_store(v);
    else if (has_instruction(v->exit.kind) && !decode_exit(v))
        v->exit.kind = EXIT_OTHER;
}

static void dump(const struct vcpu *v)
{
    static const char name[6][3] = { "es", "cs", "ss", "ds", "fs", "gs" };
    const struct vmcb *vmcb = v->vmcb;

    for (unsigned i = 0; i < 6; i++)
        print("%s=%x:%llx+%x/%x%c", name[i], (&vmcb->es)[i].sel, (&vmcb->es)[i].base, (&vmcb->es)[i].limit,
              (&vmcb->es)[i].attrib, i == 5 ? '\n' : ' ');
    print("gdtr=%llx+%x idtr=%llx+%x tr=%x ldtr=%x\n", vmcb->gdtr.base, vmcb->gdtr.limit, vmcb->idtr.base,
          vmcb->idtr.limit, vmcb->tr.sel, vmcb->ldtr.sel);
}

struct hvm_ops svm_ops = {
    .name = "SVM",
    .setup = setup,
    .enable = enable,
    .run = run,
    .read_control = read_control,
    .write_control = write_control,
    .read_segments = read_segments,
    .write_segments = write_segments,
    .sleep = sleep,
    .inject = inject,
    .segment_base = segment_base,
    .long_code = long_code,
    .code_32 = code_32,
    .step_over = step_over,
    .dump = dump,
};
