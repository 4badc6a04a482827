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

void core_main(const struct hv_start *start)
{
    struct vcpu *v = &processor;

    hv = *start;
    hvm = hv.svm ? &svm_ops : &vmx_ops;
    map_high_memory();
    hvm->setup();
    hvm->enable(v);
    first_state(v);
    print("hypervisor: %s%s, %s; memory %llx-%llx\n", hvm->name, hvm->nested_paging ? " with nested paging" : "",
          hvm->real_mode ? "real mode by the processor" : "real mode by vmxassist", hv.base, hv.base + hv.size - 1);
    announce_exits(v);
    for (;;) {
        hvm->run(v);
        handle_exit(v);
    }
}
