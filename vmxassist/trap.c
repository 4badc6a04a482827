/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Traps and interrupts of VM86 code. An error code means an exception that real mode does not have, or has for another
 * reason: the interpreter runs the instruction and knows. Without one, exception or IRQ, the guest's handler is the
 * entry of that number in its vector table either way.
 */
#include "assist.h"

void trap(struct processor *p, u32 vector, u32 error)
{
    vm86_read(p);
    if (vector == VECTOR_DB)
        asm volatile("mov %%dr6, %0" : "=r"(p->cpu.dr[6]));
    if (error != NO_ERROR)
        execute(p);
    else if (vector == VECTOR_MF && !(p->cpu.cr0 & CR0_NE))
        reflect(p, FERR_VECTOR, X86_EXTERNAL);     /* NE is 1 in hardware, the guest wants IRQ 13 */
    else
        reflect(p, vector, X86_EXTERNAL);
    run(p);
}

void died(struct processor *p, u32 vector, const u32 *stack)
{
    print("vmxassist: exception %u of its own on processor %u:", vector, p->index);
    for (unsigned i = 0; i < 8; i++)
        print(" %x", stack[i]);
    print("; guest at %x:%x\n", p->cpu.seg[X86_CS].selector, p->cpu.eip);
    for (;;)
        asm volatile("cli; hlt");
}
