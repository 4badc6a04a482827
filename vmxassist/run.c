/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The three engines: VM86 while it can stand for the guest's state, protected mode as soon as the processor can be
 * entered in it, the interpreter in between.
 */
#include "assist.h"

#define STEPS_BETWEEN_POLLS  64

static unsigned until_poll;     /* instructions to interpret before interrupts get in */

static void shutdown(void) NORETURN;
static void shutdown(void)
{
    static const struct { u16 limit; u32 base; } PACKED no_idt;

    print("vmxassist: triple fault of the guest at %x:%x\n", cpu.seg[X86_CS].selector, cpu.eip);
    asm volatile("lidt %0; ud2" :: "m"(no_idt));
    __builtin_unreachable();
}

void reflect(u8 vector, enum x86_event_kind kind)
{
    struct x86_event event = { .vector = vector, .kind = kind };

    if (x86_interrupt(&cpu, &ops, &event) == X86_SHUTDOWN)
        shutdown();
}

static void unknown_instruction(void)
{
    const u8 *at = (const u8 *)(cpu.seg[X86_CS].base + cpu.eip);

    print("vmxassist: instruction %02x %02x %02x %02x at %x:%x is unknown: #UD\n", at[0], at[1], at[2], at[3],
          cpu.seg[X86_CS].selector, cpu.eip);
    reflect(VECTOR_UD, X86_FAULT);
}

/* HLT: wait for an interrupt in ring 0. With IF=0 only a reset or an NMI ends it, as on any PC. */
static void halt(void)
{
    int vector = NO_IRQ;

    if (!(cpu.eflags & EFLAGS_IF))
        for (;;)
            asm volatile("cli; hlt");
    while (vector == NO_IRQ)
        vector = wait_irq();
    cpu.shadow = 0;
    reflect(vector, X86_EXTERNAL);
}

void execute(void)
{
    enum x86_result result = x86_execute(&cpu, &ops);

    restore_tables();
    switch (result) {
    case X86_REP:
        until_poll = 0;
        return;
    case X86_HALT:
        return halt();
    case X86_SHUTDOWN:
        shutdown();
    case X86_UNHANDLED:
        return unknown_instruction();
    default:
        return;
    }
}

/*
 * Interrupts get in after STEPS_BETWEEN_POLLS instructions, and at once where they could not before: STI, NOP, CLI is
 * a gap that programs count on.
 */
static void poll(void)
{
    int vector;

    if (!x86_interruptible(&cpu)) {
        until_poll = 0;
        return;
    }
    if (until_poll) {
        until_poll--;
        return;
    }
    until_poll = STEPS_BETWEEN_POLLS;
    vector = poll_irq();
    if (vector != NO_IRQ)
        reflect(vector, X86_EXTERNAL);
}

static bool vm86_wanted(void)
{
    return !(assist_options & VMX_ASSIST_OPTION_INTERPRET) && vm86_able();
}

void run(void)
{
    for (;;) {
        if (cpu.cr0 & CR0_PE) {
            if (x86_vm_entry_valid(&cpu))
                leave();
        } else if (vm86_wanted()) {
            vm86_write();
            return;
        }
        poll();
        execute();
    }
}
