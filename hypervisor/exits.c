/* SPDX-License-Identifier: BSD-2-Clause */
/* Policy: what becomes of each exit. Count, call, return. */
#include "hypervisor.h"
#include "hw/pic.h"

void advance(struct vcpu *v)
{
    v->rip += v->exit.length;
    hvm->step_over(v, v->rflags & EFLAGS_TF);
    v->rflags &= ~(u64)EFLAGS_RF;
}

/* In real mode no exception pushes an error code. */
void inject_gp(struct vcpu *v)
{
    hvm->read_control(v);
    hvm->inject(v, VECTOR_GP, v->cr0 & CR0_PE || v->assist ? 0 : NO_ERROR_CODE);
}

void inject_ud(struct vcpu *v)
{
    hvm->inject(v, VECTOR_UD, NO_ERROR_CODE);
}

/* The caches may hold memory that the hypervisor wrote: INVD would lose it. */
static void exit_invd(struct vcpu *v)
{
    asm volatile("wbinvd" ::: "memory");
    advance(v);
}

static void exit_memory(struct vcpu *v)
{
    if (v->shielded && v->exit.mapped && vmx_assist_has(v->exit.address)) {
        if (nested_unshare_assist())
            report(v, "the guest writes over vmxassist, and gets a copy");
    } else if (v->exit.mapped || !nested_extend(v->exit.address))
        guest_dies(v, "access beyond the guest's physical memory");
}

/* Real mode with NE=0 wants IRQ 13, at its vector of a PC; vmxassist sees to its own. */
static void exit_fpu_error(struct vcpu *v)
{
    hvm->read_control(v);
    if (!(v->cr0 & CR0_PE) && v->rflags & EFLAGS_IF)
        hvm->interrupt(v, FERR_VECTOR);
    else
        hvm->inject(v, VECTOR_MF, NO_ERROR_CODE);
}

static void exit_io(struct vcpu *v)
{
    hvm->io(v);
}

/* The next entry delivers it. */
static void exit_nmi(struct vcpu *v)
{
    (void)v;
}

static void exit_task_switch(struct vcpu *v)
{
    hvm->task_switch(v);
}

static void exit_triple_fault(struct vcpu *v)
{
    guest_dies(v, "triple fault");
}

static void exit_entry_failed(struct vcpu *v)
{
    guest_dies(v, "the processor refuses this guest state");
}

static void exit_other(struct vcpu *v)
{
    guest_dies(v, "unexpected exit");
}

static const struct {
    const char *name;
    void (*handle)(struct vcpu *v);
} exits[EXIT_KINDS] = {
    [EXIT_CPUID]          = { "cpuid", exit_cpuid },
    [EXIT_CR]             = { "control register", exit_cr },
    [EXIT_RDMSR]          = { "rdmsr", exit_rdmsr },
    [EXIT_WRMSR]          = { "wrmsr", exit_wrmsr },
    [EXIT_XSETBV]         = { "xsetbv", exit_xsetbv },
    [EXIT_INVD]           = { "invd", exit_invd },
    [EXIT_VM_INSTRUCTION] = { "vm instruction", inject_ud },
    [EXIT_MEMORY]         = { "memory", exit_memory },
    [EXIT_PAGE_FAULT]     = { "page fault", exit_page_fault },
    [EXIT_APIC]           = { "local apic", exit_apic },
    [EXIT_FPU_ERROR]      = { "fpu error", exit_fpu_error },
    [EXIT_IO]             = { "io", exit_io },
    [EXIT_NMI]            = { "nmi", exit_nmi },
    [EXIT_TASK_SWITCH]    = { "task switch", exit_task_switch },
    [EXIT_INIT]           = { "init", exit_init },
    [EXIT_SIPI]           = { "sipi", exit_sipi },
    [EXIT_TRIPLE_FAULT]   = { "triple fault", exit_triple_fault },
    [EXIT_ENTRY_FAILED]   = { "entry failed", exit_entry_failed },
    [EXIT_OTHER]          = { "other", exit_other },
    [EXIT_INVOKE]         = { "to vmxassist", exit_other },
    [EXIT_RESTORE]        = { "from vmxassist", exit_other },
};

u64 exit_counts[MAX_PROCESSORS][EXIT_KINDS];

u64 exits_of_kind(unsigned kind)
{
    u64 sum = 0;

    for (unsigned i = 0; i < processor_count; i++)
        sum += exit_counts[i][kind];
    return sum;
}

void handle_exit(struct vcpu *v)
{
    v->count[v->exit.kind]++;
    exits[v->exit.kind].handle(v);
}

void dump_exits(void)
{
    print("hypervisor: exits:");
    for (unsigned i = 0; i < EXIT_KINDS; i++)
        if (exits_of_kind(i))
            print(" %s=%llu", exits[i].name, exits_of_kind(i));
    print("\n");
}

/* A VMM can read the counters in the machine's memory, one row a processor: that costs the guest nothing. */
void announce_exits(void)
{
    print("hypervisor: exit counters at %llx", physical(exit_counts));
    if (processor_count > 1)
        print(" x %u", processor_count);
    for (unsigned i = 0; i < EXIT_KINDS; i++)
        print("%c%s", i ? ',' : ':', exits[i].name);
    print("\n");
}
