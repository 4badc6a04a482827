/* SPDX-License-Identifier: BSD-2-Clause */
/* Power-on self test: from the loader's jump to F000:FFF0 to INT 19h. */
#include "bios.h"
#include "services.h"
#include "abi/phase_codes.h"
#include "hw/io.h"

u16 stack_pos;   /* BIOS stack: top of the running service's frame; entry.S, doors.S */

void post(struct regs16 *r)
{
    outb(PORT_PHASE, PHASE_POST_ENTRY);
    HANDOFF->flags &= ~(u32)HANDOFF_COLD;
    log_print(ROMSTR("rombios: stack %04x:%04x, machine %d\n"), r->ss, r->esp, HANDOFF->machine);
    for (;;)
        wait_irq();
}
