/* SPDX-License-Identifier: BSD-2-Clause */
/* The hypervisor in its own memory, in 64-bit mode: make the processor a guest, and answer its exits. */
#include "hypervisor.h"
#include "hw/io.h"

#define PORT_DEBUG    0xE9
#define PORT_KBC      0x64
#define KBC_RESET     0xFE
#define PORT_RESET    0xCF9
#define RESET_HARD    0x06

struct hv_start hv;
struct hvm_ops *hvm;
static struct vcpu processor;

void print_char(char c)
{
    outb(PORT_DEBUG, c);
}

void machine_reset(void)
{
    const struct { u16 limit; u64 base; } PACKED no_idt = { 0, 0 };

    outb(PORT_KBC, KBC_RESET);
    outb(PORT_RESET, RESET_HARD);
    asm volatile("lidt %0; ud2" :: "m"(no_idt));
    __builtin_unreachable();
}

void guest_dies(struct vcpu *v, const char *why)
{
    static const char *const name[GPRS] = {
        "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15"
    };

    hvm->read_control(v);
    print("hypervisor: %s (exit %x) at rip %llx rflags %llx%s\n", why, v->exit.reason, v->rip, v->rflags,
          v->assist ? ", vmxassist running" : "");
    for (unsigned i = 0; i < GPRS; i++)
        print("%s=%llx%c", name[i], v->gpr[i], i % 4 == 3 ? '\n' : ' ');
    print("cr0=%llx cr3=%llx cr4=%llx efer=%llx value=%llx address=%llx\n", v->cr0, v->cr3, v->cr4, v->efer,
          v->exit.value, v->exit.address);
    hvm->dump(v);
    dump_exits(v);
    machine_reset();
}

/* The machine exception handlers of core_entry.S come here: a fault of our own. */
void core_fault(u64 vector, u64 error, u64 rip, u64 cr2) NORETURN;
void core_fault(u64 vector, u64 error, u64 rip, u64 cr2)
{
    print("hypervisor: exception %llu, error %llx, at %llx, cr2 %llx\n", vector, error, rip, cr2);
    machine_reset();
}

/* 32-bit protected mode with flat segments: as every VMM starts vmxloader. */
static void first_state(struct vcpu *v)
{
    const struct vmx_assist_segment data = { 0x10, 0xFFFFFFFF, 0, SEG_G | SEG_DB | SEG_P | SEG_S | SEG_WRITABLE | SEG_ACCESSED };
    struct vmx_assist_context c = {
        .cs = { 0x08, 0xFFFFFFFF, 0, SEG_G | SEG_DB | SEG_P | SEG_S | SEG_CODE | SEG_READABLE | SEG_ACCESSED },
        .ds = data, .es = data, .ss = data, .fs = data, .gs = data,
        .tr = { 0, 0xFFFF, 0, SEG_P | SYS_TSS32_BUSY },
        .ldtr = { 0, 0, 0, SEG_UNUSABLE },
        .gdtr_limit = 0xFFFF, .idtr_limit = 0xFFFF,
    };

    v->gpr[RAX] = hv.guest_eax;
    v->gpr[RBX] = hv.guest_ebx;
    v->rip = hv.guest_entry;
    v->rflags = EFLAGS_ONE;
    v->cr0 = CR0_PE | CR0_ET;
    hvm->write_segments(v, &c);
    hvm->write_control(v);
}

/*
 * After a reset: the BIOS, still in its shadow, at F000:FFF0, which does what the CMOS shutdown code says
 * (rombios/resume.S). Where real mode is vmxassist's, it is started as vmxloader does it.
 */
static void resumed_state(struct vcpu *v)
{
    const struct vmx_assist_segment data = { 0, 0xFFFF, 0, SEG_P | SEG_S | SEG_WRITABLE | SEG_ACCESSED };
    struct vmx_assist_context c = {
        .cs = { 0xF000, 0xFFFF, 0xF0000, SEG_P | SEG_S | SEG_CODE | SEG_READABLE | SEG_ACCESSED },
        .ds = data, .es = data, .ss = data, .fs = data, .gs = data,
        .tr = { 0, 0xFFFF, 0, SEG_P | SYS_TSS32_BUSY },
        .ldtr = { 0, 0, 0, SEG_UNUSABLE },
        .gdtr_limit = 0xFFFF, .idtr_limit = 0x3FF,
    };

    if (!hvm->real_mode) {
        hv.guest_eax = hv.guest_ebx = 0;
        hv.guest_entry = VMX_ASSIST_BASE;
        return first_state(v);
    }
    v->rip = 0xFFF0;
    v->rflags = EFLAGS_ONE;
    v->cr0 = CR0_ET;
    hvm->write_segments(v, &c);
    hvm->write_control(v);
}

void core_main(const struct hv_start *start)
{
    struct vcpu *v = &processor;

    if (start) {
        hv = *start;
        hvm = hv.svm ? &svm_ops : &vmx_ops;
        map_high_memory();
    } else {
        *v = (struct vcpu){ 0 };
    }
    pool_start(start);
    hvm->setup();
    hvm->enable(v);
    if (start)
        first_state(v);
    else
        resumed_state(v);
    print("hypervisor: %s%s%s, %s; memory %llx-%llx\n", start ? "" : "back after a reset: ", hvm->name, hvm->nested_paging ? " with nested paging" : "",
          hvm->real_mode ? "real mode by the processor" : "real mode by vmxassist", hv.base, hv.base + hv.size - 1);
    announce_exits(v);
    for (;;) {
        hvm->run(v);
        handle_exit(v);
    }
}
