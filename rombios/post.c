/* SPDX-License-Identifier: BSD-2-Clause */
/* Power-on self test: from the loader's jump to F000:FFF0 to INT 19h. */
#include "console.h"
#include "post.h"
#include "services.h"
#include "abi/phase_codes.h"
#include "hw/io.h"
#include "spec/bda.h"

u16 stack_pos;                         /* BIOS stack: top of the running service's frame; entry.S, doors.S */
struct ebda ebda SECTION(".ebda");     /* at offset 0 of the EBDA; rombios.ld */

static void phase(u8 code)
{
    outb(PORT_PHASE, code);
}

void post(struct regs16 *r)
{
    phase(PHASE_POST_ENTRY);
    HANDOFF->flags &= ~(u32)HANDOFF_COLD;
    ivt_init();
    bda_init();
    headers_init();
    pic_init();
    pit_init();
    rtc_init();
    fpu_init();
    ports_init();
    keyboard_init();
    phase(PHASE_POST_CHIPS);
    video_init();
    serial_console_init();
    phase(PHASE_POST_VIDEO);
    option_roms_init();
    phase(PHASE_POST_ROMS);
    drives_find();
    trace_init();
    phase(PHASE_POST_DRIVES);
    shadow_lock();
    phase(PHASE_POST_BOOT);
    call_int(0x19, r);
    fatal(r, ROMSTR("INT 19h returned"));
}
