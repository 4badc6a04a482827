/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The world switch between a hypervisor and vmxassist: the contract that Xen 3.x published.
 * vmxassist lies at D0000 and runs the guest's real mode in virtual-8086 mode.
 *
 *   INVOKE   the guest clears CR0.PE: the hypervisor saves it in the OLD context (eip behind the
 *            instruction, CR0 CR3 CR4 as the guest sees them) and loads the NEW one.
 *   RESTORE  vmxassist sets CR0.PE: the hypervisor loads OLD as it stands, so it must be a state
 *            that a VM entry accepts.
 * EAX-EDX, ESI, EDI, EBP, CR2, debug registers, MSRs and FPU are in neither: they stay in the CPU.
 * NEW.cr0 has PE clear, so that SMSW tells VM86 code "real mode" while PE is 1 in hardware.
 */
#ifndef ABI_VMX_ASSIST_H
#define ABI_VMX_ASSIST_H

#ifndef __ASSEMBLER__
#include "types.h"
#endif

#define VMX_ASSIST_BASE      0xD0000      /* entry: 32-bit flat protected mode, EDX = processor number, EBX = SIPI vector */
#define VMX_ASSIST_LIMIT     0xE0000
#define VMX_ASSIST_MAGIC     0x17101966
#define VMX_ASSIST_OFF_MAGIC 0x08
#define VMX_ASSIST_OFF_NEW   0x0C         /* physical addresses of the contexts, read at every switch; */
#define VMX_ASSIST_OFF_OLD   0x10         /* OLD = 0: nothing is saved, and RESTORE fails */
#define VMX_ASSIST_OFF_OPTIONS 0x14       /* ours: the loader may put VMX_ASSIST_OPTION_* here before it enters; 0 in the image */

#define VMX_ASSIST_OPTION_INTERPRET  0x1  /* no VM86: all real-mode code through the interpreter */
#define VMX_ASSIST_OPTION_TRACE_MODES  0x2       /* tell changes of mode on the debug port (abi/trace.h) */
#define VMX_ASSIST_OPTION_TRACE_ASSIST 0x4       /* and every instruction that is interpreted */

/*
 * Our extension for several processors, there if its magic is: contexts of processor n (its number in EDX at the entry)
 * lie n * stride behind those that the header points at. A hypervisor that does not know it serves one processor.
 */
#define VMX_ASSIST_OFF_EXTENSION  0x18
#define VMX_ASSIST_EXTENSION      0x31776664   /* "dfw1" */
#define VMX_ASSIST_CONTEXT_BYTES  0xAC

/* arbytes: bits 15:0 as in a VMCS access-rights field */
#define VMX_ASSIST_AR_UNUSABLE  0x10000

#ifndef __ASSEMBLER__

struct vmx_assist_header {
    u8  jump[VMX_ASSIST_OFF_MAGIC];
    u32 magic;
    u32 new_context;
    u32 old_context;
    u32 options;
    u32 extension;       /* VMX_ASSIST_EXTENSION */
    u32 processors;      /* for how many there are contexts */
    u32 stride;          /* bytes */
};
_Static_assert(offsetof(struct vmx_assist_header, extension) == VMX_ASSIST_OFF_EXTENSION, "extension");
_Static_assert(offsetof(struct vmx_assist_header, new_context) == VMX_ASSIST_OFF_NEW, "NEW");
_Static_assert(offsetof(struct vmx_assist_header, old_context) == VMX_ASSIST_OFF_OLD, "OLD");
_Static_assert(offsetof(struct vmx_assist_header, options) == VMX_ASSIST_OFF_OPTIONS, "options");

struct vmx_assist_segment {
    u32 sel;
    u32 limit;     /* last byte, not scaled by the granularity bit */
    u32 base;
    u32 arbytes;
};

struct vmx_assist_context {
    u32 eip;
    u32 esp;
    u32 eflags;
    u32 cr0;
    u32 cr3;
    u32 cr4;
    u32 idtr_limit;
    u32 idtr_base;
    u32 gdtr_limit;
    u32 gdtr_base;
    struct vmx_assist_segment cs, ds, es, ss, fs, gs, tr, ldtr;
    u8  rm_irqbase[2];   /* interrupt controller bases that real-mode code programmed; 0 when it did not */
    u8  reserved[2];
};

/* Is this physical address in vmxassist's room. */
static inline bool vmx_assist_has(u64 at)
{
    return !(at >> 32) && (u32)at - VMX_ASSIST_BASE < VMX_ASSIST_LIMIT - VMX_ASSIST_BASE;
}

/* Segment `index` in the order of instructions and of the VMCS: ES CS SS DS FS GS LDTR TR. */
#define VMX_ASSIST_SEGMENTS  8
static inline struct vmx_assist_segment *vmx_assist_segment(struct vmx_assist_context *c, unsigned index)
{
    static const u8 place[VMX_ASSIST_SEGMENTS] = { 2, 0, 3, 1, 4, 5, 7, 6 };

    return (struct vmx_assist_segment *)((u8 *)c + offsetof(struct vmx_assist_context, cs)) + place[index];
}

_Static_assert(offsetof(struct vmx_assist_context, gdtr_base) == 0x24, "gdtr_base");
_Static_assert(offsetof(struct vmx_assist_context, cs) == 0x28, "cs");
_Static_assert(offsetof(struct vmx_assist_context, ss) == 0x58, "ss");
_Static_assert(offsetof(struct vmx_assist_context, ldtr) == 0x98, "ldtr");
_Static_assert(offsetof(struct vmx_assist_context, rm_irqbase) == 0xA8, "rm_irqbase");
SIZE_ASSERT(struct vmx_assist_context, VMX_ASSIST_CONTEXT_BYTES);

#endif
#endif
