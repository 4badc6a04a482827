/* SPDX-License-Identifier: BSD-2-Clause */
/* Entry and exit: SDM vol. 3C, chapters 27 and 28. What came out, told as struct vm_exit has it for both vendors. */
#include "vmx.h"
#include "apic.h"
#include "hw/paging.h"

static void block(u32 bits)
{
    vmwrite(VMCS_GUEST_INTERRUPTIBILITY, vmread(VMCS_GUEST_INTERRUPTIBILITY) | bits);
}

void vmx_unblock(u32 bits)
{
    vmwrite(VMCS_GUEST_INTERRUPTIBILITY, vmread(VMCS_GUEST_INTERRUPTIBILITY) & ~bits);
}

/* An exit while the processor delivered an event: deliver it again at the next entry. False: there was none. */
static bool redeliver(void)
{
    u32 info = vmread(VMCS_IDT_VECTORING_INFO);

    if (!(info & VMX_EVENT_VALID))
        return false;
    if ((info & ~VMX_EVENT_HAS_ERROR) == VMX_EVENT_NMI)
        vmx_unblock(BLOCKING_NMI);
    vmwrite(VMCS_ENTRY_INTERRUPT_INFO, info & ~(1u << 12));
    vmwrite(VMCS_ENTRY_ERROR_CODE, vmread(VMCS_IDT_VECTORING_ERROR));
    vmwrite(VMCS_ENTRY_LENGTH, vmread(VMCS_EXIT_LENGTH));
    return true;
}

/*
 * An NMI that met us (core_entry.S) is delivered by this entry if it can be, else by the one after the exit at which the guest lets
 * interrupts in. SDM vol. 3C, 27.3.1.5 for what keeps it out.
 */
static void deliver_nmi(void)
{
    u32 controls = vmread(VMCS_CPU_CONTROLS);

    if (!(controls & CPU_INTERRUPT_WINDOW) || vmread(VMCS_ENTRY_INTERRUPT_INFO) & VMX_EVENT_VALID ||
        vmread(VMCS_GUEST_INTERRUPTIBILITY) & (BLOCKING_STI | BLOCKING_MOV_SS | BLOCKING_NMI) ||
        vmread(VMCS_GUEST_ACTIVITY) == ACTIVITY_WAIT_FOR_SIPI)
        return;
    vmwrite(VMCS_CPU_CONTROLS, controls & ~CPU_INTERRUPT_WINDOW);
    vmwrite(VMCS_ENTRY_INTERRUPT_INFO, VMX_EVENT_NMI);
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
        vmx_read_control(v);
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
    case VMX_EXIT_INTERRUPT_WINDOW: return EXIT_NMI;
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

void vmx_run(struct vcpu *v)
{
    follow_nested(v);
    deliver_nmi();
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
    if (v->exit.kind != EXIT_TASK_SWITCH && !redeliver() && v->exit.kind == EXIT_MEMORY &&
        v->exit.value & MEMORY_QUAL_NMI_UNBLOCKED)
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
