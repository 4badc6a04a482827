/* SPDX-License-Identifier: BSD-2-Clause */
/* Lines of include/abi/trace.h on the debug port, when VMX_ASSIST_OPTION_TRACE_... asks for them. */
#include "assist.h"
#include "abi/trace.h"

enum { BYTES_SHOWN = 8 };

void trace_mode(const struct processor *p, const char *what)
{
    const struct x86_cpu *cpu = &p->cpu;

    print("%c%cprocessor %u: %s at %x:%x, cr0 %x, cr4 %x\n", TRACE_MARK, TRACE_MODE, p->index, what, cpu->seg[X86_CS].selector, cpu->eip,
          cpu->cr0 | p->window_paging, cpu->cr4);
}

void trace_instruction(const struct processor *p)
{
    const struct x86_segment *cs = &p->cpu.seg[X86_CS];
    const u8 *at = (const u8 *)(cs->base + p->cpu.eip);

    print("%c%c%04x:%04x", TRACE_MARK, TRACE_ASSIST, cs->selector, p->cpu.eip);
    for (unsigned i = 0; i < BYTES_SHOWN; i++)
        print(" %02x", at[i]);
    print("\n");
}
