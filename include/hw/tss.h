/* SPDX-License-Identifier: BSD-2-Clause */
/* The 32-bit task-state segment. Intel SDM vol. 3A, 8.2.1 and 21.3 "Interrupt and Exception Handling in Virtual-8086 Mode". */
#ifndef HW_TSS_H
#define HW_TSS_H

#include "types.h"

#define TSS_REDIRECTION_BYTES  32     /* one bit a vector, 0: INT n goes to the guest's vector table (CR4.VME) */
#define TSS_IO_BYTES           8192   /* one bit a port, 1: it traps */

struct tss {
    u32 link, esp0, ss0, esp1, ss1, esp2, ss2, cr3;
    u32 eip, eflags, eax, ecx, edx, ebx, esp, ebp, esi, edi;
    u32 es, cs, ss, ds, fs, gs, ldtr;
    u16 trap, io_base;                        /* where tss_maps.io is, from the start of the TSS */
} PACKED;
SIZE_ASSERT(struct tss, 104);

/* Behind the TSS, or several of them, and within their limit. */
struct tss_maps {
    u8  redirection[TSS_REDIRECTION_BYTES];   /* ends where `io` begins */
    u8  io[TSS_IO_BYTES];
    u8  io_end;                               /* all ones: the processor reads two bytes for a port */
} PACKED;

#endif
