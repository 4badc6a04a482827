/* SPDX-License-Identifier: BSD-2-Clause */
/* In from the hypervisor (INVOKE) and out to it (RESTORE): the OLD context, see include/abi/vmx_assist.h. */
#include "assist.h"
#include "hw/cpuid.h"

#define RESET_CS       0xF000
#define RESET_IP       0xFFF0
#define REAL_IDT_LIMIT 0x3FF
#define AR_REAL_CODE   (SEG_P | SEG_S | SEG_CODE | SEG_READABLE | SEG_ACCESSED)
#define AR_REAL_DATA   (SEG_P | SEG_S | SEG_WRITABLE | SEG_ACCESSED)

/*
 * The first processor begins at F000:FFF0, as after a reset; there CS.base would be FFFF0000, which VM86 cannot have, and
 * the BIOS is at F0000 as well. The others begin where their SIPI says, EDX as INIT leaves it (Intel SDM vol. 3A, 9.4.4).
 */
static void start(struct processor *p)
{
    static const struct x86_segment data = { 0, 0xFFFF, 0, AR_REAL_DATA };
    u16 cs = p->index ? p->sipi_vector << 8 : RESET_CS;
    struct x86_cpu *cpu = &p->cpu;

    x86_features(cpu, &ops);
    for (unsigned i = 0; i < X86_LDTR; i++)
        cpu->seg[i] = data;
    cpu->seg[X86_CS] = (struct x86_segment){ cs, 0xFFFF, cs << 4, AR_REAL_CODE };
    cpu->seg[X86_LDTR] = (struct x86_segment){ .access = SEG_UNUSABLE };
    cpu->seg[X86_TR] = (struct x86_segment){ 0, 0xFFFF, 0, SEG_P | SYS_TSS32_BUSY };
    memset(cpu->gpr, 0, sizeof(cpu->gpr));
    cpu->gpr[X86_EDX] = p->index ? cpuid(1, 0).a : 0;
    cpu->eip = p->index ? 0 : RESET_IP;
    cpu->eflags = EFLAGS_ONE;
    cpu->idtr = (struct x86_table){ 0, REAL_IDT_LIMIT };
    cpu->gdtr = (struct x86_table){ 0, 0xFFFF };
    cpu->cr0 = CR0_ET;
}

static void read_old(struct processor *p)
{
    const struct vmx_assist_context *old = p->old_context;
    struct x86_cpu *cpu = &p->cpu;

    for (unsigned i = 0; i < X86_SEGMENTS; i++) {
        const struct vmx_assist_segment *s = vmx_assist_segment(p->old_context, i);
        cpu->seg[i] = (struct x86_segment){ s->sel, s->limit, s->base, s->arbytes };
    }
    cpu->gpr[X86_ESP] = old->esp;
    cpu->eip = old->eip;
    cpu->eflags = old->eflags;
    cpu->cr0 = old->cr0 & ~(CR0_PE | CR0_PG);
    cpu->cr3 = old->cr3;
    cpu->cr4 = old->cr4;
    cpu->gdtr = (struct x86_table){ old->gdtr_base, old->gdtr_limit };
    cpu->idtr = (struct x86_table){ old->idtr_base, old->idtr_limit };
}

/*
 * They stay in the processor across the switch. With DR7.GD set the first access is a #DB of ours, which clears it and sets
 * DR6.BD.
 */
static void read_debug(struct processor *p)
{
    u32 *dr = p->cpu.dr;

    p->debug_seen = false;
    asm volatile("mov %%dr7, %0" : "=r"(dr[7]) :: "memory");
    asm volatile("mov %%dr6, %0" : "=r"(dr[6]));
    asm volatile("mov %%dr0, %0; mov %%dr1, %1; mov %%dr2, %2; mov %%dr3, %3" : "=r"(dr[0]), "=r"(dr[1]), "=r"(dr[2]), "=r"(dr[3]));
    if (p->debug_seen) {
        dr[7] |= DR7_GD;
        dr[6] &= ~DR6_BD;
    }
}

/* Last of all: with GD set there is no other access. */
static void write_debug(const struct processor *p)
{
    asm volatile("mov %0, %%dr6" :: "r"(p->cpu.dr[6]));
    asm volatile("mov %0, %%dr7" :: "r"(p->cpu.dr[7]));
}

void world_entered(struct processor *p)
{
    if (p->started)
        read_old(p);
    else
        start(p);
    if (assist_options & VMX_ASSIST_OPTION_TRACE_MODES)
        trace_mode(p, p->started ? "to real mode" : "real mode begins");
    p->started = true;
    p->cr0 = p->new_context->cr0;
    p->cr4 = p->new_context->cr4;
    p->segments_fit = false;
    p->cpu.cpl = 0;
    p->cpu.shadow = 0;
    read_debug(p);
    tables_loaded(p);
    sync_control(p);
    run(p);
}

/* IOPL is what VM86 needs, not the guest's. */
void leave(struct processor *p)
{
    struct vmx_assist_context *old = p->old_context;
    const struct x86_cpu *cpu = &p->cpu;
    u32 cr0 = cpu->cr0 | p->window_paging;

    if (assist_options & VMX_ASSIST_OPTION_TRACE_MODES)
        trace_mode(p, "to protected mode");
    p->window_paging = 0;
    for (unsigned i = 0; i < X86_SEGMENTS; i++)
        *vmx_assist_segment(p->old_context, i) = (struct vmx_assist_segment){
            cpu->seg[i].selector, cpu->seg[i].limit, cpu->seg[i].base, cpu->seg[i].access
        };
    old->eip = cpu->eip;
    old->esp = cpu->gpr[X86_ESP];
    old->eflags = cpu->eflags & ~EFLAGS_IOPL;
    old->cr0 = cr0;
    old->cr3 = cpu->cr3;
    old->cr4 = cpu->cr4;
    old->gdtr_base = cpu->gdtr.base;
    old->gdtr_limit = cpu->gdtr.limit;
    old->idtr_base = cpu->idtr.base;
    old->idtr_limit = cpu->idtr.limit;
    write_debug(p);
    leave_world(p, cr0);
}
