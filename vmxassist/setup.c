/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The world of vmxassist: GDT, IDT and port bitmap, which all processors share; and of each its TSS, and the NEW context
 * from which the hypervisor loads them. Nothing here is loaded into the processor by ourselves.
 */
#include "assist.h"
#include "hw/cpuid.h"
#include "hw/tss.h"

#define GATE_INT32   0x8E00           /* present, DPL 0 */
#define GATE_USER    0x6000           /* DPL 3 */
#define FLAT_CODE    0x00CF9B000000FFFFull
#define FLAT_DATA    0x00CF93000000FFFFull

#define AR_CODE      (SEG_G | SEG_DB | SEG_P | SEG_S | SEG_CODE | SEG_READABLE | SEG_ACCESSED)
#define AR_DATA      (SEG_G | SEG_DB | SEG_P | SEG_S | SEG_WRITABLE | SEG_ACCESSED)
#define FLAT_LIMIT   0xFFFFFFFFu

struct gate {
    u16 low, selector, type, high;
};

static u64 gdt[4];                    /* TSS_SELECTOR is empty: TR is loaded from NEW alone */
static struct gate idt[256];
struct processor processors[PROCESSORS] ALIGNED(16);
struct vmx_assist_context new_contexts[PROCESSORS], old_contexts[PROCESSORS];

/* Every TSS reaches to the end of the one bitmap, whose distance it has in 16 bits. */
static struct {
    struct tss tss[PROCESSORS];
    struct tss_maps maps;
} tasks;

static void setup_gdt(void)
{
    gdt[CODE / 8] = FLAT_CODE;
    gdt[DATA / 8] = FLAT_DATA;
}

/*
 * INT n of VM86 code comes as #GP, because its gate has DPL 0 (unless CR4.VME takes it to the guest's table without
 * us); INT3 and INTO may come by themselves.
 */
static void setup_idt(void)
{
    for (u32 n = 0; n < ARRAY_SIZE(idt); n++) {
        u32 at = (u32)vectors + n / VECTOR_GROUP * GROUP_BYTES + n % VECTOR_GROUP * VECTOR_BYTES;
        u16 user = n == VECTOR_BP || n == VECTOR_OF ? GATE_USER : 0;
        idt[n] = (struct gate){ at, CODE, GATE_INT32 | user, at >> 16 };
    }
}

/* No port traps but one, for ferr.c: the guest owns its devices. No INT n is redirected to us. */
static void setup_tss(struct processor *p)
{
    struct tss *tss = &tasks.tss[p->index];

    tss->ss0 = DATA;
    tss->esp0 = (u32)(&p->frame + 1);
    tss->io_base = (u8 *)&tasks.maps.io - (u8 *)tss;
}

/*
 * What helps VM86 to pass for real mode: VME, and UMIP, by which SGDT, SIDT and SMSW come to the interpreter. And PSE, which the
 * page tables want that the hypervisor may run us on without a word; on SVM our writes to CR4 reach the processor.
 */
static u32 vm86_cr4(void)
{
    u32 cr4 = CR4_PSE;

    if (cpuid(1, 0).d & CPUID_1_EDX_VME)
        cr4 |= CR4_VME;
    if (cpuid(0, 0).a >= 7 && cpuid(7, 0).c & CPUID_7_ECX_UMIP)
        cr4 |= CR4_UMIP;
    return cr4;
}

/* PE is clear in NEW.cr0: VM86 code that looks by SMSW sees real mode. */
static void setup_new_context(struct processor *p)
{
    const struct vmx_assist_segment data = { DATA, FLAT_LIMIT, 0, AR_DATA };
    u32 tss = (u32)&tasks.tss[p->index];

    *p->new_context = (struct vmx_assist_context){
        .eip = (u32)world_entry,
        .esp = (u32)&p->frame.eip,
        .eflags = EFLAGS_ONE,
        .cr0 = CR0_ET | CR0_NE,
        .cr4 = vm86_cr4(),
        .gdtr_base = (u32)gdt, .gdtr_limit = sizeof(gdt) - 1,
        .idtr_base = (u32)idt, .idtr_limit = sizeof(idt) - 1,
        .cs = { CODE, FLAT_LIMIT, 0, AR_CODE },
        .ds = data, .es = data, .ss = data, .fs = data, .gs = data,
        .tr = { TSS_SELECTOR, (u32)(&tasks + 1) - 1 - tss, tss, SEG_P | SYS_TSS32_BUSY },
        .ldtr = { 0, 0, 0, SEG_UNUSABLE },
    };
}

void setup_shared(void)
{
    setup_gdt();
    setup_idt();
    tasks.maps.io[PORT_FERR / 8] = 1 << PORT_FERR % 8;
    tasks.maps.io_end = 0xFF;
}

void setup_processor(struct processor *p, u32 index, u32 vector)
{
    memset(p->fields, 0, sizeof(p->fields));
    p->index = index;
    p->sipi_vector = vector;
    p->new_context = &new_contexts[index];
    p->old_context = &old_contexts[index];
    setup_tss(p);
    setup_new_context(p);
}
