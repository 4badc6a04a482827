/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What every file of rombios shares: how a service ends, the doors, and the four kinds of memory.
 *
 *   plain C objects       DS = SS = ES = EBDA: writable, follows the EBDA when it is moved
 *   ROM    const          GS = F000: constants
 *   POSTVAR               GS = F000: written by POST, read-only from then on (shadow RAM locked)
 *   far memory            FS = any segment: fs_load(), then a __seg_fs pointer
 */
#ifndef BIOS_H
#define BIOS_H

#include "m16/m16.h"
#include "abi/handoff.h"
#include "ebda_layout.h"

/* ---- the kinds of memory ----------------------------------------------------------- */

#define POSTVAR  __seg_gs SECTION(".postdata")

#define HANDOFF ((struct handoff __seg_gs *)HANDOFF_OFFSET)

/* far_copy: bytes from one segment:offset to another; offsets wrap at 64 KiB. doors.S */
void far_copy(struct farptr to, struct farptr from, u16 bytes);

/* ---- doors (doors.S) --------------------------------------------------------------- */

/*
 * Let pending interrupts run, on the caller's stack with IF=1, and come back with IF=0.
 * Every wait loop of a service calls it.
 */
void wait_irq(void);

/*
 * The same, but the processor halts until one comes. HLT is privileged: only where nothing but our own boot is left to run,
 * never in a service.
 */
void halt_for_irq(void);

/* Far-call r->cs:ip with r's registers and flags, on the caller's stack; returns its registers in r. */
void call_far(struct regs16 *r);

/* The same through interrupt vector `vector`, as INT n would: IF and TF are clear. */
void call_int(u8 vector, struct regs16 *r);

/* Whether interrupt vector `vector` still leads to `entry`, segment << 16 | offset: no program has taken it. FS = 0 after it. */
static inline bool vector_is(u8 vector, u32 entry)
{
    fs_load(0);
    return *(u32 __seg_fs *)(u32)(vector * 4) == entry;
}

/* Leave the BIOS for good: r->cs:ip with r's registers, stack 0000:7C00, IF=1. */
void jump_far(const struct regs16 *r) NORETURN;

/* Reset the processor: CF9, keyboard controller, triple fault, in this order. */
void machine_reset(void) NORETURN;

/* ---- how a service ends ------------------------------------------------------------ */

void log_fail(const struct regs16 *r, romstr where, u16 line, u8 code);

/* CF=0, AH=0. */
static inline void ok(struct regs16 *r)
{
    r->ah = 0;
    r->flags &= (u16)~FLAG_CF;
}

/* CF=1, AH=code; logs function, line and registers on the debug port if asked to. */
#define fail(r, code) fail_at((r), (code), ROMSTR(__FILE_NAME__), __LINE__)

static inline void fail_at(struct regs16 *r, u8 code, romstr file, u16 line)
{
    if (HANDOFF->flags & HANDOFF_LOG)
        log_fail(r, file, line, code);
    r->ah = code;
    r->flags |= FLAG_CF;
}

/* Print on the debug port (if there is one): %s ROM string, %x %d %u %c; widths as in %04x. log.c */
void log_print(romstr format, ...);

#endif
