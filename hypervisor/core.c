/* SPDX-License-Identifier: BSD-2-Clause */
/* The hypervisor in its own memory, in 64-bit mode: make the processor a guest, and answer its exits. */
#include "apic.h"
#include "processors.h"
#include "hw/io.h"
#include "hw/kbc.h"

#define PORT_RESET    0xCF9
#define RESET_HARD    0x06

struct hv_start hv;
struct hvm_ops *hvm;

void print_char(char c)
{
    outb(PORT_DEBUG, c);
}

void machine_reset(void)
{
    const struct { u16 limit; u64 base; } PACKED no_idt = { 0, 0 };

    outb(KBC_CMD, KBC_CMD_RESET);
    outb(PORT_RESET, RESET_HARD);
    asm volatile("lidt %0; ud2" :: "m"(no_idt));
    __builtin_unreachable();
}

void report(struct vcpu *v, const char *what)
{
    static const char *const name[GPRS] = {
        "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15"
    };

    hvm->read_control(v);
    print("hypervisor: %s (exit %x) on processor %u at rip %llx rflags %llx%s\n", what, v->exit.reason, v->index, v->rip,
          v->rflags, v->assist ? ", vmxassist running" : "");
    for (unsigned i = 0; i < GPRS; i++)
        print("%s=%llx%c", name[i], v->gpr[i], i % 4 == 3 ? '\n' : ' ');
    print("cr0=%llx cr3=%llx cr4=%llx efer=%llx value=%llx address=%llx\n", v->cr0, v->cr3, v->cr4, v->efer,
          v->exit.value, v->exit.address);
    hvm->dump(v);
}

void guest_dies(struct vcpu *v, const char *why)
{
    report(v, why);
    dump_exits();
    machine_reset();
}

/* The machine exception handlers of core_entry.S come here: a fault of our own. */
void core_fault(u64 vector, u64 error, u64 rip, u64 cr2) NORETURN;
void core_fault(u64 vector, u64 error, u64 rip, u64 cr2)
{
    print("hypervisor: exception %llu, error %llx, at %llx, cr2 %llx\n", vector, error, rip, cr2);
    machine_reset();
}

void processor_run(struct vcpu *v)
{
    for (;;) {
        hvm->run(v);
        handle_exit(v);
    }
}

/*
 * After a reset: the BIOS, still in its shadow, at F000:FFF0, which does what the CMOS shutdown code says
 * (rombios/resume.S). Where real mode is vmxassist's, it is started as vmxloader does it.
 */
static void resumed_state(struct vcpu *v)
{
    if (hvm->real_mode)
        real_state(v, 0xF000, 0xFFF0);
    else
        flat_state(v, VMX_ASSIST_BASE);
}

static void first_state(struct vcpu *v)
{
    v->gpr[RAX] = hv.guest_eax;
    v->gpr[RBX] = hv.guest_ebx;
    flat_state(v, hv.guest_entry);
}

void core_main(const struct hv_start *start)
{
    struct vcpu *v;

    if (start) {
        hv = *start;
        hvm = hv.svm ? &svm_ops : &vmx_ops;
        map_high_memory();
    }
    pool_start(start);
    v = processors_first();
    hvm->setup();
    hvm->enable(v);
    if (hvm->sipi_exits || hvm->nested_paging)
        processors_start();
    apic_intercept();
    if (start)
        first_state(v);
    else
        resumed_state(v);
    print("hypervisor: %s%s%s, %s; %u processor%s; memory %llx-%llx\n", start ? "" : "back after a reset: ", hvm->name,
          hvm->nested_paging ? " with nested paging" : "", hvm->real_mode ? "real mode by the processor" : "real mode by vmxassist",
          processor_count, processor_count == 1 ? "" : "s", hv.base, hv.base + hv.size - 1);
    announce_exits();
    processor_run(v);
}
