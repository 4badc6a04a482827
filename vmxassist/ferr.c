/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A guest with CR0.NE=0 learns of x87 errors by IRQ 13, FERR# of a PC (Intel SDM vol. 1, 8.7.2 and appendix D). The hardware has
 * NE=1: #MF at the next waiting instruction, at which IRQ 13 is delivered if it would come in. Else that instruction goes on,
 * and so do all others after a write to port F0h, by which the handler asserts IGNNE# until it has cleared the error: that time is
 * watched with CR0.TS.
 */
#include "assist.h"
#include "hw/io.h"
#include "hw/pic.h"

#define FPU_MASKS   0x3F    /* in the control word, */
#define FPU_ERRORS  0x3F    /* and in the status word, */
#define FPU_NOTED   (FPU_ERRORS | 0x8080)   /* with ES and B */

/* FNSTENV's form in 32-bit protected mode. */
struct environment { u32 control, status, tag, pointers[4]; };

static bool interrupts(const struct x86_cpu *cpu)
{
    return cpu->eflags & EFLAGS_IF && !(inb(PIC1_DATA) >> IRQ_CASCADE & 1) && !(inb(PIC2_DATA) >> (IRQ_FPU - 8) & 1);
}

static bool error_pending(void)
{
    u16 status;

    asm volatile("fnstsw %0" : "=m"(status));
    return status & FPU_ERRORS;
}

/* With no error noted meanwhile: QEMU tests the summary bit whatever the masks are. FNSTENV lets FLDENV through. */
static int run_masked(struct x86_cpu *cpu, struct x86_native *n)
{
    struct environment before, e;
    int vector;

    asm volatile("fnstenv %0" : "=m"(before));
    e = before;
    e.control |= FPU_MASKS;
    e.status &= ~FPU_NOTED;
    asm volatile("fldenv %0" :: "m"(e));
    vector = native_run(cpu, n);
    asm volatile("fnstenv %0" : "=m"(e));
    e.status |= before.status & FPU_NOTED;
    if (e.control == (before.control | FPU_MASKS))     /* no FLDCW */
        e.control = before.control;
    asm volatile("fldenv %0" :: "m"(e));
    return vector;
}

int ferr_run(struct processor *p, struct x86_native *n)
{
    bool ignored = p->fpu_ignored;
    int vector;

    if (ignored) {
        p->fpu_ignored = false;
        sync_control(p);
    }
    vector = native_run(&p->cpu, n);
    if (vector == VECTOR_MF && !(p->cpu.cr0 & CR0_NE))
        vector = !ignored && interrupts(&p->cpu) ? FERR_VECTOR : run_masked(&p->cpu, n);
    if (ignored) {
        p->fpu_ignored = error_pending();
        sync_control(p);
    }
    return vector;
}

void ferr_cleared(struct processor *p)
{
    p->fpu_ignored = !(p->cpu.cr0 & (CR0_NE | CR0_EM)) && error_pending();
    sync_control(p);
}
