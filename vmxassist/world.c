/* SPDX-License-Identifier: BSD-2-Clause */
/* In from the hypervisor (INVOKE) and out to it (RESTORE): the OLD context, see include/abi/vmx_assist.h. */
#include "assist.h"

#define RESET_CS       0xF000
#define RESET_IP       0xFFF0
#define REAL_IDT_LIMIT 0x3FF
#define AR_REAL_CODE   (SEG_P | SEG_S | SEG_CODE | SEG_READABLE | SEG_ACCESSED)
#define AR_REAL_DATA   (SEG_P | SEG_S | SEG_WRITABLE | SEG_ACCESSED)

struct x86_cpu cpu;
static bool started;

/* The segments of a context, in the order of the processor's. */
static const u8 segment_offset[X86_SEGMENTS] = {
    [X86_ES] = offsetof(struct vmx_assist_context, es), [X86_CS] = offsetof(struct vmx_assist_context, cs),
    [X86_SS] = offsetof(struct vmx_assist_context, ss), [X86_DS] = offsetof(struct vmx_assist_context, ds),
    [X86_FS] = offsetof(struct vmx_assist_context, fs), [X86_GS] = offsetof(struct vmx_assist_context, gs),
    [X86_LDTR] = offsetof(struct vmx_assist_context, ldtr), [X86_TR] = offsetof(struct vmx_assist_context, tr),
};

static struct vmx_assist_segment *segment_of_old(unsigned index)
{
    return (void *)((u8 *)&old_context + segment_offset[index]);
}

/*
 * The vector for F000:FFF0, as after a reset; there CS.base would be FFFF0000, which VM86 cannot have, and the BIOS
 * is at F0000 as well.
 */
static void start_bios(void)
{
    static const struct x86_segment data = { 0, 0xFFFF, 0, AR_REAL_DATA };

    x86_features(&cpu, &ops);
    for (unsigned i = 0; i < X86_LDTR; i++)
        cpu.seg[i] = data;
    cpu.seg[X86_CS] = (struct x86_segment){ RESET_CS, 0xFFFF, RESET_CS << 4, AR_REAL_CODE };
    cpu.seg[X86_LDTR] = (struct x86_segment){ .access = SEG_UNUSABLE };
    cpu.seg[X86_TR] = (struct x86_segment){ 0, 0xFFFF, 0, SEG_P | SYS_TSS32_BUSY };
    memset(cpu.gpr, 0, sizeof(cpu.gpr));
    cpu.eip = RESET_IP;
    cpu.eflags = EFLAGS_ONE;
    cpu.idtr = (struct x86_table){ 0, REAL_IDT_LIMIT };
    cpu.gdtr = (struct x86_table){ 0, 0xFFFF };
    cpu.cr0 = CR0_ET;
    cpu.cr3 = cpu.cr4 = 0;
}

static void read_old(void)
{
    for (unsigned i = 0; i < X86_SEGMENTS; i++) {
        const struct vmx_assist_segment *s = segment_of_old(i);
        cpu.seg[i] = (struct x86_segment){ s->sel, s->limit, s->base, s->arbytes };
    }
    cpu.gpr[X86_EAX] = frame.eax;
    cpu.gpr[X86_ECX] = frame.ecx;
    cpu.gpr[X86_EDX] = frame.edx;
    cpu.gpr[X86_EBX] = frame.ebx;
    cpu.gpr[X86_ESP] = old_context.esp;
    cpu.gpr[X86_EBP] = frame.ebp;
    cpu.gpr[X86_ESI] = frame.esi;
    cpu.gpr[X86_EDI] = frame.edi;
    cpu.eip = old_context.eip;
    cpu.eflags = old_context.eflags;
    cpu.cr0 = old_context.cr0 & ~(CR0_PE | CR0_PG);
    cpu.cr3 = old_context.cr3;
    cpu.cr4 = old_context.cr4;
    cpu.gdtr = (struct x86_table){ old_context.gdtr_base, old_context.gdtr_limit };
    cpu.idtr = (struct x86_table){ old_context.idtr_base, old_context.idtr_limit };
}

void world_entered(void)
{
    if (started)
        read_old();
    else
        start_bios();
    started = true;
    cpu.cpl = 0;
    cpu.shadow = 0;
    restore_tables();
    sync_control();
    run();
}

/* IOPL is what VM86 needs, not the guest's. */
void leave(void)
{
    u32 cr0 = cpu.cr0 | window_paging;

    window_paging = 0;
    for (unsigned i = 0; i < X86_SEGMENTS; i++)
        *segment_of_old(i) = (struct vmx_assist_segment){
            cpu.seg[i].selector, cpu.seg[i].limit, cpu.seg[i].base, cpu.seg[i].access
        };
    old_context.eip = cpu.eip;
    old_context.esp = cpu.gpr[X86_ESP];
    old_context.eflags = cpu.eflags & ~EFLAGS_IOPL;
    old_context.cr0 = cr0;
    old_context.cr3 = cpu.cr3;
    old_context.cr4 = cpu.cr4;
    old_context.gdtr_base = cpu.gdtr.base;
    old_context.gdtr_limit = cpu.gdtr.limit;
    old_context.idtr_base = cpu.idtr.base;
    old_context.idtr_limit = cpu.idtr.limit;
    vm86_write();
    leave_world(cr0);
}
