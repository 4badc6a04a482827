/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The end of the road: says on the screen and on the debug port what happened, where, and with
 * which registers, then stops. Entered by exceptions that no program took over.
 */
#include "bios.h"
#include "services.h"
#include "console.h"
#include "abi/phase_codes.h"
#include "hw/io.h"
#include "hw/pic.h"
#include "spec/bda.h"

void NORETURN fatal(struct regs16 *r, romstr what)
{
    u32 esp = r->esp + SERVICE_FRAME;
    u16 ss = r->ss;

    outb(PORT_PHASE, PHASE_FATAL);
    fs_load(SEG_BDA);
    if (ss == BDA->ebda_segment) {     /* it was a service: INT 10h may not run on the BIOS stack */
        r->ss = 0;
        r->esp = POST_STACK;
    }
    console_print(ROMSTR("\r\nFatal: %s at %04x:%04x, flags %04x\r\n"
                         "eax=%08x ebx=%08x ecx=%08x edx=%08x\r\nesi=%08x edi=%08x ebp=%08x esp=%08x\r\n"
                         "ds=%04x es=%04x fs=%04x gs=%04x ss=%04x\r\n"),
                  what, r->cs, r->ip, r->flags, r->eax, r->ebx, r->ecx, r->edx, r->esi, r->edi, r->ebp,
                  esp, r->ds, r->es, r->fs, r->gs, ss);
    for (;;)
        asm volatile("cli; hlt");
}

void fault_divide(struct regs16 *r)      { fatal(r, ROMSTR("divide error")); }
void fault_opcode(struct regs16 *r)      { fatal(r, ROMSTR("invalid opcode")); }
void fault_coprocessor(struct regs16 *r) { fatal(r, ROMSTR("no coprocessor")); }
void fault_memory(struct regs16 *r)      { fatal(r, ROMSTR("NMI, memory or bus error")); }

void nmi_report(struct regs16 *r)
{
    log_print(ROMSTR("NMI at %04x:%04x\n"), r->cs, r->ip);
}

/* Mask the IRQ in service, so that it does not come again, and note it in 40:6B. False: there is none. */
static bool mask_irq(void)
{
    u8 slave = 0, master;

    outb(PIC1_CMD, PIC_READ_ISR);
    master = inb(PIC1_CMD);
    if (!master)
        return false;
    if (master & 1 << IRQ_CASCADE) {
        outb(PIC2_CMD, PIC_READ_ISR);
        slave = inb(PIC2_CMD);
        outb(PIC2_DATA, inb(PIC2_DATA) | slave);
        outb(PIC2_CMD, PIC_EOI);
    } else {
        outb(PIC1_DATA, inb(PIC1_DATA) | master);
    }
    outb(PIC1_CMD, PIC_EOI);
    fs_load(SEG_BDA);
    BDA->unexpected_irq = slave ? slave : master;
    log_print(ROMSTR("unexpected IRQ, in service %02x %02x\n"), master, slave);
    return true;
}

/* Vectors of IRQs without a handler. Nothing in service is the spurious IRQ7. */
void unexpected_irq(struct regs16 *r)
{
    mask_irq();
}

/* Vectors 0Ch and 0Dh: IRQ4 and IRQ5, or the exceptions of real mode. */
void irq_or_fault(struct regs16 *r)
{
    if (!mask_irq())
        fatal(r, ROMSTR("stack or general protection exception"));
}
